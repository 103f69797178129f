"""The settings read the environment, and production's refuse to start on a guess."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from citiesnature.settings.environment import cache, contact_address, database, site_url

ROOT = Path(settings.BASE_DIR)
PRODUCTION = {
    "SECRET_KEY": "k3Zq9-vB7xW2mN8pLr5tYd1cJf6hGs4aEu0oiQ_zXbVnMwTkRy",
    "ALLOWED_HOSTS": "nature.example.org",
    "DATABASE_URL": "postgres://somebody:secret@db.example.org:5432/nature",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Runs manage.py in a process of its own, with nothing of this one's environment but PATH."""
    return subprocess.run(
        [sys.executable, "-W", "default", "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
    )


def manage_in_production(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    module = "citiesnature.settings.production"
    return manage(*arguments, DJANGO_SETTINGS_MODULE=module, **environment)


@pytest.mark.parametrize("value", [None, "", "  "])
@pytest.mark.parametrize("name", PRODUCTION)
def test_production_refuses_to_start_without(name, value):
    environment = {key: text for key, text in PRODUCTION.items() if key != name}
    if value is not None:
        environment[name] = value
    answer = manage_in_production("check", **environment)
    assert answer.returncode != 0
    message = answer.stderr.strip().splitlines()[-1]
    assert f"The environment variable {name} is not set. Put " in message


@pytest.mark.parametrize("key", ["short", "a" * 80, "insecure-" + PRODUCTION["SECRET_KEY"]])
def test_production_refuses_a_key_that_is_easy_to_guess(key):
    answer = manage_in_production("check", **(PRODUCTION | {"SECRET_KEY": key}))
    assert answer.returncode != 0
    assert "SECRET_KEY is too easy to guess" in answer.stderr
    assert "secrets.token_urlsafe" in answer.stderr


@pytest.mark.parametrize("hosts", [".example.org", "*"])
def test_production_asks_for_the_address_of_the_site_where_no_host_tells_it(hosts):
    answer = manage_in_production("check", **(PRODUCTION | {"ALLOWED_HOSTS": hosts}))
    assert "The environment variable SITE_URL is not set. Put " in answer.stderr.splitlines()[-1]


PRINT = """
from django.conf import settings
print(settings.SITE_URL, settings.SECURE_SSL_HOST, settings.SECRET_KEY_FALLBACKS)
print(settings.ALLOW_DEMO, settings.SAMPLES_ARE_LISTED, settings.SHOW_MAILS)
"""


@pytest.mark.parametrize(
    ("more", "printed"),
    [
        ({}, "https://nature.example.org/ nature.example.org []"),
        (
            {"SITE_URL": "https://www.example.org:8443", "SECRET_KEY_FALLBACKS": "one, two,"},
            "https://www.example.org:8443/ www.example.org:8443 ['one', 'two']",
        ),
    ],
)
def test_production_knows_its_address_its_former_keys_and_no_demo(more, printed):
    answer = manage_in_production("shell", "--no-imports", "-c", PRINT, **(PRODUCTION | more))
    assert answer.stdout.splitlines() == [printed, "False False False"], answer.stderr


@pytest.mark.parametrize(
    "text", ["nature.example.org", "ftp://example.org/", "https:///x", "https://"]
)
def test_what_is_no_address_of_a_site_is_refused(text):
    with pytest.raises(ImproperlyConfigured, match="SITE_URL is no address"):
        site_url(text)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("", ""),
        (" a@example.org ", "mailto:a@example.org"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("https://example.org/security", "https://example.org/security"),
    ],
)
def test_whom_to_tell_of_a_weakness_is_an_address(text, address):
    assert contact_address(text) == address


@pytest.mark.parametrize("text", ["ask Olga", "http://example.org/", "a@example.org\nX: y"])
def test_what_is_no_address_for_weaknesses_is_refused(text):
    with pytest.raises(ImproperlyConfigured, match="SECURITY_CONTACT is no address"):
        contact_address(text)


@pytest.mark.slow
def test_production_passes_the_deployment_check_without_a_word():
    answer = manage_in_production("check", "--deploy", "--fail-level", "INFO", **PRODUCTION)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout == "System check identified no issues (0 silenced).\n"
    assert answer.stderr == ""


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The folder with the static files of production."""
    folder = tmp_path_factory.mktemp("static")
    environment = PRODUCTION | {"STATIC_ROOT": str(folder)}
    answer = manage_in_production("collectstatic", "--no-input", **environment)
    assert answer.returncode == 0, answer.stderr
    return folder


@pytest.mark.slow
def test_production_collects_its_static_files(collected):
    assert (collected / "staticfiles.json").exists()
    assert list(collected.glob("bootstrap/pages.*.css.gz"))


@pytest.mark.slow
def test_production_joins_the_parts_of_each_style_sheet_without_comments(collected):
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    for kind in ("site", "city", "explorer", "admin"):
        built = (collected / names[f"css/{kind}.css"]).read_text()
        source = ROOT / "static" / "css" / f"{kind}.css"
        parts = re.findall(r'@import url\("(.+?)"\)', source.read_text())
        assert len(parts) > 4
        joined = "\n".join((source.parent / part).read_text() for part in parts)
        assert re.sub(r"\s", "", built) == re.sub(r"/\*.*?\*/|\s", "", joined, flags=re.DOTALL)


@pytest.mark.slow
def test_development_starts_with_nothing_configured():
    answer = manage("check", "--fail-level", "INFO")
    assert answer.returncode == 0, answer.stderr
    assert answer.stderr == ""


def test_sqlite_by_address():
    found = database("sqlite:////srv/the%20site/db.sqlite3")
    assert found["ENGINE"] == "django.db.backends.sqlite3"
    assert found["NAME"] == "/srv/the site/db.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]
    assert found["OPTIONS"]["timeout"] == 30


def test_postgresql_by_address():
    found = database("postgres://somebody:p%40ss@db.example.org:5433/nature?sslmode=require")
    assert found["ENGINE"] == "django.db.backends.postgresql"
    wanted = {
        "NAME": "nature",
        "USER": "somebody",
        "PASSWORD": "p@ss",
        "HOST": "db.example.org",
        "PORT": 5433,
    }
    assert {key: found[key] for key in wanted} == wanted
    assert found["OPTIONS"] == {"sslmode": "require", "connect_timeout": 10}
    assert found["CONN_HEALTH_CHECKS"] is True


@pytest.mark.slow
def test_database_url_moves_the_data(tmp_path):
    file = tmp_path / "elsewhere.sqlite3"
    # One app of Django: all migrations would take as long as a hundred other tests.
    command = ("migrate", "contenttypes", "--verbosity", "0")
    answer = manage(*command, DATABASE_URL=f"sqlite:///{file}")
    assert answer.returncode == 0, answer.stderr
    assert file.stat().st_size > 0
    with file.open("rb") as content:
        # Bytes 18 and 19 of the header are 2 when the file keeps a write-ahead log.
        assert content.read(20)[18:20] == b"\x02\x02"


@pytest.mark.parametrize("scheme", ["redis", "rediscache", "valkey"])
def test_a_redis_that_does_not_answer_holds_nobody_up(scheme):
    config = cache(f"{scheme}://host:6379/1")
    assert config["BACKEND"] == "django.core.cache.backends.redis.RedisCache"
    assert config["LOCATION"] == "redis://host:6379/1"
    assert config["OPTIONS"] == {"socket_connect_timeout": 1, "socket_timeout": 1}
    longer = cache(f"{scheme}://host:6379/1?socket_timeout=3")["OPTIONS"]
    assert longer == {"socket_connect_timeout": 1, "socket_timeout": 3}
