"""Settings that all environments share. Environment variables are read with `env`."""

import os
import warnings
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.urls import reverse_lazy

from .environment import cache, contact_address, env, pdf_cache, site_url

# Where the site is, such as https://nature.example.org/: for all that names it in full. Where it is
# not set (in development), the address by which a visitor came stands for it.
SITE_URL = site_url(env.str("SITE_URL", default=""))

# What the platform calls itself on its pages, in mails and in feeds.
SITE_NAME = env.str("SITE_NAME", default="").strip() or "CitiesNature"

# Who runs the platform: the pages About, Privacy and Contact name them. Empty: these pages say that
# nobody is named yet.
OPERATOR_NAME = env.str("OPERATOR_NAME", default="").strip()
OPERATOR_EMAIL = env.str("OPERATOR_EMAIL", default="").strip()
# Whom to tell of a weakness, for /.well-known/security.txt: a mail address or that of a page.
SECURITY_CONTACT = contact_address(env.str("SECURITY_CONTACT", default=OPERATOR_EMAIL))

BASE_DIR = Path(__file__).resolve().parent.parent.parent

# Identifies the deployed version; part of the ETags of documents.
RELEASE_NAMED = env.str("RELEASE", default="")
RELEASE = RELEASE_NAMED or "development"

INSTALLED_APPS = [
    "accounts",
    "catalogue",
    "intake",
    "profiles",
    "hub",
    "actions",
    "cbi",
    "pathway",
    "achievements",
    "updates",
    "publishing",
    "report",
    "exchange",
    "notices",
    "oversight",
    "website",
    "citiesnature.apps.PlatformAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "axes",
    "crispy_bootstrap5",
    "crispy_forms",
    "csp",
    "django_countries",
    "django_tasks",
    "django_tasks_db",
    "import_export",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    # Before the sessions: it passes on only cookies that they can look up.
    "citiesnature.odd_values.OddValuesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "citiesnature.private_pages.private_pages",
    "citiesnature.path_language.path_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "citiesnature.outages.OutageMiddleware",
    # Last: it replaces the response to a locked-out sign-in by the page that says so.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "citiesnature.urls"
WSGI_APPLICATION = "citiesnature.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    },
]

CACHES = {"default": cache(env.str("CACHE_URL", default="locmemcache://citiesnature"))}

# Who signs in, and how

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = reverse_lazy("accounts:sign_in")
LOGIN_REDIRECT_URL = reverse_lazy("admin:index")
LOGOUT_REDIRECT_URL = reverse_lazy("website:home")

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    # This one authenticates; RoleBackend only answers `has_perm`.
    "django.contrib.auth.backends.ModelBackend",
    "profiles.access.RoleBackend",
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# After five wrong passwords, this pair of e-mail address and IP address waits a quarter of an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "citiesnature.lockout.name_tried"
AXES_CLIENT_IP_CALLABLE = "citiesnature.lockout.client_address"
AXES_RESET_ON_SUCCESS = True
# Trying again while locked out does not make the wait longer.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "citiesnature.lockout.locked_out"
AXES_DISABLE_ACCESS_LOG = True
# Nobody ends a lockout in the admin: it ends after the wait, or with a new password.
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# The number of our own proxies in front: only so many addresses of X-Forwarded-For are believed.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# What a page may load

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # Bootstrap's style sheet has its arrows and ticks as data: images.
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "citiesnature.csrf_failure.csrf_failure"
# A list of the admin is one form, with a check box for each of up to thousands of rows.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Languages and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["citiesnature.formats"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = False
USE_TZ = True
TIME_ZONE = "UTC"

# Files

