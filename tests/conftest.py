"""What every test gets: its own database, no network, and honest words about what did not run."""

import gc
import ipaddress
import json
import os
import socket
from contextlib import suppress
from copy import copy
from importlib import import_module
from pathlib import Path
from random import SystemRandom

import pytest
from django.conf import settings
from django.test import TransactionTestCase, override_settings
from django.test.utils import ContextList

from tests.programs import MARKED

pytest_plugins = ["tests.browser", "tests.published"]

ON_BOTH = (
    "tests/accounts/",
    "tests/actions/test_read_tables.py",
    "tests/actions/test_tallies.py",
    "tests/actions/test_values.py",
    "tests/admin/test_action_list.py",
    "tests/admin/test_changes.py",
    "tests/admin/test_conflicts.py",
    "tests/admin/test_exchange.py",
    "tests/admin/test_exchange_export.py",
    "tests/catalogue/test_loader.py",
    "tests/cbi/test_assessments.py",
    "tests/exchange/",
    "tests/hub/test_models.py",
    "tests/hub/test_unused_files.py",
    "tests/hub/test_uploads.py",
    "tests/notices/test_queue.py",
    "tests/oversight/test_numbers.py",
    "tests/oversight/test_table.py",
    "tests/pathway/test_models.py",
    "tests/pathway/test_read_tables.py",
    "tests/profiles/",
    "tests/project/test_databases.py",
    "tests/site/test_migrations.py",
    "tests/website/test_cbi.py",
    "tests/website/test_explorer.py",
    "tests/website/test_lists.py",
    "tests/website/test_pathway.py",
    "tests/website/test_resources.py",
    "tests/website/test_search.py",
)
"""Tests of what the databases do each in their own way; they are marked `sql`, as single tests may
be too. They tell of changes, history and undo, of imports and exports and their jobs, of the loader
and the constraints, of the explorer and of searches, of locks and of migrations."""

LEFT_OUT = pytest.StashKey[dict[str, int]]()


class NetworkUsed(RuntimeError):
    """A test reached for an address outside this machine."""


def is_local(address: object) -> bool:
    """Whether a socket's address is on this machine: a path, `localhost` or a loopback number."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """Lets sockets reach this machine only."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        yield


def _guarded(real):
    def guarded(self, address):
        if not is_local(address):
            raise NetworkUsed(f"A test tried to reach {address!r}.")
        return real(self, address)

    return guarded


@pytest.fixture(autouse=True, scope="session")
def files_in_a_folder_of_their_own(tmp_path_factory):
    """What tests upload does not land among the files of the machine's own site, and their PDFs do
    not wait for those of another process."""
    folders = {
        "MEDIA_ROOT": str(tmp_path_factory.mktemp("media")),
        "PDF_ROOT": str(tmp_path_factory.mktemp("pdfs")),
    }
    with override_settings(**folders):
        yield


@pytest.fixture(autouse=True, scope="session")
def context_of_pages_only():
    """Keeps the context of the page in `response.context`, not a copy for each of its widgets.

    A form of the admin renders hundreds of templates: copying all their contexts took a third of
    the time of its tests.
    """

    def store_first(store, signal, sender, template, context, **kwargs):
        if "context" not in store:
            store["context"] = ContextList([copy(context)])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.test.client.store_rendered_templates", store_first)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, tmp_path_factory, worker_id):
    """Every test begins with the shipped catalogue: it is loaded once, not once a test."""
    from catalogue.loader import load
    from tests import databases

    folder = tmp_path_factory.getbasetemp()
    folder = folder if worker_id == "master" else folder.parent
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        # A file, not memory: the browser tests' server needs its own connection to it.
        database["TEST"]["NAME"] = str(folder / "test.sqlite3")
    with (
        django_db_blocker.unblock(),
        databases.own_database(worker_id, folder, load),
        pytest.MonkeyPatch.context() as patch,
    ):
        beginning = databases.read_rows()

        def begin_anew(test_case):
            databases.empty_all_tables()
            databases.write_rows(beginning)
            databases.move_sequences()

        patch.setattr(TransactionTestCase, "_fixture_teardown", begin_anew)
        yield


