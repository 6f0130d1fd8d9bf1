"""Settings of Sambang, which are safe unless the environment changes them.

Variables: SECRET_KEY, ENCRYPTION_KEYS, DATABASE_URL, DEBUG, SECURE, ALLOWED_HOSTS,
CSRF_TRUSTED_ORIGINS, TRUSTED_PROXY_COUNT, MEDIA_ROOT.
"""

import os
from datetime import timedelta
from getpass import getuser
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

# The database, its copies and uploads are for the person alone who runs this.
os.umask(0o077)
if VAR_DIR.exists() and VAR_DIR.owner() == getuser():
    VAR_DIR.chmod(0o700)
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700

env = environ.Env()


def read_secret_key() -> str:
    """Return the key of the environment, or else the random one that `make` made for this copy."""
    if key := env("SECRET_KEY", default=""):
        return key
    key_file = VAR_DIR / "secret_key"
    if key_file.exists():
        return key_file.read_text().strip()
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Set it in the environment, or let `make var/secret_key` draw one."
    )


SECRET_KEY = read_secret_key()
# They encrypt what a copy of the database must not give away; the first one writes, all read.
ENCRYPTION_KEYS = [*env.list("ENCRYPTION_KEYS", default=[]), SECRET_KEY]
DEBUG = env.bool("DEBUG", default=False)
# Off only if pages are served over plain http, as in the demo.
SECURE = env.bool("SECURE", default=True)
# Number of the school's reverse proxies before the app.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "counseling.apps.CounselingConfig",
    "reports",
    "homevisits",
    "support",
    "cases",
    "recaps",
    "school",
    "workflow",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "counseling.apps.SessionsConfig",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "counseling.middleware.SessionEndMiddleware",
    "counseling.middleware.LanguageMiddleware",
    "counseling.middleware.BodyLimitMiddleware",
    "counseling.middleware.WaitingEditMiddleware",
    "counseling.middleware.NoStoreMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "counseling.first_steps.FirstStepsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "counseling.urls"
WSGI_APPLICATION = "counseling.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATE_LOADERS = [
    "counseling.template_loader.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "counseling.navigation.navigation",
                "counseling.tasks.badges",
            ],
        },
    },
]
# The project's templates can draw widgets too.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False


# Data

# WAL lets readers go on while one writes; FULL syncs each commit to the disk. IMMEDIATE takes the
# write lock at the start of a transaction, so that two writers wait instead of failing halfway.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": ("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON"),
}

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR}/db.sqlite3")}
# A thread keeps its connection: opening one costs more than a page's queries.
DATABASES["default"]["CONN_MAX_AGE"] = 600
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# Shared by all processes, so that limits on signing in hold in each of them. Its table is made by
# a migration of counseling.
CACHES: dict[str, dict[str, object]] = {
    "default": {
        "BACKEND": "counseling.shared_cache.KeepingCache",
        "LOCATION": "counseling_cache",
        "KEY_FUNCTION": "counseling.shared_cache.secret_key",
    },
    # How far a long act is. It cannot be told through the database, which the act holds.
    "progress": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "progress",
    },
}
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR_DIR / "media"))()


# Static files

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "counseling.stylesheets.StylesheetFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "counseling.static_files.StaticFilesStorage"},
}


# Language and time

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True


# Signing in

AUTH_USER_MODEL = "school.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["counseling.hashers.PatientArgon2Hasher"]
VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{VALIDATION}.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
# They end with the session: a cookie would keep names in the browser and show them to the next one.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ACCOUNT_ADAPTER = "counseling.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "change_password": "counseling.forms.password.PasswordForm",
    "reauthenticate": "counseling.forms.password.ConfirmForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
# The form asks whether it is one's own device; on another one the cookie ends with the browser.
ACCOUNT_SESSION_REMEMBER = None
# "key" is the username that was tried, whoever tried it. There is no limit per address: a whole
# school may sit behind one, and whoever guesses there would lock out all of it (decision 0006).
# Whoever finds a screen open can guess at the present password no faster than at the door.
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "login_failed": "5/5m/key,20/h/key",
    "change_password": "5/5m/user,20/h/user",
    "reauthenticate": "5/5m/user,20/h/user",
}
# Of one person's second step, "login_failed" counts the guesses too. A passkey cannot be guessed.
MFA_RATE_LIMITS = {"webauthn_login": ""}

MFA_ADAPTER = "counseling.mfa.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "counseling.forms.second_factor.CodeForm",
    "reauthenticate": "counseling.forms.second_factor.ConfirmCodeForm",
    "activate_totp": "counseling.forms.second_factor.AppForm",
    "authenticate_webauthn": "counseling.forms.second_factor.SecondPasskeyForm",
    "reauthenticate_webauthn": "counseling.forms.second_factor.ConfirmPasskeyForm",
    "login_webauthn": "counseling.forms.second_factor.PasskeyAloneForm",
    "add_webauthn": "counseling.forms.second_factor.PasskeyForm",
}
MFA_TOTP_ISSUER = "Sambang"
# A code holds half a minute longer on both sides: cheap phones are not on time, networks are slow.
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
# There are no addresses of e-mail to be verified first.
MFA_ALLOW_UNVERIFIED_EMAIL = True

ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT

SESSION_ENGINE = "counseling.sessions"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())


# Security headers

SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
LANGUAGE_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = False  # the recap sheet's script reads it to save as one goes
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = int(timedelta(days=365).total_seconds())
CSRF_FAILURE_VIEW = "counseling.views.errors.csrf_failure"

SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # Bootstrap's stylesheet carries its icons as data: images.
        "img-src": [SELF, "data:"],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}


# What a view marks as sensitive is kept from the error page of DEBUG too.
DEFAULT_EXCEPTION_REPORTER_FILTER = "counseling.error_filter.AlwaysSecret"

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # That requests wait for one of few threads is as it should be (gunicorn.conf.py).
    "loggers": {"waitress.queue": {"level": "ERROR"}},
}
