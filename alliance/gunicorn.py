"""How gunicorn serves Alliance; used by ``make run``, the Procfile and systemd alike.

``GUNICORN_CMD_ARGS`` or the command line may override any of it.
"""

import gc
import os
from pathlib import Path

# Behind nginx on the same machine: 127.0.0.1:8000 or unix:/run/alliance/web.sock.
bind = os.environ.get("ALLIANCE_BIND") or "0.0.0.0:" + os.environ.get("PORT", "8000")  # noqa: S104 (a Procfile platform expects it)

# Threads, because most of a page's time is waiting for PostgreSQL, and because a phone
# on a weak line must not hold a whole process.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("ALLIANCE_WEB_THREADS", "8"))

timeout = 60
graceful_timeout = 20
# Longer than nginx keeps its side open would be wasted; shorter causes resets.
keepalive = 5
# A slow leak in a library never grows old.
max_requests = 5000
max_requests_jitter = 500

# The heartbeat file must not lie on a disk that may stall.
if Path("/dev/shm").is_dir():  # noqa: S108 (gunicorn makes an unlinked file there)
    worker_tmp_dir = "/dev/shm"  # noqa: S108 (as above)

# No access log: addresses of readers are personal data, and the proxy counts enough.
accesslog = None
errorlog = "-"
loglevel = os.environ.get("ALLIANCE_LOG", "info").lower()
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "ui.logs.JsonLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "gunicorn.error": {
            "handlers": ["stderr"],
            "level": loglevel.upper(),
            "propagate": False,
        }
    },
}

# Whose X-Forwarded-* lines are believed. Our own code reads ALLIANCE_PROXIES.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
# We use no remote control; its socket would lie in the home folder.
control_socket_disable = True
proc_name = "alliance"


def post_worker_init(worker):
    """Look for circular garbage seldom, and not among what was loaded at the start.

    A page leaves little of it; to walk through all of Django after 700 new objects each
    took some five per cent of the time of a worker.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
