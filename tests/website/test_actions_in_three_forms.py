"""An action with everything, led from baseline to target: page, PDF and data say the same of it."""

import datetime
import json

import pytest
from django.utils.html import escape

from actions.models import Statement
from report import pdf
from report.sources import working_document
from tests.factories import make_action, make_city, make_own_figure, make_statement, writing
from tests.report.reading import Reading

from .reading import page_of, words_of

SOURCE = "https://example.org/register"
SAID = [
    # what the city does
    *("Increase protected areas", "The marsh is protected."),
    # where it started: the catalogue's sentence around the city's figures, with another unit
    "In our city there are about 42 square km areas of particular importance",
    "The protected areas currently cover 860 hectares.",
    # … and what it counts of its own, which stands in no sentence of the catalogue
    *("Otters seen", "the city’s own figure", "41"),
    *("Year of the data: 2020", "Source:", "Land register", "Last update: 02 March 2026"),
    # where it is to lead, and how far that is
    *("Target for 2030:", "1,500 hectares", "Both banks of the river.", "On track"),
    *("Target for 2025:", "2,000 hectares", "Overdue"),
    # how it moved
    *("Progress on 30 June 2023:", "more than 990 hectares"),
    *("Progress on 30 June 2025:", "1,300 hectares", "The bridge is built."),
    # the course of the measure
    *("Protected area", "8.6 square km", "9.9 square km", "13 square km", "15 square km"),
    # the target of the global framework, whose word that is, and what its number means
    *("KMGBF Target 3", "Conserve 30% of Land, Waters and Seas"),
    "inferred by this platform; it is not official.",
]


def in_hectares(statement, precision="exactly"):
    with writing():
        value = statement.values.get(measure__key="protected_area")
        value.unit, value.precision = "ha", precision
        value.save()


@pytest.fixture
def city(catalogue):
    city = make_city("Port Trial")
    action = make_action(city, "protected-areas", description="The marsh is protected.")
    made = {"updated_on": datetime.date(2026, 3, 2)}
    own = make_own_figure(action, "Otters seen")
    areas = {"important_area": 42, "protected_area": 860, own: 41}
    origin = {"year": 2020, "source": "Land register", "source_url": SOURCE}
    baseline = make_statement(action, Statement.Kind.BASELINE, areas, **origin, **made)
    with writing():
        baseline.values.filter(measure__key="important_area").update(precision="about")
    in_hectares(baseline)
    for year, area, words in ((2030, 1500, "Both banks of the river."), (2025, 2000, "")):
        goal = {"due_year": year, "text": words}
        values = {"protected_area": area}
        in_hectares(make_statement(action, Statement.Kind.TARGET, values, **goal, **made))
    for year, area, words in ((2023, 990, ""), (2025, 1300, "The bridge is built.")):
        report = {"date": datetime.date(year, 6, 30), "text": words}
        values = {"protected_area": area}
        progress = make_statement(action, Statement.Kind.PROGRESS, values, **report, **made)
        in_hectares(progress, "more-than" if year == 2023 else "exactly")
    return city


def on_the_page(client, city):
    return words_of(page_of(client, city))


def in_the_pdf(client, city):
    """The PDF tells reports without words in the table of their figure alone."""
    told = " ".join(Reading(pdf.render(working_document(city))).lines)
    return told.replace("Progress 30 June 2023", "Progress on 30 June 2023:")


def in_the_data(client, city):
    """The words of the data in their order, those of a sentence run together as they are there."""
    said = []

    def hear(value):
        match value:
            case {"value": str(words), "language": _} | {"date": _, "text": str(words)}:
                said.append(words)
            case {"number": _, "text": str(words)}:
                said.append(words)
            case {"sentence": [_, *_] as runs, **others}:
                said.append("".join(run["text"]["value"] for run in runs))
                hear(others)
            case dict():
                for item in value.values():
                    hear(item)
            case list():
                for item in value:
                    hear(item)

    hear(json.loads(client.get(f"{city.get_absolute_url()}profile.json").content))
    return " ".join(said)


@pytest.mark.parametrize("form", [on_the_page, in_the_pdf, in_the_data])
def test_an_action_with_everything_is_said_in_each_form(client, city, form):
    text = " ".join(form(client, city).split())
    missing = [words for words in SAID if words not in text and escape(words) not in text]
    assert missing == []


def test_its_source_can_be_followed_from_each_form(client, city):
    assert f'href="{SOURCE}"' in page_of(client, city)
    assert SOURCE in client.get(f"{city.get_absolute_url()}profile.json").content.decode()
    reader = Reading(pdf.render(working_document(city))).reader
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    assert SOURCE in [note.get("/A", {}).get("/URI") for note in notes]


def test_the_page_leads_to_who_else_does_this_and_the_data_name_it(client, city):
    page = page_of(client, city)
    assert '<a href="/actions/types/protected-areas/">Increase protected areas</a>' in page
    assert '<a href="/actions/targets/3/"' in page
    data = json.loads(client.get(f"{city.get_absolute_url()}profile.json").content)
    action = data["actions"]["areas"][0]["commitments"][0]["actions"][0]
    assert action["action_type"] == "protected-areas"
    assert [(goal["number"], goal["origin"]) for goal in action["kmgbf"]] == [(3, "inferred")]
    assert "/actions/" not in json.dumps(data)
