"""The reference page: one query, one template, nothing else that Django can leave out.

The settings of a whole Django project (its page: ``reference_page.py``). It
is served as Alliance is (``alliance/gunicorn.py``), on the same PostgreSQL, so that a
page's cost can be told as a multiple of this one's.
"""

import environ

SECRET_KEY = "a-page-without-secrets"  # noqa: S105 (nothing is signed here)
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.bench.reference_page"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
]
# As `startproject` writes it: what any Django site has.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
DATABASES = {"default": {**environ.Env().db_url("DATABASE_URL"), "CONN_MAX_AGE": 60}}
USE_TZ = True
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        (
                            "django.template.loaders.locmem.Loader",
                            {
                                "hello.html": (
                                    "<!doctype html><title>{{ row.model }}</title>"
                                    "<h1>Hello {{ row.app_label }}</h1>"
                                    "<p>This is {{ row.model }}, {{ row.pk }}.</p>"
                                )
                            },
                        )
                    ],
                )
            ],
        },
    }
]
