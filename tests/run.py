"""`make test`: the whole suite on PostgreSQL and, beside it, the tests marked `sql` on SQLite.

Arguments go to pytest, but for these:
--both-whole  the whole suite on both databases, as `make test-all` does
--all         whatever did not run is a failure, as with CI=true

Without a PostgreSQL the whole suite runs on SQLite.
"""

import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tests.postgres import find_binaries, temporary_cluster
from tests.programs import MARKED, POSTGRESQL

RUNNING: list[subprocess.Popen] = []
CORES = os.cpu_count() or 1
WORKERS = {"PostgreSQL": CORES + 1, "SQLite": max(1, CORES // 2)}
"""Processes for each: one more than there are cores, as tests wait for Chromium and the server."""
ROOT = Path(__file__).resolve().parent.parent
NOT_PASSED_ON = {"DATABASE_URL", "PYTHONDONTWRITEBYTECODE"}
"""Variables that the tests do not get: without compiled files each process compiles all anew."""
NOTHING_CHOSEN = 5
"""Pytest's exit status where no test was chosen."""


@dataclass
class Outcome:
    """How the suite went on one database."""

    database: str
    exit_status: int
    counts: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)

    def line(self) -> str:
        """The plain numbers."""
        failed = self.counts.get("failures", 0) + self.counts.get("errors", 0)
        skipped = self.counts.get("skipped", 0)
        passed = self.counts.get("tests", 0) - failed - skipped
        numbers = f"{self.database}: {passed} passed, {failed} failed"
        return numbers + (f", {skipped} skipped" if skipped else "")


def run_suite(database: str, url: str | None, arguments: list[str]) -> Outcome:
    """Runs pytest on the database at `url`; None is a new SQLite file."""
    workers = WORKERS[database]
    environment = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON}
    if url:
        environment["DATABASE_URL"] = url
    with tempfile.TemporaryDirectory(prefix="citiesnature-tests-") as folder:
        report, left_out = Path(folder, "report.xml"), Path(folder, "left-out.json")
        environment["LEFT_OUT_FILE"] = str(left_out)
        command = [sys.executable, "-m", "pytest", "-q", "--dist", "worksteal", f"-n{workers}"]
        command.append(f"--junit-xml={report}")
        status = _show([*command, *arguments], environment, database)
        return Outcome(
            database,
            status,
            _counts(report) if report.exists() else {},
            json.loads(left_out.read_text()) if left_out.exists() else {},
        )


def _show(command: list[str], environment: dict[str, str], database: str) -> int:
    """Runs a command; each line that it prints begins with the database, as two run at once."""
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        RUNNING.append(process)
        for line in process.stdout:
            print(f"{database[:6]:6} | {line}", end="", flush=True)
    return process.returncode


def _counts(report: Path) -> dict[str, int]:
    suite = ElementTree.parse(report).getroot().find("testsuite")  # noqa: S314 (pytest wrote it)
    return {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}


@contextlib.contextmanager
def postgresql() -> Iterator[str | None]:
    """The address of the server at TEST_DATABASE_URL, else of a temporary one, else None."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
    elif find_binaries() is None:
        yield None
    else:
        with temporary_cluster() as url:
            yield url


def in_random_order(arguments: list[str]) -> list[str]:
    """The arguments with a seed, which is printed: who gives it again gets the same order."""
    if any(argument.startswith("--randomly-seed") for argument in arguments):
        return arguments
    seed = f"--randomly-seed={secrets.randbelow(1_000_000)}"
    print(f"The tests run in the order of ARGS='{seed}'.", flush=True)
    return [*arguments, seed]


def run_suites(arguments: list[str], *, both_whole: bool) -> list[Outcome]:
    """Both databases at once; on PostgreSQL everything, on SQLite what depends on the database."""
    with postgresql() as url, ThreadPoolExecutor() as pool:
        if url is None:
            return [run_suite("SQLite", None, arguments)]
        on_sqlite = arguments if both_whole else [*arguments, "--only=sql"]
        runs = [
            pool.submit(run_suite, "PostgreSQL", url, arguments),
            pool.submit(run_suite, "SQLite", None, on_sqlite),
        ]
        try:
            return [run.result() for run in runs]
        except BaseException:
            # Told to stop: the pool would wait until both have come to their end.
            for process in RUNNING:
                process.kill()
            raise


def missing_lines(outcomes: list[Outcome], *, postgresql_ran: bool) -> list[str]:
    """What did not run here, and the commands that change that."""
    lines = []
    left_out = {marker: count for outcome in outcomes for marker, count in outcome.left_out.items()}
    for marker, count in sorted(left_out.items()):
        program = MARKED[marker]
        lines.append(f"Not run: {count} tests that need {program.name}. To install it:")
        lines += program.install_lines()
    if not postgresql_ran:
        lines.append("Not run: the whole suite on PostgreSQL. To install it:")
        lines += POSTGRESQL.install_lines()
    return lines


def main(arguments: list[str]) -> int:
    everything = "--all" in arguments or os.environ.get("CI", "").lower() in {"1", "true"}
    both_whole = "--both-whole" in arguments
    given = [argument for argument in arguments if argument not in {"--all", "--both-whole"}]
    outcomes = run_suites(in_random_order(given), both_whole=both_whole)
    print()
    for outcome in outcomes:
        print(outcome.line())
    missing = missing_lines(
        outcomes, postgresql_ran=any(outcome.database == "PostgreSQL" for outcome in outcomes)
    )
    print("\n".join(missing), end="\n" if missing else "")
    # A choice of tests may leave none for one of the databases.
    statuses = {outcome.exit_status for outcome in outcomes}
    if 0 not in statuses or statuses - {0, NOTHING_CHOSEN}:
        return 1
    return 1 if missing and everything else 0


def stop(number: int, frame: object) -> None:
    """Leaves through every `finally`, so that a temporary PostgreSQL is stopped and removed."""
    sys.exit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGHUP, stop)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
