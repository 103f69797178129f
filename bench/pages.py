"""How many city pages a second two web processes give, against a bare response.

Bare: the words "fine", through all middleware. Its key query is the one that a cached page asks.
`bench/pages.py FOLDER` measures the checkout in that folder as well, in turn in the same run.
All take turns of less than a second, on a PostgreSQL of their own; nothing is judged here. The
processor time is that of the web processes.
"""

import contextlib
import http.client
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path

OWN = Path(__file__).resolve().parent.parent
PAGE = "/cities/anji-county/"
WORKERS, THREADS, ROUNDS, SECONDS = 2, 4, 25, 0.4
FIRST_PORT = 8471
CACHES = ("locmemcache://bench", "dummycache://")


def serve():
    """The WSGI application of the checkout that stands first on the path, with bare responses."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "citiesnature.settings.production"
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    from django.http import HttpResponse
    from django.urls import path

    from citiesnature.urls import urlpatterns

    urlpatterns.append(path("bare/", lambda request: HttpResponse("fine")))
    with contextlib.suppress(ImportError):  # a checkout from before there was a key
        from report.document_key import find_source

        def bare_with_key(request):
            return HttpResponse("fine" if find_source("anji-county") else "gone")

        urlpatterns.append(path("bare-key/", bare_with_key))
    return application


def environment(root, url, folder, **more):
    return {
        **os.environ,
        "DATABASE_URL": url,
        "SECRET_KEY": "k3Zq9-vB7xW2mN8pLr5tYd1cJf6hGs4aEu0oiQ_zXbVnMwTkRy",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "false",
        "LOG_LEVEL": "ERROR",
        "STATIC_ROOT": f"{folder}/static",
        "MEDIA_ROOT": f"{folder}/media",
        "PYTHONPATH": f"{root}{os.pathsep}{OWN / 'bench'}",
        **more,
    }


def fill(root, url, folder):
    """The database and the static files of a checkout."""
    for command in ("migrate -v0", "load_catalogue", "load_demo", "collectstatic --noinput"):
        kind = "production" if command.startswith("collect") else "development"
        module = f"citiesnature.settings.{kind}"
        subprocess.run(
            [sys.executable, "manage.py", *command.split()],
            cwd=root,
            env=environment(root, url, folder, DJANGO_SETTINGS_MODULE=module),
            stdout=subprocess.DEVNULL,
            check=True,
        )


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def processor_seconds(self):
        """Of its processes so far; 0 where the system does not tell."""
        ticks = 0
        with contextlib.suppress(OSError):
            children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
            for pid in children:
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def running(root, url, folder, cache, port, workers=WORKERS, threads=1):
    """A `Server` whose processes keep pages each in its memory, or nowhere."""
    command = [sys.executable, "-m", "gunicorn", "pages:serve()", "--workers", str(workers)]
    command += ["--threads", str(threads)]
    started = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}", "--log-level", "error"],
        cwd=root,
        env=environment(root, url, folder, CACHE_URL=cache),
    )
    try:
        wait_for(port)
        yield Server(port, started.pid)
    finally:
        started.terminate()
        started.wait()


def wait_for(port):
    for _attempt in range(200):
        with contextlib.suppress(OSError):
            return ask(port, "/bare/", {})
        time.sleep(0.2)
    raise RuntimeError("The server did not start.")


def ask(port, address, headers):
    """(status, ETag): one request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", address, headers={"Accept-Encoding": "gzip", **headers})
        response = connection.getresponse()
        response.read()
        return response.status, response.getheader("ETag")
    finally:
        connection.close()


def visit(port, address, headers, status, seconds):
    """(answers, seconds) of some threads; called in a process of its own."""
    counts, start = [0] * THREADS, time.perf_counter()

    def visit_again(number):
        while time.perf_counter() < start + seconds:
            if ask(port, address, headers)[0] != status:
                raise RuntimeError(f"{address} did not answer with {status}.")
            counts[number] += 1

    threads = [threading.Thread(target=visit_again, args=(one,)) for one in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts), time.perf_counter() - start


def cases_of(cached, fresh):
    """Name → the server, and what is asked of it."""
    etag = {"If-None-Match": ask(cached.port, PAGE, {})[1]}
    cases = {"bare": (cached, "/bare/", {}, 200)}
    if ask(cached.port, "/bare-key/", {})[0] == 200:
        cases["bare, key query"] = (cached, "/bare-key/", {}, 200)
    return cases | {
        "304": (cached, PAGE, etag, 304),
        "cached page": (cached, PAGE, {}, 200),
        "fresh page": (fresh, PAGE, {}, 200),
    }


def measure(sides):
    """(side, case) → [answers, seconds, seconds of processor]."""
    found = defaultdict(lambda: [0, 0, 0])
    with ProcessPoolExecutor(1) as pool:
        for number in range(ROUNDS + 1):
            for side, cases in sides.items():
                for name, (server, *case) in cases.items():
                    before = server.processor_seconds()
                    answers, seconds = pool.submit(visit, server.port, *case, SECONDS).result()
                    if number:  # in the first round they warm up
                        totals = found[side, name]
                        totals[0] += answers
                        totals[1] += seconds
                        totals[2] += server.processor_seconds() - before
    return found


def show(side, cases, found):
    print(f"\n{side}")
    rates = {name: found[side, name][0] / found[side, name][1] for name in cases}
    for name, rate in rates.items():
        answers, _seconds, processor = found[side, name]
        ratios = ", ".join(
            f"{rate / rates[bare]:.3f} of {bare}" for bare in rates if "bare" in bare
        )
        print(f"  {name:16} {rate:6.0f} a second  {1000 * processor / answers:6.2f} ms  {ratios}")
    return rates


def main():
    sys.path.insert(0, str(OWN))
    from tests.postgres import temporary_cluster

    ports = count(FIRST_PORT)
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(temporary_cluster())
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        sides = {}
        for number, root in enumerate([OWN, *map(Path, sys.argv[1:])]):
            given = root, make_database(url, f"bench{number}"), f"{folder}/{number}"
            fill(*given)
            servers = [stack.enter_context(running(*given, cache, next(ports))) for cache in CACHES]
            sides[root] = cases_of(*servers)
        found = measure(sides)
    rates = {side: show(side, cases, found) for side, cases in sides.items()}
    for former in list(rates)[1:]:
        ratios = {name: f"{rates[OWN][name] / rate:.2f}" for name, rate in rates[former].items()}
        print(f"\nagainst {former}: {ratios}")


def make_database(url, name):
    import psycopg

    socket = url.partition("host=")[2]
    login = {"host": socket, "user": "citiesnature", "dbname": "postgres", "autocommit": True}
    with psycopg.connect(**login) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"postgres://citiesnature@/{name}?host={socket}"


if __name__ == "__main__":
    main()
