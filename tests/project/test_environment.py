"""Every variable that the settings read is told where people look for it, and no other."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
READ = re.compile(r"\b(?:env\.\w+|required)\(\s*\"(\w+)\"")
SHOWN = re.compile(r"^#?([A-Z_]+)=", re.MULTILINE)
# manage.py, wsgi.py and asgi.py read it, to know which settings to load.
WHICH_SETTINGS = "DJANGO_SETTINGS_MODULE"


def variables_read():
    files = (ROOT / "citiesnature" / "settings").glob("*.py")
    found = {name for file in files for name in READ.findall(file.read_text(encoding="utf-8"))}
    assert {"SECRET_KEY", "DATABASE_URL", "EMAIL_URL", "TRUSTED_PROXIES"} <= found
    return found


def test_the_example_names_each_variable_once():
    shown = SHOWN.findall((ROOT / ".env.example").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted({WHICH_SETTINGS, *variables_read()})


def test_the_page_on_deployment_names_each_variable():
    page = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([A-Z_]+)`", page.partition("## Environment")[2]))
    assert variables_read() - named == set()
