"""A PostgreSQL of the tests' own, made from the binaries on this machine and gone afterwards."""

import contextlib
import getpass
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

START_SECONDS = 30
# What a cluster that lives for one test run may leave out: it need not survive a power cut, nobody
# copies it, its tables stay small, and most of its rows are rolled back.
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=4GB",
    "checkpoint_timeout=1h",
    "autovacuum=off",
    "jit=off",
)


def find_binaries() -> Path | None:
    """The folder that holds initdb and postgres, or None; the newest where there are several."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    if pg_config := shutil.which("pg_config"):
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True)
        folders.append(Path(answer.stdout.strip()))
    for root, pattern in (
        ("/usr/lib/postgresql", "*/bin"),
        ("/usr", "pgsql-*/bin"),
        ("/opt/homebrew/opt", "postgresql@*/bin"),
        ("/usr/local/opt", "postgresql@*/bin"),
    ):
        folders += sorted(Path(root).glob(pattern), key=_version, reverse=True)
    complete = (f for f in folders if (f / "initdb").exists() and (f / "postgres").exists())
    return next(complete, None)


def _version(folder: Path) -> int:
    digits = "".join(filter(str.isdigit, folder.parent.name))
    return int(digits or 0)


def account() -> str:
    """The account that PostgreSQL runs under: never root, which it refuses."""
    if os.geteuid() != 0:
        return getpass.getuser()
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise RuntimeError("PostgreSQL does not run as root, and there is no account postgres.")


def _as_account() -> dict[str, object]:
    """How a program is started under that account, in a folder that the account may read."""
    if os.geteuid() != 0:
        return {"cwd": "/"}
    entry = pwd.getpwnam(account())
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": [], "cwd": "/"}


@contextlib.contextmanager
def temporary_cluster() -> Iterator[str]:
    """Runs a cluster for the length of a `with` and gives its address, to be put in DATABASE_URL.

    It listens on a socket in its own folder and on no port.
    """
    binaries = find_binaries()
    if binaries is None:
        raise FileNotFoundError("There are no PostgreSQL server binaries on this machine.")
    folder = Path(tempfile.mkdtemp(prefix="citiesnature-pg-", dir=_folder_for_all()))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, account())
        _initialise(binaries, folder)
        with _running(binaries, folder):
            yield f"postgres://citiesnature@/citiesnature?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _folder_for_all() -> str | None:
    """Root's own temporary folder may be closed to the account; /tmp is open to all."""
    return "/tmp" if os.geteuid() == 0 else None  # noqa: S108


def _initialise(binaries: Path, folder: Path) -> None:
    for locale in ("C.UTF-8", "C"):
        command = [
            str(binaries / "initdb"),
            *("--pgdata", str(folder / "data"), "--username", "citiesnature"),
            *("--auth", "trust", "--encoding", "UTF8", "--locale", locale, "--no-sync"),
        ]
        made = subprocess.run(command, capture_output=True, text=True, **_as_account())
        if made.returncode == 0:
            return
    raise RuntimeError(f"initdb failed: {made.stderr.strip()}")


@contextlib.contextmanager
def _running(binaries: Path, folder: Path) -> Iterator[None]:
    settings = ("listen_addresses=", f"unix_socket_directories={folder}", *FAST)
    command = [str(binaries / "postgres"), "-D", str(folder / "data")]
    for setting in settings:
        command += ["-c", setting]
    log = folder / "log"
    with log.open("wb") as output:
        # In a session of its own: Ctrl-C reaches the tests, and they stop it in good order.
        server = subprocess.Popen(
            command, stdout=output, stderr=output, start_new_session=True, **_as_account()
        )
    try:
        _wait_until_it_answers(server, folder, log)
        yield
    finally:
        # SIGTERM would wait for clients to leave; SIGINT sends them away.
        server.send_signal(signal.SIGINT)
        server.wait(timeout=START_SECONDS)


def _wait_until_it_answers(server: subprocess.Popen, folder: Path, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(host=str(folder), user="citiesnature", dbname="postgres").close()
        except psycopg.OperationalError as problem:
            if server.poll() is not None or time.monotonic() > deadline:
                said = log.read_text(errors="replace").strip()
                raise RuntimeError(f"PostgreSQL did not start: {said or problem}") from problem
            time.sleep(0.05)
        else:
            return
