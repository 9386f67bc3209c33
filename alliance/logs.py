"""Logs: one JSON line each, ids instead of names and addresses."""


def logging_of(level):
    """Django's ``LOGGING``.

    Args:
        level: the least that is written down.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "ui.logs.JsonLine"}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.server": {"handlers": [], "propagate": True},
            "celery": {"level": "WARNING"},
        },
    }
