"""All settings, read from the environment through typed readers.

A bare checkout works as it is (local mode). With ``ALLIANCE_PRODUCTION=1`` every
setting that must not be guessed is asked for by name, and starting without it fails.
"""

import sys
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from alliance.beat import SCHEDULE
from alliance.brokers import broker_of
from alliance.csp import policy_of
from alliance.logs import logging_of
from alliance.oidc import providers_of
from alliance.rooms import *  # noqa: F403 (settings are found by their names)
from alliance.signing_in import *  # noqa: F403

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
HOME = Path(env.str("ALLIANCE_HOME", str(BASE_DIR / ".alliance"))).resolve()

PRODUCTION = env.bool("ALLIANCE_PRODUCTION", False)
TESTING = "pytest" in sys.modules
DEBUG = env.bool("ALLIANCE_DEBUG", False) and not PRODUCTION

if PRODUCTION:
    missing = [
        name
        for name in (
            "SECRET_KEY",
            "DATABASE_URL",
            "REDIS_URL",
            "EMAIL_URL",
            "ALLIANCE_SITE_URL",
            "ALLIANCE_MAIL_DOMAIN",
        )
        if not env.str(name, "")
    ]
    if missing:
        raise ImproperlyConfigured(
            "Alliance cannot start in production without: "
            + ", ".join(missing)
            + ". See docs/operate.md."
        )

# ── The site ────────────────────────────────────────────────────────────────
PORT = env.int("PORT", 8000)
# Addresses in mails are made from this, never from a request's Host header.
ALLIANCE_SITE_URL = env.str("ALLIANCE_SITE_URL", f"http://localhost:{PORT}").rstrip("/")
ALLIANCE_SITE_NAME = env.str("ALLIANCE_SITE_NAME", "Alliance")
ALLIANCE_HOME = HOME
ALLIANCE_VERSION = "0.1"
# Local pages under /dev/ (components, mail) exist only outside production.
ALLIANCE_DEV_PAGES = not PRODUCTION
# Whether a worker looks at pages that members link to (title and first words).
ALLIANCE_LINK_CARDS = env.bool("ALLIANCE_LINK_CARDS", not TESTING)
# Tests put "127.0.0.1:port" here; anywhere else private addresses stay refused.
ALLIANCE_LINK_CARD_SERVERS = ()
# Outgoing mail of a local run, as the catcher keeps it.
ALLIANCE_MAIL_FOLDER = HOME / "mail"

SECRET_KEY = env.str(
    "SECRET_KEY", "local-only-not-a-secret-0123456789-abcdefghijklmnop"
)
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS",
    default=(
        [ALLIANCE_SITE_URL.split("://", 1)[1].split("/")[0].split(":")[0]]
        if PRODUCTION
        else ["*"]
    ),
)
CSRF_TRUSTED_ORIGINS = [ALLIANCE_SITE_URL] if PRODUCTION else []
ROOT_URLCONF = "alliance.urls"
WSGI_APPLICATION = "alliance.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "ui",
    "markup",
    "carriers",
    "accounts",
    "notifications",
    "spaces",
    "tags",
    "files",
    "conversations",
    "wiki",
    "stories",
    "webinars",
    "discover",
    "digests",
    "inbound",
    "demo",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "taggit",
    "django_htmx",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    # For `manage.py clearsessions`; the sessions themselves are accounts.Session.
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "ui.faults.DatabaseGone",
    "conversations.stream.quiet_polls",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ui.kept_pages.KeptPages",
    "django.middleware.gzip.GZipMiddleware",
    "ui.kept_pages.Unchanged",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "ui.middleware.known_token",
    "accounts.middleware.Reader",
    "conversations.middleware.guest_passes",
    "accounts.middleware.ReaderZoneAndLanguage",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ui.middleware.htmx_answers",
    "ui.middleware.refuse_nul",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.ProviderAway",
    "accounts.middleware.SeenNowAndThen",
    "accounts.middleware.say_why_the_code_ended",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "builtins": ["ui.templatetags.ui"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ui.context.site",
                "notifications.context.inbox",
            ],
        },
    }
]

# ── Data ────────────────────────────────────────────────────────────────────
DATABASES = {
    "default": {
        **env.db_url(
            "DATABASE_URL",
            f"postgresql://postgres@/alliance?host={HOME / 'run'}",
        ),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Long reads behind a page are a fault, not a feature.
        "DISABLE_SERVER_SIDE_CURSORS": False,
    }
}
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"].setdefault("connect_timeout", 5)
if TESTING:
    # Two tests' leftovers that wait for each other fail instead of hanging.
    DATABASES["default"]["OPTIONS"]["options"] = "-c lock_timeout=60s"

REDIS_URL = env.str("REDIS_URL", f"unix://{HOME / 'run' / 'redis.sock'}")

if TESTING and (worker := env.str("PYTEST_XDIST_WORKER", "")):
    # `pytest -n`: one worker's queue and counters are not another's.
    REDIS_URL = REDIS_URL.partition("?")[0] + f"?db={int(worker[2:]) + 1}"