STATIC_URL = "static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "citiesnature.bootstrap_parts.PartsFinder",
]
# A folder for style sheets that are made of installed packages.
BUILT_STATIC_ROOT = env.str("BUILT_STATIC_ROOT", default=str(BASE_DIR / "built"))
STORAGES = {
    "default": {"BACKEND": "citiesnature.files.WholeFiles"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_URL = "media/"
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(BASE_DIR / "media"))

# PDFs

# A folder that all web processes share: PDFs that are kept, and the slots in which they are set.
PDF_ROOT = env.str("PDF_ROOT", default=str(BASE_DIR / "pdfs"))
PDF_STORED = env.int("PDF_STORED", default=1_000)
CACHES["pdfs"] = pdf_cache(CACHES["default"], PDF_ROOT, PDF_STORED)

# So many are set at once, by all web processes together.
PDF_PROCESSES = max(env.int("PDF_PROCESSES", default=os.cpu_count() or 1), 1)
# So many requests of one web process make or await one: fewer than it has threads, so that pages
# are served meanwhile. Others are told at once that they have to come again.
PDF_REQUESTS = max(env.int("PDF_REQUESTS", default=6), 1)
# Seconds: to wait for a slot, and to set one document.
PDF_WAIT = env.int("PDF_WAIT", default=8)
PDF_SECONDS = env.int("PDF_SECONDS", default=20)
# Bytes that one process may take.
PDF_MEMORY = env.int("PDF_MEMORY", default=2_000_000_000)

# Forms and spreadsheets

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True

# Limits of a workbook; a larger one is refused unread.
WORKBOOK_MAX_BYTES = env.int("WORKBOOK_MAX_BYTES", default=50_000_000)
WORKBOOK_MAX_UNPACKED_BYTES = env.int("WORKBOOK_MAX_UNPACKED_BYTES", default=250_000_000)
WORKBOOK_MAX_ROWS = env.int("WORKBOOK_MAX_ROWS", default=200_000)

# Limits of uploads: one file, all files of one city, one image.
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=20 * 1024**2)
CITY_UPLOADS_MAX_BYTES = env.int("CITY_UPLOADS_MAX_BYTES", default=500 * 1024**2)
UPLOAD_MAX_PIXELS = env.int("UPLOAD_MAX_PIXELS", default=50_000_000)

# Limits of the .zip of files that comes with a workbook: packed and unpacked.
FILES_ZIP_MAX_BYTES = env.int("FILES_ZIP_MAX_BYTES", default=200 * 1024**2)
FILES_ZIP_MAX_UNPACKED_BYTES = env.int("FILES_ZIP_MAX_UNPACKED_BYTES", default=400 * 1024**2)

# A ZIP with files of many cities takes no more once it has so many bytes.
BUNDLE_MAX_BYTES = env.int("BUNDLE_MAX_BYTES", default=1_000_000_000)

# Limits of what a city writes: its page and its PDF print all of it.
CITY_MAX_ACTIONS = env.int("CITY_MAX_ACTIONS", default=2_000)
CITY_MAX_STATEMENTS = env.int("CITY_MAX_STATEMENTS", default=10_000)
ACTION_MAX_STATEMENTS = env.int("ACTION_MAX_STATEMENTS", default=500)
CITY_MAX_RESOURCES = env.int("CITY_MAX_RESOURCES", default=1_000)
CITY_MAX_STEP_ITEMS = env.int("CITY_MAX_STEP_ITEMS", default=1_000)

# A city that sends its profile for review is promised an answer within so many days.
REVIEW_DAYS = env.int("REVIEW_DAYS", default=14)

# Without a worker, imports of up to so many rows run in the request; larger ones wait for one.
ROWS_WITHOUT_WORKER = env.int("ROWS_WITHOUT_WORKER", default=5_000)

# Background tasks are stored in the database; `manage.py run_worker` runs them.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Mails are stored, and sent in the background by EMAIL_DELIVERY_BACKEND (in the other settings).
EMAIL_BACKEND = "notices.queue.QueueBackend"
# Shows all mails at /mails/ to everybody, links for passwords too: never on a public server.
SHOW_MAILS = False

# Allows sample cities and users with a known password: never on a public server.
ALLOW_DEMO = False
# Whether invented cities stand in lists, searches, counts, maps and downloads, as real ones do.
# Where not, they are read at their own addresses alone.
SAMPLES_ARE_LISTED = False

# A URL typed without a scheme gets https, as in Django 6. In Django 5 that is a setting, and Django
# warns whether it is set or not.
FORMS_URLFIELD_ASSUME_HTTPS = True
warnings.filterwarnings("ignore", "The FORMS_URLFIELD_ASSUME_HTTPS transitional setting")

# Logging: to standard error; the process manager keeps it.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": env.str("LOG_LEVEL", default="INFO")},
    },
}
