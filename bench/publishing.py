"""Publishing: one city of 60 actions, and 1,000 cities at once, also with two writers.

On a database of its own: SQLite, and PostgreSQL where its programs are on this machine. The measure
is what cannot be spared: collecting the records and inserting them raw, side by side with
publishing. Nothing is judged.
"""

import os
import resource
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
PUBLICATIONS_A_YEAR = 100
"""Assumed of a city that saves twice a week."""


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
    call([sys.executable, __file__, "measure"], url)


def call(command, url):
    subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, cwd=ROOT, check=True)


def prepare():
    """1,000 invented cities, none of them published yet."""
    from django.core.management import call_command
    from django.db import connection

    from profiles.changes import city_changed
    from publishing.following import follow_cities

    city_changed.disconnect(follow_cities)
    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as nowhere:
        call_command("load_catalogue", stdout=nowhere)
        call_command("make_cities", CITIES, seed=1, stdout=nowhere)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure():
    from actions.models import Action
    from profiles.models import City

    print(f"{City.objects.count():,} cities with {Action.objects.count():,} actions")
    raw = seconds(insert_raw)
    before = peak()
    first = seconds(publish_rest)
    print(
        f"publishing all: {first:.1f} s, {first / raw:.1f} times collecting and inserting them raw"
        f" ({raw:.1f} s); {peak() - before:+.0f} MB of memory"
    )
    touch_all()
    again = seconds(publish_rest)
    print(f"once more, after a change of each: {again:.1f} s, {again / raw:.1f} times")
    two_writers()
    one_city()
    storage()


def insert_raw():
    """Collect all records and insert them without anything else; then forget them."""
    from django.db import transaction

    from catalogue import frozen
    from catalogue.models import CatalogueVersion
    from profiles.models import City, Publication
    from publishing import record as records

    version = CatalogueVersion.objects.get(sha256=frozen.current().sha256)
    ids = list(City.objects.order_by("pk").values_list("pk", flat=True))
    with transaction.atomic():
        for start in range(0, len(ids), 50):
            cities = City.objects.filter(pk__in=ids[start : start + 50])
            cities = list(cities.select_related("country__region"))
            for pk, record in records.collect(cities).items():
                encoded = records.encode(record)
                Publication.objects.create(
                    city_id=pk,
                    number=1,
                    record=records.pack(encoded),
                    sha256=records.digest(encoded),
                    catalogue=version,
                    content_version=1,
                )
        transaction.set_rollback(True)


def publish_rest():
    from profiles.lagging import lagging
    from publishing.catching_up import publish_some

    if not all(went_well for _city, went_well in publish_some(list(lagging()))):
        raise SystemExit("Not all cities could be published.")


def touch_all():
    """Change a fact of every city, as an import does."""
    from django.db.models import F

    from profiles.models import City

    City.objects.update(population=F("population") + 1, content_version=F("content_version") + 1)


def two_writers():
    from profiles.lagging import lagging

    touch_all()
    command = [sys.executable, __file__, "publish"]
    began = time.perf_counter()
    both = [subprocess.Popen(command, cwd=ROOT) for _writer in range(2)]
    statuses = [writer.wait() for writer in both]
    took = time.perf_counter() - began
    if any(statuses) or lagging():
        raise SystemExit("Not all cities could be published.")
    print(f"by two processes at once, which want the same: {took:.1f} s, their start included")


def one_city():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from actions.models import Action
    from profiles.models import City
    from publishing import record as records
    from publishing.publish import publish_each

    count = Action.objects.filter(city=1).count()
    city = City.objects.select_related("country__region").get(pk=1)
    ratios, times = [], []
    for _run in range(RUNS):
        collecting = seconds(lambda: records.encode(records.collect([city])[city.pk]))
        touch_all()
        took = seconds(lambda: list(publish_each([1], lambda ids: {})))
        ratios.append(took / collecting)
        times.append(took)
    touch_all()
    with CaptureQueriesContext(connection) as queries:
        list(publish_each([1], lambda ids: {}))
    print(
        f"one city of {count} actions: {statistics.median(times) * 1000:.0f} ms,"
        f" {statistics.median(ratios):.1f} times collecting its record, {len(queries)} queries"
    )


def storage():
    from django.db.models import Avg
    from django.db.models.functions import Length

    from profiles.models import Publication

    size = Publication.objects.aggregate(size=Avg(Length("record")))["size"]
    year = size * PUBLICATIONS_A_YEAR / 1_000_000
    print(
        f"a publication: {size / 1000:.1f} kB; {PUBLICATIONS_A_YEAR} a year: {year:.1f} MB a city"
    )


def peak():
    """The most memory that this process has used, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def seconds(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        import django

        django.setup()
        from django.conf import settings

        settings.DEBUG = False
        if sys.argv[1] == "publish":
            publish_rest()
        else:
            prepare()
            measure()
