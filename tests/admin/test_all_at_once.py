"""A form with several wrong fields says so of all of them at once."""

import pytest
from django.urls import reverse

from tests.admin.forms import errors_of, filled, save
from tests.clients import url_of
from tests.factories import make_assessment


def fields_with_errors(response):
    return set(response.context["adminform"].form.errors)


def test_the_citys_form(staff, ours):
    wrong = {"slug": "no address!", "country": "", "latitude": "95", "longitude": "8"}
    wrong |= {"website": "x", "population_year": "1700"}
    response = save(staff, url_of(ours.city), **wrong)
    assert fields_with_errors(response) == {
        *{"slug", "country", "latitude", "website", "population_year"}
    }


def test_a_rule_about_two_fields_is_told_beside_a_wrong_third(staff, ours):
    response = save(staff, url_of(ours.city), website="x", latitude="12")
    assert fields_with_errors(response) == {"website", "latitude"}


def test_a_constraint_is_told_beside_a_wrong_field(officer, ours):
    make_assessment(ours.city, 2023)
    second = make_assessment(ours.city, 2024)
    response = save(officer, url_of(second), year="2023", language="no language")
    assert fields_with_errors(response) == {"year", "language"}


def test_the_action_and_its_statements(officer, ours):
    response = save(
        officer,
        url_of(ours.action),
        **{
            "description": "",
            "language": "no language",
            "baseline-0-year": "1800",
            "baseline-0-source_url": "x",
            "target-0-due_year": "2030",
            "target-0-source_url": "x",
            "target-TOTAL_FORMS": "2",
            "target-1-due_year": "2030",
            "target-1-text": "Twice.",
            "progress-0-source": "No figure, no words, no date.",
        },
    )
    said = " ".join(map(str, errors_of(response)))
    assert said.count("This field is required.") == 2
    assert said.count("A link begins with") == 2
    for words in ("1900", "Give a figure", "stands twice", "no language that is known"):
        assert words in said


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"own_points": "2"}, {"reason", "evidence"}),
        ({"own_points": "2", "evidence_url": "x"}, {"reason", "evidence_url"}),
        ({"own_points": "2", "input_protected_areas": "few"}, {"reason", "input_protected_areas"}),
    ],
)
def test_an_indicator(officer, ours, typed, wrong):
    assessment = make_assessment(ours.city)
    url = reverse("admin:cbi_assessment_part", args=[assessment.pk, "2021-native-biodiversity"])
    names = [name for name in filled(officer, url) if name.startswith("i")]
    prefix = names[0].partition("-")[0]
    known = {name.partition("-")[2] for name in names if name.startswith(f"{prefix}-input_")}
    typed = {(min(known) if n.startswith("input_") else n): text for n, text in typed.items()}
    wrong = {min(known) if name.startswith("input_") else name for name in wrong}
    response = save(officer, url, **{f"{prefix}-{name}": text for name, text in typed.items()})
    form = response.context["adminform"].form.result_forms[0]
    assert set(form.errors) == wrong


def test_a_step(officer, ours):
    url = reverse("admin:pathway_city", args=[ours.city.pk])
    response = save(officer, url, **{"step-1-started_on": "2099-01-01"})
    said = {(step.number, field.name) for step, field, _text in response.context["faults"]}
    assert said == {(1, "state"), (1, "started_on")}
