"""The document and its PDF: against Typst alone, against WeasyPrint, and of ten times the actions.

Ratios of medians, of wall time and of the processor time of all processes, measured in turn in one
run on a database of its own. Each PDF is of another city with words and figures of its own, because
the typesetter remembers what it has laid out.

- Typst alone: `typst.compile` and nothing else, of the same payload as a file, in a process that
  lives as long as those of the platform.
- WeasyPrint: a plain print page with the words and the main drawings of the same document, also as
  PDF/UA-1, in such a process. It is no package of the platform; without it, it is not measured.

Nothing is judged here.
"""

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from glob import escape as glob_escape
from html import escape
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

RUNS, RUNS_OF_MANY = 7, 5
FEW, MANY = 30, 300
WORDS = "river park tree school pond hedge street roof wetland bird shade garden soil".split()
TOLD = 'WeasyPrint is not installed here: not measured. pip install "weasyprint==70.*"'
FACES = {"Noto Sans": "NotoSans[wght].ttf", "Source Serif 4": "SourceSerif4[opsz,wght].ttf"}
"""The fonts of the document that words in English need."""
STYLE = """
@page { size: A4; margin: 24mm 22mm 22mm; font: 8pt Noto Sans;
  @top-left { content: string(city) } @top-right { content: string(chapter) }
  @bottom-right { content: counter(page) " / " counter(pages) } }
body { font: 9.2pt/1.45 "Noto Sans"; color: #1b2a24 }
h1, h2, h3, h4 { font-family: "Source Serif 4"; break-after: avoid }
h1 { break-before: page; font-size: 24pt; string-set: chapter content() }
h2 { font-size: 18pt; color: #1f5a44 } h3 { font-size: 13pt } h4 { font-size: 10.5pt }
.city { string-set: city content(); font: 44pt "Source Serif 4" }
p { margin: 1.2mm 0; orphans: 2; widows: 2 } svg { display: block; width: 60mm }
section { border-top: 0.4pt solid #c9d3cd; margin-top: 3mm; padding-top: 2mm }
table { width: 100%; border-collapse: collapse } th { width: 27mm; text-align: left }
th, td { vertical-align: top; padding: 0.4mm 4mm 0.4mm 0; font-size: 8pt }
"""


# ---------------------------------------------------------------- in processes of their own


def serve(setter):
    """Sets the files that its input names, and tells how long each has taken."""
    for line in sys.stdin:
        source = Path(line.strip()).read_bytes()
        wall, processor = time.perf_counter(), time.process_time()
        size = len(setter(source))
        taken = time.perf_counter() - wall, time.process_time() - processor
        print(json.dumps([*taken, size]), flush=True)


def typst_alone(folders):
    import typst

    from report import typesetter

    fonts = typesetter.load_fonts(folders)
    paths = {path.relative_to(typesetter.FOLDER): path for path in typesetter.FOLDER.rglob("*.typ")}
    files = {str(name): path.read_bytes() for name, path in paths.items()}
    files["main.typ"] = files.pop("profile.typ")

    def compile_alone(payload):
        options = {"format": "pdf", "pdf_standards": typesetter.STANDARD}
        given = {**files, "payload.json": payload}
        return typst.compile(given, font_paths=fonts, ignore_system_fonts=True, **options)

    serve(compile_alone)


def weasyprint_alone():
    import weasyprint

    serve(
        lambda page: weasyprint.HTML(string=page.decode(), base_url="file:///").write_pdf(
            pdf_variant="pdf/ua-1"
        )
    )


