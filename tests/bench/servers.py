"""The two sites under measure, and what their processes have used of the processors."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import redis
from django.conf import settings
from django.db import connection

TICKS = os.sysconf("SC_CLK_TCK")


class Site:
    """A gunicorn of its own, with the settings of ``alliance/gunicorn.py``.

    Args:
        application: the WSGI application.
        settings_module: of its Django.
    """

    def __init__(self, application, settings_module):
        self.proxy = None
        self.port = free_port()
        environment = {
            **os.environ,
            "ALLIANCE_BIND": f"127.0.0.1:{self.port}",
            "ALLIANCE_LOG": "WARNING",
            "DJANGO_SETTINGS_MODULE": settings_module,
        }
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "--config=alliance/gunicorn.py",
                # A worker that is born again in the middle would be measured too.
                "--max-requests=0",
                application,
            ],
            cwd=settings.BASE_DIR,
            env=environment,
        )

    def wait(self):
        """Wait until it listens.

        Raises:
            RuntimeError: it does not.
        """
        for _ in range(300):
            if self.process.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("the site under measure does not start")

    def seconds(self):
        """Processor time of all its processes so far, the proxy's too."""
        used = tree_seconds(self.process.pid)
        return used + self.proxy.seconds() if self.proxy else used

    def stop(self):
        """End it, and the proxy before it."""
        if self.proxy:
            self.proxy.stop()
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


PROXY = """
worker_processes 2;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {sites}
}}
"""
# As docs/server/nginx.conf has it: kept connections to the site, nothing of its own.
PROXIED = """
    upstream site{port} {{ server 127.0.0.1:{port}; keepalive 16; }}
    server {{
        listen 127.0.0.1:{front};
        client_max_body_size 30m;
        location / {{
            proxy_pass http://site{port};
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;
        }}
    }}
"""


class Proxy:
    """An nginx in front of one ``Site``, with kept connections to it.

    Args:
        site: from now on its ``port`` is this proxy's, and its processor time too.
    """

    def __init__(self, site):
        self.folder = tempfile.mkdtemp(prefix="bench-nginx-")
        front = free_port()
        site_text = PROXIED.format(port=site.port, front=front)
        text = PROXY.format(folder=self.folder, sites=site_text)
        path = Path(self.folder) / "nginx.conf"
        if os.geteuid() == 0:
            text = f"user root;\n{text}"
        path.write_text(text)
        self.process = subprocess.Popen(
            [nginx(), "-c", str(path), "-p", self.folder],
            stderr=subprocess.DEVNULL,
        )
        site.port, site.proxy = front, self

    def seconds(self):
        """Processor time of its processes so far."""
        return tree_seconds(self.process.pid)

    def stop(self):
        """End it."""
        self.process.terminate()
        self.process.wait(15)
        shutil.rmtree(self.folder, ignore_errors=True)


def nginx():
    """Where nginx is, or None: then there is no proxy before either site."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


class Stores:
    """PostgreSQL and Redis: the parts of them that work for us.

    A PostgreSQL that serves nothing else is counted whole (writer, checkpoints); of a
    shared one only the sessions of our database are. Redis is counted whole.
    """

    def __init__(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.own = cursor.fetchone()[0]
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname IS NOT NULL AND datname <> current_database()"
            )
            is_ours = cursor.fetchone()[0] == 0
        self.postmaster = parent_of(self.own) if is_ours else None
        client = redis.Redis.from_url(settings.REDIS_URL)
        self.redis = client.info("server")["process_id"]
        client.close()

    def seconds(self):
        """Processor time of both so far, without the measuring session itself."""
        if self.postmaster:
            used = tree_seconds(self.postmaster) - seconds_of(self.own)
        else:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pid FROM pg_stat_activity"
                    " WHERE datname = current_database()"
                )
                pids = {pid for (pid,) in cursor.fetchall()} - {self.own}
            used = sum(seconds_of(pid) for pid in pids)
        return used + seconds_of(self.redis)


def free_port():
    """A port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def fields_of(pid):
    """``/proc/<pid>/stat`` after the program's name; empty when it has ended."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def parent_of(pid):
    """The parent's process number, or None."""
    fields = fields_of(pid)
    return int(fields[1]) if fields else None


def seconds_of(pid, *, with_ended_children=False):
    """Processor time of one process, in user and system mode."""
    fields = fields_of(pid)
    if not fields:
        return 0.0
    last = 15 if with_ended_children else 13
    return sum(int(ticks) for ticks in fields[11:last]) / TICKS


def tree_seconds(root):
    """Processor time of a process and all below it, the ended ones too."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            parents.setdefault(parent_of(entry.name), []).append(int(entry.name))
    used, waiting = 0.0, [root]
    while waiting:
        pid = waiting.pop()
        used += seconds_of(pid, with_ended_children=True)
        waiting += parents.get(pid, [])
    return used
