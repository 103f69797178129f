"""The Makefile's targets; what they run is tested where it lives."""

import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TARGETS = [
    "help",
    "install",
    "run",
    "reset-demo",
    "test",
    "test-all",
    "check",
    "lint",
    "format",
    "bench",
    "pictures",
    "lock",
]


def make(*arguments: str) -> subprocess.CompletedProcess:
    """Runs make as from a shell, also when these tests run under `make test`."""
    environment = {name: text for name, text in os.environ.items() if not name.startswith("MAKE")}
    environment.pop("MFLAGS", None)
    return subprocess.run(
        ["make", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )


def test_make_alone_lists_every_target_in_a_line():
    answer = make()
    assert answer.returncode == 0
    assert [line.split()[1] for line in answer.stdout.splitlines()] == TARGETS
    assert all(len(line.split(maxsplit=2)) == 3 for line in answer.stdout.splitlines())


@pytest.fixture
def old_python(tmp_path):
    """A python3 that is too old, as far as it tells."""
    program = tmp_path / "python3"
    program.write_text('#!/bin/sh\n[ "$1" = -V ] && echo "Python 3.9.2"\nexit 1\n')
    program.chmod(0o755)
    return program


def test_a_python_that_is_too_old_is_named(old_python, tmp_path):
    answer = make("install", f"PYTHON={old_python}", f"VENV={tmp_path / 'venv'}")
    assert answer.returncode != 0
    first = answer.stderr.splitlines()[0]
    assert first.startswith("Python 3.11 or later is needed; ")
    assert "is Python 3.9.2." in first


def test_a_python_that_is_not_there_is_named(tmp_path):
    answer = make("install", "PYTHON=no-such-python", f"VENV={tmp_path / 'venv'}")
    assert answer.returncode != 0
    assert "there is no no-such-python on this machine" in answer.stderr.splitlines()[0]
