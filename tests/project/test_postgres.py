"""The temporary PostgreSQL of the test run."""

import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from tests import postgres

pytestmark = pytest.mark.slow
needs_binaries = pytest.mark.skipif(
    postgres.find_binaries() is None, reason="no PostgreSQL server binaries on this machine"
)


def folder_of(url: str) -> Path:
    return Path(parse_qs(urlsplit(url).query)["host"][0])


@needs_binaries
def test_it_answers_on_a_socket_only_and_is_gone_afterwards():
    with postgres.temporary_cluster() as url:
        folder = folder_of(url)
        with psycopg.connect(host=str(folder), user="citiesnature", dbname="postgres") as server:
            shown = {
                name: server.execute(f"SHOW {name}").fetchone()[0]
                for name in ("listen_addresses", "fsync", "server_encoding")
            }
    assert shown == {"listen_addresses": "", "fsync": "off", "server_encoding": "UTF8"}
    assert not folder.exists()


@needs_binaries
def test_it_is_stopped_and_removed_when_the_tests_break_off():
    with pytest.raises(KeyboardInterrupt), postgres.temporary_cluster() as url:
        folder = folder_of(url)
        process = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        raise KeyboardInterrupt
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@needs_binaries
@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another account")
def test_root_runs_it_as_another_account():
    with postgres.temporary_cluster() as url:
        assert folder_of(url).owner() == postgres.account() != "root"


def test_root_without_another_account_is_told(monkeypatch):
    def nobody_there(name):
        raise KeyError(name)

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr("pwd.getpwnam", nobody_there)
    with pytest.raises(RuntimeError, match="does not run as root"):
        postgres.account()


def test_without_binaries_it_says_so(monkeypatch):
    monkeypatch.setattr(postgres, "find_binaries", lambda: None)
    with pytest.raises(FileNotFoundError), postgres.temporary_cluster():
        pass
