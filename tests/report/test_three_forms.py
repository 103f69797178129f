"""The PDF, the page and the data of any city say the same: figures, states of targets, sums.

`INVENTED_CITIES=300 pytest tests/report/test_three_forms.py` looks at more cities.
"""

import os
import re
from html import unescape

from django.template.loader import render_to_string
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from actions.tracking import TargetState
from catalogue.texts import Texts
from report import pdf
from report.plain import plain
from tests.records import shipped_catalogue
from tests.website.documents import make_public_city
from website.meta_of_city import meta_of_city

from .invented import Inventor
from .reading import Reading
from .samples import make_document

CITIES = int(os.environ.get("INVENTED_CITIES", "5"))
SITE = "https://nature.example.org/"
NUMBER = re.compile(r"\d+(?:\.\d+)?")
SAID = {("text", str), ("number", int)}
"""Figures and days as they are written, and the numbers of actions, steps and indicators."""
GROUPED = re.compile(r"(?<=\d),(?=\d{3})")
HINTS = {"missing", "missing_text"}
"""What is still to do for a level: told to the city, not to who prints its profile."""
ON_PAPER = {"colophon", "cover", "figures_up_to"}
"""What says of which day a document is; of a working copy the page has no day."""
OF_PAGE_ALONE = {"120"}
"""Beside the rosette of the page stands how one of more than 120 actions is drawn."""


def numbers_in(texts):
    return {number for text in texts for number in NUMBER.findall(GROUPED.sub("", text))}


def texts_in(value, without=frozenset()):
    """The texts of a part of the data, with the numbers by which readers know actions and steps."""
    match value:
        case {"value": str(words), "language": _}:
            yield words
        case dict():
            for key, part in value.items():
                if (key, type(part)) in SAID:
                    yield str(part)
                elif key not in without:
                    yield from texts_in(part, without)
        case list():
            for part in value:
                yield from texts_in(part, without)


def reported(data):
    """The data without what the page leaves out: chapters and editions without content, and the
    count of the targets that it shows as reached or on track.
    """
    left_out = {title["value"] for title in data["glance"]["not_reported"]}
    chapters = {
        name: part
        for name, part in data.items()
        if not isinstance(part, dict)
        or "head" not in part
        or part["head"]["title"]["value"] not in left_out
    }
    if actions := chapters.get("actions"):
        chapters["actions"] = {**actions, "summary": None}
    if index := chapters.get("cbi"):
        editions = [edition for edition in index["editions"] if edition["year"]]
        chapters["cbi"] = index | {"editions": editions}
    return chapters


def on_paper(data):
    """The data without what the PDF leaves out: of reports that stand in one table it says on which
    day the last one was updated.
    """
    areas = [
        area | {"commitments": [with_last_updates(one) for one in area["commitments"]]}
        for area in data["actions"]["areas"]
    ]
    return data | {"actions": data["actions"] | {"areas": areas}}


def with_last_updates(commitment):
    actions = []
    for action in commitment["actions"]:
        progress = action["progress"]
        last = max((one["updated"]["date"] for one in progress), default=None)
        kept = [
            one if one["updated"]["date"] == last else one | {"updated": None} for one in progress
        ]
        actions.append(action | {"progress": kept})
    return commitment | {"actions": actions}


def page_of(document):
    city = make_public_city()
    meta = meta_of_city(city, document, SITE, SITE)
    page = render_to_string(
        "website/city.html",
        {"city": city, "document": document, "canonical": SITE, "meta": meta},
    )
    return page.partition("<main")[2].partition("</main>")[0]


def texts_on(page):
    said = re.findall(r'(?:aria-label|alt)="([^"]*)"', page)
    return [unescape(text) for text in (re.sub(r"<[^>]+>", " ", page), *said)]


def texts_of(reading):
    """What is printed, and what is said of drawings."""
    return [piece.alt if piece.tag == "/Figure" else piece.text for piece in reading.pieces]


def actions_in(data):
    for area in data["actions"]["areas"]:
        for commitment in area["commitments"]:
            yield from commitment["actions"]


def counts_of(facts):
    return {fact["code"]: int(fact["value"]["text"]) for fact in facts}


def states_of(texts):
    """The states of the targets in the chapter of actions, in order."""
    words = Texts(shipped_catalogue())
    states = {words(f"target.{state.value}").value for state in TargetState}
    return [text for text in texts if text in states]


class Forms:
    """The document of one city as data, PDF and page."""

    def __init__(self, record):
        document = make_document(record)
        self.data = plain(document)
        self.printed = texts_of(Reading(pdf.render(document)))
        self.page = page_of(document)

    def check_figures(self):
        printed, shown = numbers_in(self.printed), numbers_in(texts_on(self.page))
        assert numbers_in(texts_in(on_paper(self.data), HINTS)) - printed == set()
        assert numbers_in(texts_in(reported(self.data), HINTS | ON_PAPER)) - shown == set()
        known = numbers_in(texts_in(self.data))
        rests = set(map(str, range(len(self.data["glance"]["targets"]))))  # "and 10 more targets"
        assert printed - known - rests == set()
        assert shown - known - OF_PAGE_ALONE == set()

    def check_states(self):
        said = [
            target["tracked"]["text"]["value"]
            for action in actions_in(self.data)
            for target in action["targets"]
        ]
        start = self.printed.index(self.data["actions"]["head"]["label"]["value"])
        assert states_of(self.printed[start:]) == said
        chapter = self.page.partition('id="actions"')[2]
        marked = re.findall(r'<span class="state [^>]*>(.*?)</span>', chapter, re.DOTALL)
        assert states_of([re.sub(r"<[^>]+>", "", text).strip() for text in marked]) == said

    def check_sums(self):
        actions, glance = list(actions_in(self.data)), self.data["glance"]
        counted = {
            "actions": len(actions),
            "baseline": sum(action["baseline"] is not None for action in actions),
            "target": sum(bool(action["targets"]) for action in actions),
        }
        progress = sum(bool(action["progress"]) for action in actions)
        commitments = [one for area in self.data["actions"]["areas"] for one in area["commitments"]]
        counted["commitments"] = sum(one["is_made"] for one in commitments)
        assert counts_of(glance["counts"]) == counted | ({"progress": progress} if progress else {})
        states = [target["tracked"]["state"] for one in actions for target in one["targets"]]
        good = states.count(TargetState.REACHED) + states.count(TargetState.ON_TRACK)
        assert counts_of(self.data["actions"]["summary"]) == counted | {"on-track": good}
        assert self.page.count('<section class="commitment"') == len(commitments)
        assert sum(area["count"] for area in glance["areas"]) == len(actions)

    def check_areas(self):
        shown = " ".join(texts_on(self.page)[0].split())
        for area in self.data["glance"]["areas"]:
            words = area["count_text"]["value"]
            assert any(text.startswith(words) for text in self.printed)
            assert words in shown


@settings(
    max_examples=CITIES,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a smaller city would take minutes
    suppress_health_check=[HealthCheck.too_slow],
)
@given(chance=st.randoms(use_true_random=False))
def test_pdf_page_and_data_say_the_same(chance):
    forms = Forms(Inventor(chance).record())
    forms.check_figures()
    forms.check_states()
    forms.check_sums()
    forms.check_areas()