class Other:
    """A process that sets files: `typst FOLDERS` or `weasyprint`."""

    def __init__(self, folder, *arguments):
        self.path = Path(folder) / arguments[0]
        self.process = subprocess.Popen(
            [sys.executable, __file__, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def times(self, source):
        """(wall, processor) seconds."""
        self.path.write_bytes(source)
        print(self.path, file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())[:2]

    def end(self):
        self.process.stdin.close()
        self.process.wait()


# ---------------------------------------------------------------- the platform


def prepare():
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citiesnature.settings.development")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from profiles.changes import city_changed
    from publishing.following import follow_cities
    from report import typesetting

    settings.DEBUG = False
    settings.PDF_MEMORY = 4_000_000_000
    # Each document of 300 actions would end its process, and none of 30: both are to be measured in
    # one that has set others before.
    typesetting.RECYCLED = settings.PDF_MEMORY
    city_changed.disconnect(follow_cities)
    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as nowhere:
        call_command("load_catalogue", stdout=nowhere)


def published(name, count):
    """A published city with `count` actions, each with a baseline of all that its type measures."""
    from actions.models import Action, ActionType, Statement, Value
    from profiles.changes import create_in_bulk, recording
    from profiles.models import ChangeSet, City, Country, PublicCity, PublishRequest
    from publishing.publish import bring_up_to_date

    by_chance = random.Random(name)  # noqa: S311 (words and figures, no secrets)
    types = ActionType.objects.exclude(baseline_template="").prefetch_related("measures")
    with recording(None, ChangeSet.Kind.DEMO, "bench"):
        city = City.objects.create(name=name, slug=name.lower(), country=Country.objects.first())
        actions = [
            Action(
                city=city,
                number=n + 1,
                action_type=types[n % len(types)],
                description=" ".join(by_chance.choices(WORDS, k=70)),
            )
            for n in range(count)
        ]
        create_in_bulk(Action, actions)
        statements = [Statement(action=a, kind="baseline") for a in actions]
        create_in_bulk(Statement, statements)
        values = [
            value_of(Value, statement, measure, by_chance.randint(1, 9_999))
            for statement in statements
            for measure in statement.action.action_type.measures.all()
        ]
        create_in_bulk(Value, values)
        PublishRequest.objects.create(city=city)
    bring_up_to_date(city.pk)
    return PublicCity.objects.select_related("publication", "country__region").get(pk=city.pk)


def value_of(kind, statement, measure, number):
    given = {"text": {"text": "plans"}, "status": {"status": "yes"}}.get(measure.kind)
    value = kind(statement=statement, measure=measure, **(given or {"number": number}))
    value.fill_amount()
    return value


def processor_seconds():
    """Of this process and of the typesetters that it has started."""
    from report import typesetting

    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    clocks = (~one.process.pid << 3 | 2 for one in typesetting._idle)
    running = sum(map(time.clock_gettime, clocks))  # the processor clock of another process (Linux)
    return time.process_time() + ended.ru_utime + ended.ru_stime + running


def timed(call, *arguments):
    """(wall, processor) seconds, and what the call returned."""
    wall, processor = time.perf_counter(), processor_seconds()
    result = call(*arguments)
    return (time.perf_counter() - wall, processor_seconds() - processor), result


def measure(cities, others, faces=""):
    """Name → [(wall, processor)], one after the other for each city."""
    from report.pdf import PROFILE, printable_payload, render
    from report.sources import published_document

    times = {name: [] for name in ("document", "all", *others)}
    for city in cities:
        building, document = timed(published_document, city)
        setting, _content = timed(render, document)
        times["document"].append(building)
        times["all"].append(tuple(map(sum, zip(building, setting, strict=True))))
        if "typst" in others:
            payload = printable_payload(document)[0] | {"template": PROFILE, "files": []}
            times["typst"].append(others["typst"].times(json.dumps(payload).encode()))
        if "weasyprint" in others:
            times["weasyprint"].append(
                others["weasyprint"].times(print_page(document, faces).encode())
            )
    return {name: medians(taken[1:]) for name, taken in times.items()}  # the first one warms up


def medians(taken):
    return tuple(map(statistics.median, zip(*taken, strict=True)))


# ---------------------------------------------------------------- the print page


def print_page(document, faces):
    """HTML with all words of the document, the rosette, the map, the wheel and lines of figures."""
    from report.pdf import drawings
    from report.plain import plain
    from report.printed import printed_drawings

    drawn, data, printed = drawings(document), plain(document), printed_drawings(document, "")
    svgs = [printed["rosette"], printed["locator"], drawn["wheel"]]
    for courses in drawn["charts"].values():
        svgs += [course.get("line") or course["svg"] for course in courses]
    name = escape(document.cover.title.value)
    head = f"<title>{name}</title><style>{faces}{STYLE}</style>"
    body = f'<p class="city">{name}</p>{"".join(blocks(data, 1))}{"".join(svgs)}'
    return f'<html lang="en"><head>{head}</head><body>{body}</body></html>'


def font_faces(folders):
    """Style rules for the fonts of the document."""
    for family, file in FACES.items():
        path = next(path for folder in folders for path in Path(folder).rglob(glob_escape(file)))
        yield f'@font-face {{ font-family: "{family}"; src: url("{path.as_uri()}") }}'


def blocks(value, level):
    """A part of the document as HTML: headings, tables of labels with values, and paragraphs."""
    match value:
        case {"value": str(words), "language": language}:
            yield f'<p lang="{language}">{escape(words)}</p>'
        case {"label": dict() as label, **rest} if level > 3:
            yield f"<table><tr><th>{''.join(blocks(label, level))}</th><td>"
            yield from blocks(rest, level)
            yield "</td></tr></table>"
        case {"sentence": [_, *_] as runs, **rest}:
            yield f"<p>{''.join(map(run, runs))}</p>"
            yield from blocks(rest, level)
        case {"text": str(words), **_others} if words:
            yield f"<p>{escape(words)}</p>"
        case dict():
            for name, part in value.items():
                is_name = name in ("title", "name") and isinstance(part, dict) and "value" in part
                if is_name and level < 5:
                    yield f"<h{level}>{escape(part['value'])}</h{level}>"
                else:
                    yield from blocks(part, level)
        case list():
            for part in value:
                yield f"<section>{''.join(blocks(part, level + 1))}</section>"


def run(piece):
    words = escape(piece["text"]["value"])
    return f"<b>{words}</b>" if piece["strong"] else words


# ---------------------------------------------------------------- what is printed


def main(folder):
    prepare()
    from profiles.characters import font_folders

    folders = font_folders()
    others = {"typst": Other(folder, "typst", *map(str, folders))}
    if find_spec("weasyprint"):
        others["weasyprint"] = Other(folder, "weasyprint")
    few = [published(f"Few{run}", FEW) for run in range(RUNS + 1)]
    many = [published(f"Many{run}", MANY) for run in range(RUNS_OF_MANY + 1)]
    of_few = measure(few, others, "".join(font_faces(folders)))
    of_many = measure(many, {"typst": others["typst"]})
    for other in others.values():
        other.end()
    ratio(f"building and setting, {FEW} actions / Typst alone", of_few["all"], of_few["typst"])
    ratio(f"building and setting, {MANY} actions / Typst alone", of_many["all"], of_many["typst"])
    ratio(f"building and setting, {MANY} actions / {FEW}", of_many["all"], of_few["all"])
    ratio(f"Typst alone, {MANY} actions / {FEW}", of_many["typst"], of_few["typst"])
    ratio(f"the document, {MANY} actions / {FEW}", of_many["document"], of_few["document"])
    if "weasyprint" in others:
        ratio(f"WeasyPrint / building and setting, {FEW}", of_few["weasyprint"], of_few["all"])
        ratio(f"WeasyPrint / Typst alone, {FEW}", of_few["weasyprint"], of_few["typst"])
    else:
        print(TOLD)
    for name, (wall, processor) in of_few.items():
        print(
            f"{name}, {FEW} actions: {wall * 1000:.0f} ms, {processor * 1000:.0f} ms of processors"
        )


def ratio(words, ones, others):
    wall, processor = (one / other for one, other in zip(ones, others, strict=True))
    print(f"{words:48} {processor:6.2f} of processor time, {wall:6.2f} of wall time")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["typst", *folders]:
            typst_alone(folders)
        case ["weasyprint"]:
            weasyprint_alone()
        case _:
            with tempfile.TemporaryDirectory() as place:
                os.environ["DATABASE_URL"] = f"sqlite:///{place}/bench.sqlite3"
                main(place)
