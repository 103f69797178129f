"""The search over 4,000 invented cities and 240,000 actions: processor time, beside one count.

Whole answers of `/search/?q=…`, nothing cached, each time another word of its kind. Counted is the
processor time of the application and of its connection to PostgreSQL together, without parallel
workers, which would be missed; the measure, one count of the public actions, takes turns with the
page. Each kind is the sum of its turns, because the system counts a server's time in hundredths of
a second. Nothing is judged. `search.py measure CITIES` takes the database of DATABASE_URL, and
fills it where it has no cities.
"""

import os
import sys
import time
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citiesnature.settings.development")

import lists  # noqa: E402 (its folder has to be on the path)

CITIES, TURNS = 4_000, 12
KINDS = {
    "common": ("wetlands", "trees", "humedales", "haies", "hedges", "árboles"),
    "of a type": ("heat", "pesticides", "parks", "zoning", "fishing", "litter"),
    "common, two ideographs": ("湿地", "树篱", "古树", "河边"),
    "two words": ("wetlands river", "humedales río", "heat shade", "water pollution"),
    "three words": ("zones humides rivière", "hedges along roads", "old trees birds"),
    "a word and a place": ("wetlands china", "heat france", "árboles chile", "hedges africa"),
    "a city": ("brenchaldorf", "albaca", "xiyozu", "tadelu"),
    "one letter off": ("wetlnads", "hedegs", "forrests", "pestcides"),
    "nowhere": ("quasarite", "zzzzq", "nowhereland", "xylophones"),
    "nowhere, two words": ("wetlands quasarite", "trees zzzzq", "heat nowhereland"),
    "nowhere, two ideographs": ("地湿", "篱树", "样生", "鸟古"),
    "one letter": ("w", "x", "z", "%"),
}


def ticks_of(pid):
    """Processor seconds of a process so far; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


class Clock:
    """Processor time of this process and of the server of its connection."""

    def __init__(self):
        from django.db import connection

        self.pid = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET max_parallel_workers_per_gather = 0")
                cursor.execute("SELECT pg_backend_pid()")
                self.pid = cursor.fetchone()[0]

    def spent(self, call):
        """(seconds of the application, of the database) for a call."""
        app, database = time.process_time(), self.pid and ticks_of(self.pid)
        call()
        of_database = ticks_of(self.pid) - database if self.pid else 0
        return time.process_time() - app, of_database


def measure():
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections
    from django.test import Client

    from actions.models import PublicAction

    # The connection whose processor time is counted stays.
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    client, clock = Client(), Clock()
    for words in KINDS.values():
        client.get("/search/", {"q": words[0]})
    print(f"{PublicAction.objects.count():,} public actions")
    for kind, words in KINDS.items():
        app = database = counting = 0
        for word in islice(cycle(words), TURNS):
            for_app, for_database = clock.spent(lambda w=word: client.get("/search/", {"q": w}))
            app, database = app + for_app, database + for_database
            counting += sum(clock.spent(PublicAction.objects.count))
        total = (app + database) / TURNS * 1000
        print(f"{(app + database) / counting:5.1f} times, {total:4.0f} ms", end=" ")
        print(
            f"(application {app / TURNS * 1000:.0f}, database {database / TURNS * 1000:.0f}):", kind
        )


if __name__ == "__main__":
    if len(sys.argv) == 1:
        lists.main(__file__)
    else:
        import django

        django.setup()
        from django.conf import settings

        settings.DEBUG, settings.ALLOWED_HOSTS = False, ["testserver"]
        lists.prepare(int(sys.argv[2]))
        measure()