CACHES = {
    "default": {
        "BACKEND": "ui.faults.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "test" if TESTING else "alliance",
        # redis-py 8 waits five seconds by default; a page must not.
        "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 1},
    }
}
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "ui.bundle.BundleFinder",
]
MEDIA_ROOT = Path(env.str("ALLIANCE_MEDIA", str(HOME / "media")))
MEDIA_URL = "/not-served/"  # files go through files.views, by right
# nginx hands the bytes out itself (location /protected/, internal); docs/operate.md.
ALLIANCE_ACCEL = env.bool("ALLIANCE_ACCEL", False)
# Sound and film: what people may send, and the ffmpeg that makes it small ("none": do
# without; empty: look for one). docs/operate.md.
ALLIANCE_FFMPEG = env.str("ALLIANCE_FFMPEG", "")
ALLIANCE_SOUND_MB = env.int("ALLIANCE_SOUND_MB", 60)
ALLIANCE_SOUND_MINUTES = env.int("ALLIANCE_SOUND_MINUTES", 30)
ALLIANCE_FILM_MB = env.int("ALLIANCE_FILM_MB", 200)
ALLIANCE_FILM_MINUTES = env.int("ALLIANCE_FILM_MINUTES", 5)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if TESTING or DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_USE_FINDERS = TESTING or DEBUG
WHITENOISE_AUTOREFRESH = TESTING or DEBUG
# nginx reads them as a member of our group.
FILE_UPLOAD_PERMISSIONS = 0o640 if ALLIANCE_ACCEL else 0o600
# A request that is far too large is not read to its end (files/limits.py).
FILE_UPLOAD_HANDLERS = [
    "files.limits.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# ── Celery (knowledge of Redis as a broker: DESIGN §5.4) ────────────────────
CELERY_BROKER_URL = broker_of(REDIS_URL)
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "health_check_interval": 30,
    "socket_timeout": None,
    # Who writes a page asks once; workers try again in a way of their own.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A page must not wait for a broker that is down; the sweep finds the row anyway.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = SCHEDULE
# Celery's own scheduler, which also says that it lives (/healthz).
CELERY_BEAT_SCHEDULER = "notifications.signs:Scheduler"
CELERY_TASK_ALWAYS_EAGER = TESTING
CELERY_TIMEZONE = "UTC"

# ── Mail ────────────────────────────────────────────────────────────────────
EMAIL_CONFIG = env.email_url(
    "EMAIL_URL", "memorymail://" if TESTING else "smtp://127.0.0.1:1025"
)
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = env.int("ALLIANCE_MAIL_TIMEOUT", 20)
# Letters a minute to one host (what stands behind the @), all workers together; 0: as
# many as the server takes. Large mail hosts slow down who comes with more.
ALLIANCE_MAIL_PER_HOST = env.int("ALLIANCE_MAIL_PER_HOST", 1000)
ALLIANCE_MAIL_DOMAIN = env.str("ALLIANCE_MAIL_DOMAIN", "mail.alliance.example")
# Names under which our own server writes Authentication-Results; only theirs count.
ALLIANCE_MAIL_AUTHSERV = env.list("ALLIANCE_MAIL_AUTHSERV", default=[])
# Mail providers that hand letters over by HTTPS; none by default (inbound/webhooks.py).
ALLIANCE_INBOUND_PROVIDERS = env.list("ALLIANCE_INBOUND_PROVIDERS", default=[])
ANYMAIL = {
    "WEBHOOK_SECRET": env.str("ALLIANCE_INBOUND_SECRET", ""),
    **env.json("ALLIANCE_INBOUND_KEYS", {}),
}
if ALLIANCE_INBOUND_PROVIDERS:
    if ":" not in ANYMAIL["WEBHOOK_SECRET"]:
        raise ImproperlyConfigured(
            "ALLIANCE_INBOUND_PROVIDERS needs ALLIANCE_INBOUND_SECRET=name:password, "
            "which the provider sends along."
        )
    # A letter with its attachments comes in one request.
    DATA_UPLOAD_MAX_MEMORY_SIZE = 40 * 1024 * 1024
DEFAULT_FROM_EMAIL = env.str(
    "ALLIANCE_FROM_EMAIL", f"{ALLIANCE_SITE_NAME} <hello@{ALLIANCE_MAIL_DOMAIN}>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# ── People ──────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "discover:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "discover:home"
if TESTING:
    ACCOUNT_RATE_LIMITS = False
# A proposal for a wiki page that waits longer is told to the other stewards.
ALLIANCE_PROPOSAL_DAYS = env.int("ALLIANCE_PROPOSAL_DAYS", 7)

ALLAUTH_TRUSTED_PROXY_COUNT = env.int("ALLIANCE_PROXIES", 0)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TOTP_ISSUER = ALLIANCE_SITE_NAME
USERSESSIONS_TRACK_ACTIVITY = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
# ALLIANCE_OIDC: a JSON list of objects with provider_id, name, client_id, secret and
# server_url; buttons appear only for what stands here. Where people type their password
# on another host than server_url's, that host is given as sign_in_origin.
OIDC = env.json("ALLIANCE_OIDC", [])
SOCIALACCOUNT_PROVIDERS = providers_of(OIDC)

# ── Language and time ───────────────────────────────────────────────────────
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("pt", _("Portuguese")),
    ("sw", _("Swahili")),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# ── Safety ──────────────────────────────────────────────────────────────────
CONTENT_SECURITY_POLICY = policy_of(OIDC)
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "ui.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if PRODUCTION:
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_SSL_REDIRECT = env.bool("ALLIANCE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    if env.int("ALLIANCE_PROXIES", 0):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# ── Logs: one JSON line each, ids instead of names and addresses ────────────
LOGGING = logging_of(env.str("ALLIANCE_LOG", "INFO"))
