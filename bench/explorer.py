"""The explorer with 1,000 invented cities and 60,000 actions: each page against counting actions.

Medians of whole answers, nothing cached, on a database of its own: SQLite, and PostgreSQL where its
programs are on this machine. The measure is one count over the public actions (a join to the city),
which takes turns with the page; a plain count over the table stands beside it. Nothing is judged.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citiesnature.settings.development")

CITIES, RUNS = 1_000, 15
PAGES = (
    "/actions/",
    "/actions/types/natural-areas/",
    "/actions/types/natural-areas/?region=europe&sort=-total_area&unit=ha&page=2",
    "/actions/types/ecosystem-policies/",
    "/actions/targets/3/",
    "/actions/search/?q=湿地",
    "/actions/search/?q=humed&region=europe",
    "/actions/search/?q=nowhere-to-be-found",
)


def main():
    from tests.postgres import find_binaries, temporary_cluster

    with tempfile.TemporaryDirectory() as folder:
        run("SQLite", f"sqlite:///{folder}/bench.sqlite3")
    if find_binaries() is None:
        print("PostgreSQL is missing on this machine: not measured.")
        return
    with temporary_cluster() as url:
        run("PostgreSQL", url.replace("@/citiesnature?", "@/postgres?"))


def run(database, url):
    print(f"-- {database}", flush=True)
    command = [sys.executable, __file__, "measure"]
    subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, cwd=ROOT, check=True)


def prepare():
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.DEBUG, settings.ALLOWED_HOSTS = False, ["testserver"]
    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as nowhere:
        call_command("load_catalogue", stdout=nowhere)
        call_command("make_cities", CITIES, seed=1, stdout=nowhere)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure():
    from django.db import connection
    from django.test import Client

    from actions.models import Action
    from profiles.models import City

    client, queries = Client(), []

    def counted(execute, *call):
        queries.append(call[0])
        return execute(*call)

    def answer(page):
        return b"".join(client.get(page))

    public = City.objects.published().filter(is_sample=False)
    count = Action.objects.filter(city__in=public).count
    plain = statistics.median(seconds(Action.objects.count) for _ in range(RUNS))
    unit = statistics.median(seconds(count) for _ in range(RUNS))
    print(f"{Action.objects.count():,} actions; counting the public ones: {unit * 1000:.1f} ms")
    print(f"counting all of them: {plain * 1000:.1f} ms")
    for page in PAGES:
        with connection.execute_wrapper(counted):
            answer(page)
        ratio, took = against(count, lambda page=page: answer(page))
        print(f"{ratio:5.1f} times ({took * 1000:3.0f} ms), {len(queries):2} queries: {page}")
        queries.clear()
    saving()


def saving():
    """What an officer waits for beyond the save itself: the explorer's tables follow."""
    from actions.standings import refresh
    from actions.tallies import refresh_tallies
    from profiles.models import City, State

    city = City.objects.filter(state=State.PUBLISHED).first()
    same = statistics.median(seconds(lambda: refresh([city.pk])) for _ in range(RUNS))
    City.objects.filter(pk=city.pk).update(state=State.WITHDRAWN)
    gone = seconds(lambda: refresh([city.pk]))
    City.objects.filter(pk=city.pk).update(state=State.PUBLISHED)
    back = seconds(lambda: refresh([city.pk]))
    print(f"following a save: {same * 1000:.0f} ms; withdrawing a city: {gone * 1000:.0f} ms")
    print(f"publishing it: {back * 1000:.0f} ms; counting anew: {seconds(refresh_tallies):.2f} s")


def against(count, call):
    """How many times as long as `count` a call takes, and its seconds: medians.

    The two take turns, so that a machine that grows slow for a while is slow for both.
    """
    ratios, times = [], []
    before = seconds(count)
    for _ in range(RUNS):
        took, after = seconds(call), seconds(count)
        ratios.append(2 * took / (before + after))
        times.append(took)
        before = after
    return statistics.median(ratios), statistics.median(times)


def seconds(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        prepare()
        measure()
