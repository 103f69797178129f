"""The locked requirements are exact and carry nothing of the machine that made them."""

import re
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "requirements"
ADDRESS = re.compile(r"://|@ |\bfile:|index-url|find-links|trusted-host|(?:^|\s)/\w", re.MULTILINE)
PIN = re.compile(r"[a-z0-9][a-z0-9.-]*==[0-9][\w.+!]*( ; .+)?")


def entries(name: str) -> list[list[str]]:
    """Each requirement with its hashes: the lines that pip joins at the backslashes."""
    lines = [line for line in (FOLDER / name).read_text().splitlines() if "#" not in line]
    return [joined.split(" \\\n") for joined in re.split(r"(?<!\\)\n", "\n".join(lines)) if joined]


@pytest.mark.parametrize("name", ["base.in", "base.txt", "development.in", "development.txt"])
def test_no_address_and_no_path(name):
    assert ADDRESS.findall((FOLDER / name).read_text()) == []


@pytest.mark.parametrize("name", ["base.txt", "development.txt"])
def test_every_requirement_is_exact_and_has_hashes(name):
    found = entries(name)
    assert len(found) > 20
    for pin, *hashes in found:
        assert PIN.fullmatch(pin), pin
        assert hashes, pin
        assert all(re.fullmatch(r" +--hash=sha256:[0-9a-f]{64}", line) for line in hashes), pin


def test_development_has_what_production_has():
    base = {pin: hashes for pin, *hashes in entries("base.txt")}
    development = {pin: hashes for pin, *hashes in entries("development.txt")}
    assert {pin: development.get(pin) for pin in base} == base
