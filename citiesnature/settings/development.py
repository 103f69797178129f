"""Settings for development: they need no configuration and hold no secret."""

from urllib.parse import quote

from .base import *  # noqa: F403
from .base import BASE_DIR, PDF_ROOT, PDF_STORED
from .environment import cache, database, env, pdf_cache

DEBUG = True
ALLOW_DEMO = True
SAMPLES_ARE_LISTED = True
SECRET_KEY = "insecure: for development only, and known to everybody"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

OWN_FILE = f"sqlite:///{quote(str(BASE_DIR / 'db.sqlite3'))}"
DATABASES = {"default": database(env.str("DATABASE_URL", default=OWN_FILE))}

# Mails are not sent, but shown at /mails/.
EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
SHOW_MAILS = True
# No page and no PDF is kept: whoever edits a template wants to see it.
CACHES = {"default": cache(env.str("CACHE_URL", default="dummycache://"))}
CACHES["pdfs"] = pdf_cache(CACHES["default"], PDF_ROOT, PDF_STORED)

DEFAULT_FROM_EMAIL = "no-reply@localhost"
