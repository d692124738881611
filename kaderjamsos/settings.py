"""Settings, from the environment; every variable is in `.env.example`."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from pghistory import ContextJSONField, ContextUUIDField, Statement

from kaderjamsos import celery, servers  # noqa: F401  Celery's app must exist before any task

BASE_DIR = Path(__file__).resolve().parent.parent
PRODUCTION = os.environ.get("KJ_ENV") == "production"
DEBUG = os.environ.get("KJ_DEBUG", "") == "1"

SECRET_KEY = servers.secret("secret_key")
KJ_FIELD_KEY = servers.secret("field_key")
KJ_DIGEST_KEY = servers.secret("digest_key")
ALLOWED_HOSTS = [
    host for host in os.environ.get("KJ_HOSTS", "" if PRODUCTION else "*").split(",") if host
]
KJ_BASE_URL = os.environ.get("KJ_BASE_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")
CSRF_TRUSTED_ORIGINS = [KJ_BASE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",  # the list of passkeys writes when each was used
    "django.forms",
    "django_cotton",
    "django_tables2",
    "django_filters",
    "django_htmx",
    "import_export",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_structlog",
    "core",
    "regions",
    "accounts",
    "audit",
    "cadres",
    "enrollment",
    "budgets",
    "claims",
    "reports",
]
if not PRODUCTION:
    INSTALLED_APPS.append("demo")

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.middleware.DomainErrorMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "kaderjamsos.urls"
WSGI_APPLICATION = "kaderjamsos.wsgi.application"
FORM_RENDERER = "core.forms_renderer.KjFormRenderer"
DJANGO_TABLES2_TEMPLATE = "components/table.html"
COTTON_ISOLATE_BY_DEFAULT = True
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "accounts.context.shell",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
        },
    }
]

OWNER_URL, APP_URL = servers.database_urls()
_SHARED: dict[str, Any] = {"CONN_HEALTH_CHECKS": True, "DISABLE_SERVER_SIDE_CURSORS": True}
DATABASES: dict[str, dict[str, Any]] = {
    "default": {**dj_database_url.parse(APP_URL, conn_max_age=600), **_SHARED},
    "owner": {**dj_database_url.parse(OWNER_URL), **_SHARED},
}
for _database in DATABASES.values():
    _database["OPTIONS"] = {"connect_timeout": 10, **_database.get("OPTIONS", {})}
DATABASE_ROUTERS = ["core.routers.OwnerMigrates"]
KJ_APP_ROLE = DATABASES["default"]["USER"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

PGHISTORY_LEVEL = Statement
PGHISTORY_APPEND_ONLY = False
PGHISTORY_CONTEXT_FIELD = ContextJSONField()
PGHISTORY_CONTEXT_ID_FIELD = ContextUUIDField()
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = False

AUTH_USER_MODEL = "accounts.User"
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
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "KaderJamsos: "
ACCOUNT_ADAPTER = "accounts.adapter.InvitationOnly"
ACCOUNT_SESSION_REMEMBER = False
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("KJ_PROXY_COUNT", "0"))
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = False
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 63072000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("Inggris"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATIC_URL = "static/"
# Only production collects them; elsewhere they are served from where they lie.
STATIC_ROOT = servers.home() / "static" if PRODUCTION else None
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
KJ_PRIVATE_ROOT = Path(os.environ.get("KJ_PRIVATE_ROOT") or servers.home() / "files")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
KJ_ROSTER_MAX_BYTES = 20 * 1024 * 1024

REDIS_URL = servers.redis_url()
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
}
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_BROKER_TRANSPORT_OPTIONS = {"queue_order_strategy": "priority"}  # urgent first
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

EMAIL_BACKEND = os.environ.get(
    "KJ_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = servers.home() / "mail"
EMAIL_HOST = os.environ.get("KJ_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("KJ_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("KJ_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("KJ_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("KJ_EMAIL_TLS", "") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("KJ_EMAIL_FROM", "KaderJamsos <noreply@kaderjamsos.test>")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.tokens.BearerAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "accounts.rest.Pages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "EXCEPTION_HANDLER": "accounts.rest.answer_error",
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "KaderJamsos",
    "DESCRIPTION": "Roster, enrolment, bills, payments, cards and claims of one regency.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "ENUM_NAME_OVERRIDES": {
        "RunStatusEnum": "core.models.Run.Status",
        "RosterStatusEnum": "cadres.models.RosterImport.Status",
        "BatchStatusEnum": "enrollment.models.EnrollmentBatch.Status",
        "ClaimStatusEnum": "claims.models.Claim.Status",
        "InvoiceStatusEnum": ["open", "partly_paid", "paid"],
        "ClaimOutcomeEnum": "claims.models.Claim.Outcome",
        "ReturnReasonEnum": "enrollment.models.BatchRow.Reason",
        "EndReasonEnum": "enrollment.models.Coverage.EndReason",
        "ServiceEndReasonEnum": "cadres.models.Assignment.EndReason",
        "StopReasonEnum": ["stopped", "corrected"],
        "SchoolLevelEnum": "cadres.models.SchoolChild.Level",
        "CadreLevelEnum": "cadres.models.training.Level",
        "BatchRowStatusEnum": "enrollment.models.BatchRow.Status",
        "CategoryEnum": "cadres.models.Category",
        "ReconciliationStatusEnum": "enrollment.models.Reconciliation.Status",
        "ReconciliationKindEnum": "enrollment.models.Reconciliation.Kind",
        "DifferenceKindEnum": "enrollment.models.ReconciliationDifference.Kind",
        "SettlementEnum": "enrollment.models.ReconciliationDifference.Settlement",
        "OverrideStatusEnum": "enrollment.models.EligibilityOverride.Status",
        "EligibilityOutcomeEnum": ["eligible", "not_eligible", "needs_branch"],
        "ConditionStateEnum": ["met", "not_yet", "unclear"],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"secret_paths": {"()": "core.logs.SecretPaths"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["secret_paths"],
        }
    },
    "root": {"handlers": ["console"], "level": os.environ.get("KJ_LOG_LEVEL", "INFO")},
    "loggers": {name: {"level": "WARNING"} for name in ("weasyprint", "fontTools")},
}
