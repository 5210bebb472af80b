"""Django's settings of the staff site, from the environment that `lianfang serve` makes.

- `LIANFANG_HOME`: the deployment's folder.
- `LIANFANG_ROLE`: the database role of this process: `owner`, `staff` or `worker`.
- `LIANFANG_DATABASE`: host, port and name of the database, as `host:port/name`; the host may
  be a folder with a socket.
- `LIANFANG_HOSTS`: names that the site answers to, parted by commas.
- `LIANFANG_STALLED_SECONDS`: after how long a silent worker is taken for dead, 20 by default.
- `LIANFANG_PROXIES`: how many proxies of one's own stand before the site, none by default.
- `LIANFANG_WEBHOOK_NETWORKS`: networks of one's own that webhooks may be sent to, parted by commas.
- `LIANFANG_WEBHOOK_HTTP`: `1` lets webhooks go without TLS, for tests.
- `LIANFANG_PRODUCTION`: `1` behind TLS: secure cookies, HSTS, a second factor for everybody.
"""

from __future__ import annotations

import os
from ipaddress import ip_network
from pathlib import Path

from lianfang.web.deployment import Deployment
from lianfang.web.sign_on import sign_on

HERE = Path(__file__).parent
DEPLOYMENT = Deployment(Path(os.environ["LIANFANG_HOME"]))
ROLE = os.environ.get("LIANFANG_ROLE", "staff")
PRODUCTION = os.environ.get("LIANFANG_PRODUCTION") == "1"

SECRET_KEY = DEPLOYMENT.secrets.django
DEBUG = False
ALLOWED_HOSTS = os.environ.get("LIANFANG_HOSTS", "127.0.0.1,localhost").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "lianfang.web.core",
    "lianfang.web.institution",
    "lianfang.web.clients",
    "lianfang.web.vault",
    "lianfang.web.guidance",
    "lianfang.web.intake",
    "lianfang.web.alerts",
    "lianfang.web.trials",
    "lianfang.web.dashboard",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "lianfang.web.core.middleware.behind_proxies",
    "lianfang.web.core.middleware.strict_headers",
    "lianfang.web.clients.middleware.problems",
    "lianfang.web.core.middleware.bounded",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lianfang.web.institution.middleware.closed",
    "lianfang.web.clients.middleware.entered",
]
ROOT_URLCONF = "lianfang.web.urls"
WSGI_APPLICATION = "lianfang.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "core" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lianfang.web.core.words.processor",
                "lianfang.web.institution.rights.processor",
                "lianfang.web.institution.processor.frame",
            ]
        },
    }
]

_host, _colon, _rest = os.environ.get("LIANFANG_DATABASE", "localhost:5432/lianfang").rpartition(
    ":"
)
_port, _slash, _name = _rest.partition("/")
MOST_SILENT_SECONDS = 30
"""A worker that stands still within a transaction holds up those who took its work over."""

_OPTIONS = (
    {"options": f"-c idle_in_transaction_session_timeout={MOST_SILENT_SECONDS}s"}
    if ROLE == "worker"
    else {}
)
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": _host,
        "PORT": _port,
        "NAME": _name,
        "USER": f"lianfang_{ROLE}",
        "PASSWORD": DEPLOYMENT.secrets.roles[ROLE],
        "OPTIONS": _OPTIONS,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
    },
    # Of one process: what costs much to count and may be a minute old.
    "brief": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

AUTH_USER_MODEL = "institution.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS += [{"NAME": "lianfang.web.institution.passwords.AnotherPassword"}]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}  # type: ignore[assignment]
ACCOUNT_ADAPTER = "lianfang.web.institution.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "lianfang.web.institution.adapter.SecondFactor"
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "联防 Lianfang"
SIGN_ON = sign_on(os.environ, production=PRODUCTION)
SOCIALACCOUNT_PROVIDERS = SIGN_ON.providers() if SIGN_ON else {}
SOCIALACCOUNT_ADAPTER = "lianfang.web.institution.sign_on.Elsewhere"
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"

PROXIES = int(os.environ.get("LIANFANG_PROXIES", "0"))
"""Proxies before the site whose word on a client's address counts."""

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
MOST_UPLOAD_BYTES = 200 << 20
# Of a file that is being sent, for as long; the folder is closed to others.
FILE_UPLOAD_TEMP_DIR = DEPLOYMENT.incoming

STALLED_SECONDS = float(os.environ.get("LIANFANG_STALLED_SECONDS", "20"))
"""A worker from which nothing is heard for so long is taken for dead."""

WEBHOOK_NETWORKS = [
    ip_network(one) for one in os.environ.get("LIANFANG_WEBHOOK_NETWORKS", "").split(",") if one
]
WEBHOOK_HTTP = os.environ.get("LIANFANG_WEBHOOK_HTTP") == "1"

# Requests and statements can hold personal values: what is logged says where, never what.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"bare": {"()": "lianfang.web.core.logs.Bare"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["bare"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
