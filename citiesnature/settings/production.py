"""Settings for a public server, from environment variables. The server refuses to start without
SECRET_KEY, ALLOWED_HOSTS and DATABASE_URL."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import BASE_DIR, MIDDLEWARE, RELEASE_NAMED, SITE_URL, STORAGES
from .environment import database, env, required, site_url

DEBUG = False

A_GOOD_KEY = (
    "Put 50 or more random characters there, for example what this prints: "
    "python -c 'import secrets; print(secrets.token_urlsafe(50))'"
)
SECRET_KEY = required("SECRET_KEY", A_GOOD_KEY)
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5 or "insecure" in SECRET_KEY:
    raise ImproperlyConfigured(
        f"The environment variable SECRET_KEY is too easy to guess. {A_GOOD_KEY}"
    )
# Former keys: what they signed stays good, so that a new key signs nobody out.
FORMER_KEYS = env.list("SECRET_KEY_FALLBACKS", default=[])
SECRET_KEY_FALLBACKS = [key.strip() for key in FORMER_KEYS if key.strip()]

required(
    "ALLOWED_HOSTS",
    "Put the host names of the site there, separated by commas, for example: nature.example.org",
)
ALLOWED_HOSTS = [host.strip() for host in env.list("ALLOWED_HOSTS") if host.strip()]

# Links in mails and files name the site by this address, whatever host name a visitor has sent.
if not SITE_URL and ALLOWED_HOSTS[0].startswith((".", "*")):
    required(
        "SITE_URL",
        "Put the address of the site there, for example https://nature.example.org/: it cannot be "
        "taken from ALLOWED_HOSTS, which does not begin with one host name.",
    )
SITE_URL = SITE_URL or site_url(f"https://{ALLOWED_HOSTS[0]}")

DATABASES = {
    "default": database(
        required(
            "DATABASE_URL",
            "Put the database's address there, for example: "
            "postgres://user:password@host:5432/name or sqlite:////srv/citiesnature/db.sqlite3",
        )
    )
}

# If RELEASE is not set, the time of the newest template stands for it: ETags contain it, so that
# browsers do not keep pages of an older release.
RELEASE = RELEASE_NAMED or str(
    max(path.stat().st_mtime_ns for path in (BASE_DIR / "templates").rglob("*.html"))
)

# The site is served by https only. Turn off what the server in front already does.
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_SSL_HOST = urlsplit(SITE_URL).netloc
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = [
    f"https://*{host}" if host.startswith(".") else f"https://{host}"
    for host in ALLOWED_HOSTS
    if host != "*"
]

# WhiteNoise serves the static files, compressed and under names with a hash of the content.
MIDDLEWARE = [MIDDLEWARE[0], "whitenoise.middleware.WhiteNoiseMiddleware", *MIDDLEWARE[1:]]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "citiesnature.storage.StaticFilesStorage"}}

# A style sheet of `@import` lines is replaced by one file with the imported ones, in their order.
IMPORTED = re.compile(r'^@import url\("(.+)"\);$', re.MULTILINE)
PIPELINE = {
    "CSS_COMPRESSOR": "citiesnature.storage.WithoutComments",
    "STYLESHEETS": {
        sheet.stem: {
            "source_filenames": [f"css/{part}" for part in IMPORTED.findall(sheet.read_text())],
            "output_filename": f"css/{sheet.name}",
        }
        for sheet in (BASE_DIR / "static" / "css").glob("*.css")
        if "@import" in sheet.read_text()
    },
}

MAIL_SERVER = env.email_url("EMAIL_URL", default="smtp://localhost:25")
EMAIL_DELIVERY_BACKEND = MAIL_SERVER.pop("EMAIL_BACKEND")
vars().update(MAIL_SERVER)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default=f"no-reply@{ALLOWED_HOSTS[0].lstrip('.*') or 'localhost'}"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
