"""Reads the environment variables of the settings."""

from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

SQLITE_OPTIONS = {
    "timeout": 30,
    # A transaction takes the write lock when it begins. If it asked for it later, SQLite would fail
    # at once instead of waiting when another transaction has written meanwhile.
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}


def required(name, hint):
    """The value of the variable; ImproperlyConfigured with `hint` if it is not set."""
    value = env.str(name, default="").strip()
    if not value:
        raise ImproperlyConfigured(f"The environment variable {name} is not set. {hint}")
    return value


def site_url(text):
    """`text` as a URL with a slash at its end; "" for none."""
    text = text.strip()
    parts = urlsplit(text)
    if text and (parts.scheme not in ("https", "http") or not parts.hostname or parts.query):
        raise ImproperlyConfigured(
            f"The environment variable SITE_URL is no address of a site: {text}. "
            "Put its address there, for example: https://nature.example.org/"
        )
    return f"{parts.scheme}://{parts.netloc}/" if text else ""


def contact_address(text):
    """`text`, a mail address or that of a page, as a URI; "" for none."""
    text = text.strip()
    parts = urlsplit(text)
    if "@" in text and not parts.scheme:
        text, parts = f"mailto:{text}", urlsplit(f"mailto:{text}")
    is_address = (parts.scheme == "https" and parts.hostname) or (
        parts.scheme == "mailto" and "@" in parts.path
    )
    if text and (not is_address or len(text.split()) > 1):
        raise ImproperlyConfigured(
            f"The environment variable SECURITY_CONTACT is no address: {text}. Put a mail address "
            "there, or the https address of a page that says whom to tell of a weakness."
        )
    return text


def database(url):
    """An entry of `DATABASES` for `url` (sqlite:////path or postgres://…)."""
    config = environ.Env.db_url_config(url)
    options = config.setdefault("OPTIONS", {})
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = SQLITE_OPTIONS | options
    else:
        config.setdefault("CONN_MAX_AGE", 60)
        config.setdefault("CONN_HEALTH_CHECKS", True)
        # A page says that the database is away before the web server ends its process.
        options.setdefault("connect_timeout", 10)
    return config


def cache(url):
    """An entry of `CACHES` for `url` (redis://host:6379/1, valkey://…, locmemcache://name).

    A Redis that does not answer holds up a request for a second at most.
    """
    scheme, separator, place = url.partition("://")
    url = f"{scheme.replace('valkey', 'redis')}{separator}{place}"  # it speaks the same protocol
    config = environ.Env.cache_url_config(url)
    if scheme.startswith(("redis", "valkey")):
        waiting = {"socket_connect_timeout": 1, "socket_timeout": 1}
        config["OPTIONS"] = waiting | config.get("OPTIONS", {})
    return config


def pdf_cache(shared, folder, count):
    """An entry of `CACHES` for PDFs, each of which is of one day.

    It is `shared` if that is Redis or keeps nothing, else files: never the memory of a process.
    """
    kept = {"TIMEOUT": 24 * 60 * 60, "KEY_PREFIX": "pdfs"}
    if shared["BACKEND"].endswith(("RedisCache", "DummyCache")):
        return shared | kept
    return kept | {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": f"{folder}/stored",
        "OPTIONS": {"MAX_ENTRIES": count},
    }
