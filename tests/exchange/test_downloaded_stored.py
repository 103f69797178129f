"""Downloaded profiles find the cities and actions that the platform has, and make no doubles."""

import datetime

import pytest

from actions.models import Statement
from actions.record import PlanRecord
from exchange.downloaded.files import text_in_pdf
from exchange.downloaded.reader import read_profile
from exchange.downloaded.stored import place_all
from exchange.downloaded.summary import Summary
from exchange.downloaded.workbook import write_profiles
from exchange.planning import make_plan
from exchange.reading import read
from report.pdf import render
from tests.exchange import printed
from tests.factories import make_action
from tests.records import make_action_record, make_record, make_statement_record
from tests.report.samples import make_document

pytestmark = pytest.mark.usefixtures("catalogue")

PROTECTED, CONNECTIVITY = "Increase protected areas", "Increase connectivity between natural areas"
DESCRIPTION = "Description of how city is taking action"


def actions_of(*pairs):
    """Blocks of actions, each a type and its words."""
    return [line for name, words in pairs for line in (name, DESCRIPTION, words)]


def profile_of(name, *pairs, file_name="profile.txt", day="06 June 2026"):
    """The profile of a city with these actions. No sentence of the document has its name."""
    text = printed.text(actions_of(*pairs)).replace("Anji County\n", f"{name}\n", 1)
    text = text.replace("Anji County has not yet posted any tools and resources", "")
    return read_profile(text.replace("06 June 2026", day), file_name)


def messages(profile, word):
    return [doubt for doubt in profile.doubts if word in doubt.message]


def asked(profile):
    return [(one.header, one.words) for one in profile.doubts if one.needs_person]


@pytest.fixture
def own_document():
    """A document of this platform, with all that it prints below a statement."""
    baseline, target, progress = (
        Statement.Kind.BASELINE,
        Statement.Kind.TARGET,
        Statement.Kind.PROGRESS,
    )
    confirmed = datetime.date(2026, 3, 1)
    action = make_action_record(
        "protected-areas",
        make_statement_record(
            baseline, {"protected-areas.protected_area": "7"}, year=2020, source={"en": "Register"}
        ),
        make_statement_record(
            target, text={"en": "All of it."}, due_year=2035, plan=1, source={"en": "Page 4"}
        ),
        make_statement_record(
            progress, text={"en": "Half."}, date=confirmed, unchanged_on=confirmed
        ),
    )
    other = make_action_record(
        "connectivity", make_statement_record(baseline, text={"en": "Wires."}, year=2021), number=2
    )
    city = {
        "local_name": {"ar": "مدينة"},
        "head_name": "Ada Heron",
        "head_title": "Mayor",
        "head_statement": {"en": "We like ponds."},
    }
    plan = PlanRecord(id=1, title={"en": "Nature plan"}, year=2024)
    return make_document(make_record(city=city, actions=[action, other], plans=[plan]))


def test_a_document_of_this_platform_comes_home_as_its_city(own_document):
    profile = read_profile(text_in_pdf(render(own_document)), "port.pdf", is_pdf=True)
    assert (profile.name, profile.local_name, profile.about) == ("Port Trial", "مدينة", "")
    assert profile.country == "China"
    assert (profile.head_title, profile.head_statement) == ("Mayor", "We like ponds.")
    assert profile.commitments == []
    statements = [one for action in profile.actions for one in action.statements]
    assert [(one.year, one.text, one.source) for one in statements] == [
        (2020, "", "Register"),
        (2035, "All of it.", "Page 4"),
        (None, "Half.", ""),
        (2021, "Wires.", ""),
    ]
    assert [one.words for one in messages(profile, "are left out")][:2] == [
        "Set in: Nature plan (2024)",
        "Confirmed unchanged on 01 March 2026",
    ]
    assert not messages(profile, "description is missing")


def test_a_name_that_nothing_confirms_is_left_empty(tmp_path):
    profile = profile_of("Port Trial\nCity of herons\nKenya")
    assert profile.name == ""
    assert ("Name", "Port Trial / City of herons / Kenya") in asked(profile)
    place_all([profile])
    write_profiles([profile], tmp_path / "profile.xlsx")
    problems = make_plan(read(tmp_path / "profile.xlsx")).problems
    assert [(one.sheet, one.cell) for one in problems] == [("Cities", "B2")]


def test_a_name_that_nothing_confirms_is_that_of_a_city_that_is_here(port):
    profile = profile_of("Port Trial\nCity of herons\nKenya")
    place_all([profile])
    assert (profile.name, profile.slug) == ("Port Trial", "port-trial")
    assert messages(profile, "It is taken for the city “Port Trial”")


def test_the_name_of_a_file_is_never_the_address_of_another_city(port):
    profile = profile_of("みなと町", file_name="port-trial.txt")
    place_all([profile])
    assert profile.slug == "port-trial-2"


def test_an_action_with_a_changed_word_keeps_its_number(port):
    make_action(port, "connectivity", description="We restore forty ponds near the river.")
    make_action(port, "protected-areas", description="Three culverts for toads are built.")
    changed = "Four culverts for toads are built."
    profile = profile_of("Port Trial", (PROTECTED, changed), (CONNECTIVITY, "Ferries run."))
    place_all([profile])
    culverts, ferries = profile.actions
    assert (culverts.number, ferries.number) == (2, 3)
    (named,) = messages(profile, "words differ")
    assert (named.thing, named.header) == (culverts, "Description")
    assert ("Number", CONNECTIVITY) in asked(profile)


def test_of_two_actions_that_may_be_a_stored_one_none_takes_its_number(port):
    make_action(port, "protected-areas", description="Three culverts for toads are built.")
    words = ("Four culverts for toads are built.", "Five culverts for toads are built.")
    profile = profile_of("Port Trial", *((PROTECTED, one) for one in words))
    place_all([profile])
    assert [one.number for one in profile.actions] == [2, 3]
    assert asked(profile).count(("Number", PROTECTED)) == 2


def test_of_two_files_of_a_city_the_newer_one_counts():
    days = ("05 June 2026", "06 June 2026")
    older, newer = (profile_of("Port Trial", day=day, file_name=f"{day}.txt") for day in days)
    place_all([older, newer])
    assert (older.is_second, newer.is_second) == (True, False)
    assert older.slug == newer.slug == "port-trial"


def test_one_city_and_another_of_files_with_one_name_are_two():
    names = {"みなと町": "a/p.txt", "山町": "b/p.txt"}
    one, other = (profile_of(name, file_name=file) for name, file in names.items())
    place_all([one, other])
    assert [one.slug, other.slug] == ["p", "p-2"]
    assert not other.is_second


def test_what_needs_a_person_names_page_and_cell_in_the_order_of_the_document(tmp_path):
    text = printed.text(actions_of((PROTECTED, "We plant 35\n7 trees.")))
    text = text.replace("600000", "many").replace("Chapter 2", "\fChapter 2")
    profile = read_profile(text, "anji.pdf", is_pdf=True)
    place_all([profile])
    write_profiles([profile], tmp_path / "anji.xlsx")
    decisions = Summary("anji.pdf", profile).to_decide
    places = [one.partition(" “")[0] for one in decisions]
    assert places == [
        "page 1, sheet Cities, G2",
        "page 1",
        "page 2, sheet Actions, E2",
    ]