@pytest.fixture(scope="session")
def kept():
    """`kept.get(name, function)`: what the function writes to the database, made only once."""
    from tests.databases import Kept

    return Kept()


@pytest.fixture
def catalogue(db):
    """The shipped catalogue, with which every database begins."""


def pytest_addoption(parser):
    parser.addoption(
        "--only",
        choices=["sql", "quick"],
        help="sql: tests that run on both databases. quick: tests that ask for no database.",
    )


def pytest_collection_modifyitems(config, items):
    """Leaves out what is not asked for, and the tests whose program is missing here: counted."""
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker("browser")
        if item.nodeid.startswith(ON_BOTH):
            item.add_marker("sql")
    if chosen := config.getoption("only"):
        keep(config, items, {"sql": is_for_both_databases, "quick": is_quick}[chosen])
    missing = {marker for marker, program in MARKED.items() if program.path() is None}
    left_out: dict[str, int] = {}
    for item in items:
        for marker in missing:
            if item.get_closest_marker(marker):
                left_out[marker] = left_out.get(marker, 0) + 1
    keep(config, items, lambda item: not any(map(item.get_closest_marker, missing)))
    config.stash[LEFT_OUT] = left_out


def pytest_collection(session):
    """Lets the processes share the work of pytest's rewriting of `assert`, which takes seconds.

    Each loads the files in an order of its own: what another has rewritten it finds in the cache.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return
    names = [module_name(path) for path in files_of_tests(session.config)]
    SystemRandom().shuffle(names)
    for name in names:
        # Pytest loads a file that cannot be loaded again and tells why.
        with suppress(Exception):
            import_module(name)


def files_of_tests(config):
    """The files among which tests are chosen."""
    for argument in config.args:
        path = Path(config.invocation_params.dir, argument.partition("::")[0]).resolve()
        yield from path.rglob("test_*.py") if path.is_dir() else [path]


def module_name(path):
    return ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)


def pytest_collection_finish(session):
    """Keeps the garbage collector from going through all modules and tests again and again.

    They stay until the end; looking at them took up to a tenth of the time of a test.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


def keep(config, items, is_kept):
    dropped = [item for item in items if not is_kept(item)]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if is_kept(item)]


def asks_for_a_database(item):
    fixtures = {"db", "transactional_db", "live_server"} & set(item.fixturenames)
    is_djangos = item.cls is not None and issubclass(item.cls, TransactionTestCase)
    return bool(fixtures or is_djangos or item.get_closest_marker("django_db"))


def drives_a_program(item):
    return any(map(item.get_closest_marker, MARKED))


def is_for_both_databases(item):
    marked = item.get_closest_marker("sql") is not None
    return marked and asks_for_a_database(item) and not drives_a_program(item)


def is_quick(item):
    is_slow = drives_a_program(item) or item.get_closest_marker("slow")
    return not asks_for_a_database(item) and not is_slow


def pytest_sessionfinish(session):
    """A worker of pytest-xdist tells the main process what it left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(LEFT_OUT, {})


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    counts = getattr(node, "workeroutput", {}).get("left_out", {})
    node.config.stash[LEFT_OUT] = node.config.stash.get(LEFT_OUT, {}) | counts


def pytest_terminal_summary(terminalreporter, config):
    """Names what was left out; tests/run.py reads the same from the file it asks for."""
    left_out = config.stash.get(LEFT_OUT, {})
    for marker, count in sorted(left_out.items()):
        name = MARKED[marker].name
        terminalreporter.write_line(f"{name} is missing: {count} tests did not run.", yellow=True)
    if report := os.environ.get("LEFT_OUT_FILE"):
        Path(report).write_text(json.dumps(left_out))


@pytest.fixture
def anji(catalogue, kept):
    """Anji County, imported from its demo workbook; each change goes live at once."""
    return kept.get("anji", import_anji)


def import_anji():
    from exchange.applying import apply
    from exchange.planning import make_plan
    from exchange.reading import read
    from profiles.models import City
    from tests.published import publish_all

    apply(make_plan(read(settings.BASE_DIR / "demo" / "anji-county.xlsx")), "anji-county.xlsx")
    City.objects.update(publishing=City.Publishing.AT_ONCE)
    publish_all()
    return City.objects.select_related("country__region").get(slug="anji-county")
