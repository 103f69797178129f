"""`make test`: the whole suite on SQLite, then on a real PostgreSQL.

Arguments go to pytest, but for --all: then whatever did not run is a failure, as with CI=true.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tests.postgres import find_binaries, temporary_cluster
from tests.programs import MARKED, POSTGRESQL

ROOT = Path(__file__).resolve().parent.parent
INTERRUPTED = 2


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
    print(f"== {database}", flush=True)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if url:
        environment["DATABASE_URL"] = url
    with tempfile.TemporaryDirectory(prefix="citiesnature-tests-") as folder:
        report, left_out = Path(folder, "report.xml"), Path(folder, "left-out.json")
        environment["LEFT_OUT_FILE"] = str(left_out)
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", f"--junit-xml={report}"]
        status = subprocess.run([*command, *arguments], cwd=ROOT, env=environment).returncode
        return Outcome(
            database,
            status,
            _counts(report) if report.exists() else {},
            json.loads(left_out.read_text()) if left_out.exists() else {},
        )


def _counts(report: Path) -> dict[str, int]:
    suite = ElementTree.parse(report).getroot().find("testsuite")  # noqa: S314 (pytest wrote it)
    return {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}


def run_on_postgresql(arguments: list[str]) -> Outcome | None:
    """On the server at TEST_DATABASE_URL, else on a temporary one; None where there is neither."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        return run_suite("PostgreSQL", url, arguments)
    if find_binaries() is None:
        return None
    with temporary_cluster() as url:
        return run_suite("PostgreSQL", url, arguments)


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
    arguments = [argument for argument in arguments if argument != "--all"]
    outcomes = [run_suite("SQLite", None, arguments)]
    if outcomes[0].exit_status == INTERRUPTED:
        return INTERRUPTED
    on_postgresql = run_on_postgresql(arguments)
    if on_postgresql:
        outcomes.append(on_postgresql)
    print()
    for outcome in outcomes:
        print(outcome.line())
    missing = missing_lines(outcomes, postgresql_ran=on_postgresql is not None)
    print("\n".join(missing), end="\n" if missing else "")
    if any(outcome.exit_status for outcome in outcomes):
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
