"""Resources of the hub as sources of statements and as evidence of results."""

import pytest

from actions.models import Statement
from hub.choices import ResourceAddress, parse_resource_address, selectable_for
from publishing.publish import publish
from tests.admin.assessing import NATURE, own, part, typed
from tests.admin.forms import filled, save
from tests.clients import url_of, words_of
from tests.factories import (
    make_action,
    make_assessment,
    make_city,
    make_resource,
    make_statement,
    writing,
)

HOST = "cities.example"


@pytest.fixture
def other_city(catalogue):
    city = make_city("Their City")
    publish(city.pk)
    return city


@pytest.fixture
def action(city):
    made = make_action(city, "natural-areas")
    make_statement(made, "baseline", {"total_area": 12})
    return made


def test_what_is_offered(city, other_city):
    own = [make_resource(city, state, state=state) for state in ("draft", "published")]
    partners = make_resource(None)
    make_resource(None, state="draft")
    theirs = make_resource(other_city)
    assert set(selectable_for(city)) == {*own, partners}
    assert set(selectable_for(city, [theirs.pk, None])) == {*own, partners, theirs}
    with writing():
        partners.state = "submitted"
        partners.save()
    assert set(selectable_for(None)) == {partners}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/resources/7/", ResourceAddress(7)),
        (f"https://{HOST}/resources/7/", ResourceAddress(7)),
        (f" http://{HOST}/resources/7/?from=here#top ", ResourceAddress(7)),
        ("https://other.example/resources/7/", None),
        (f"https://{HOST}/resources/", None),
        (f"https://{HOST}/cities/7/", None),
        ("resources/7/", None),
        ("//[", None),
        ("", None),
    ],
)
def test_which_addresses_are_those_of_a_resource(text, expected):
    assert parse_resource_address(text, HOST) == expected


# Statements


def baseline(action):
    return action.statements.baselines().get()


def test_a_resource_becomes_the_source_of_a_statement(officer, city, action):
    draft = make_resource(city, "Survey of ponds", state="draft")
    page = words_of(officer.get(url_of(action)))
    assert "Survey of ponds (Our City, draft)" in page
    save(officer, url_of(action), **{"baseline-0-source_resource": str(draft.pk)})
    assert baseline(action).source_resource == draft
    history = words_of(officer.get(url_of(action, "history")))
    assert "Resource of the hub as source" in history
    assert "Survey of ponds</ins>" in history
    before = Statement.history.count()
    save(officer, url_of(action))
    assert Statement.history.count() == before


def test_a_new_statement_tells_its_source_in_the_history(officer, city, action):
    made = make_resource(city, "Survey of ponds")
    given = {"target-0-source_resource": str(made.pk), "target-0-text": "More ponds."}
    save(officer, url_of(action), **given)
    assert action.statements.targets().get().source_resource == made
    assert "Survey of ponds</ins>" in words_of(officer.get(url_of(action, "history")))


def test_the_address_of_a_resource_becomes_the_source(officer, other_city, action):
    theirs = make_resource(other_city, "Their guide")
    save(officer, url_of(action), **{"baseline-0-source_url": theirs.get_absolute_url()})
    made = baseline(action)
    assert (made.source_resource, made.source_url) == (theirs, "")
    save(officer, url_of(action), **{"baseline-0-source": "Page 3"})
    assert baseline(action).source_resource == theirs


def test_a_hidden_or_foreign_resource_is_no_source(officer, other_city, action):
    hidden, foreign = make_resource(other_city, state="draft"), make_resource(other_city)
    for given in (
        {"baseline-0-source_url": hidden.get_absolute_url()},
        {"baseline-0-source_resource": str(hidden.pk)},
        {"baseline-0-source_resource": str(foreign.pk)},
    ):
        assert officer.post(url_of(action), filled(officer, url_of(action), **given)).context
    assert baseline(action).source_resource is None


# Results of assessments


def evidence(number, **fields):
    return {**own(number, "3", evidence=""), **typed(number, **fields)}


def test_a_resource_is_evidence_enough_for_own_points(officer, city):
    made = make_assessment(city)
    survey = make_resource(city, "Survey of birds", state="draft")
    given = evidence(9, evidence_resource=str(survey.pk))
    assert save(officer, part(made, NATURE), **given, _continue="1").status_code == 302
    result = made.results.get()
    assert (result.points, result.evidence_resource) == (3, survey)
    assert "Survey of birds</ins>" in words_of(officer.get(url_of(made, "history")))
    before = type(result).history.count()
    save(officer, part(made, NATURE), _continue="1")
    assert type(result).history.count() == before
    response = save(officer, part(made, NATURE), **typed(9, evidence_resource=""), _continue="1")
    assert "Name a document or give a link to it." in words_of(response)


def test_the_address_of_a_resource_becomes_the_evidence(officer, city, other_city):
    made = make_assessment(city)
    theirs = make_resource(other_city)
    given = evidence(9, evidence_url=theirs.get_absolute_url())
    save(officer, part(made, NATURE), **given, _continue="1")
    result = made.results.get()
    assert (result.evidence_resource, result.evidence_url) == (theirs, "")


def test_a_hidden_or_foreign_resource_is_no_evidence(officer, city, other_city):
    made = make_assessment(city)
    hidden, foreign = make_resource(other_city, state="draft"), make_resource(other_city)
    for given in (
        {"evidence_url": hidden.get_absolute_url()},
        {"evidence_resource": str(hidden.pk)},
        {"evidence_resource": str(foreign.pk)},
    ):
        save(officer, part(made, NATURE), **evidence(9, **given), _continue="1")
    assert not made.results.exists()
