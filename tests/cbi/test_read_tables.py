"""What the public pages of the index read, made from a record."""

import pytest

from cbi.explorer import evidence_uses
from cbi.models import PublicAssessment, PublicResult
from cbi.read_tables import assessment_rows, result_rows
from profiles.models import PublicCity
from profiles.read_tables import Published
from tests.factories import make_assessment, make_city, make_resource, writing
from tests.published import publish_all
from tests.records import changed_catalogue, make_record, shipped_catalogue

from .records import BIRDS, BUDGET, NATURAL_AREAS, assessment, chosen, retired

pytestmark = pytest.mark.usefixtures("catalogue")


def published(*assessments, catalogue=None):
    record = make_record(assessments=assessments)
    return [Published(PublicCity(pk=1), record, catalogue or shipped_catalogue())]


def test_an_assessment_counts_as_in_the_profile():
    budget = shipped_catalogue().indicators["2021-budget"]
    first = assessment(2020, NATURAL_AREAS, BUDGET, BIRDS)
    newest = assessment(2024, NATURAL_AREAS, chosen("native-birds"))
    older = assessment(2014, chosen("budget"), edition="2014")
    for given, expected in (
        ((first,), [("2021", 2020, 2, 28)]),
        ((newest, first, older), [("2014", 2014, 1, 23), ("2021", 2024, 2, 28)]),
    ):
        rows = assessment_rows(published(*given))
        found = [(row.edition.code, row.year, row.scored, row.of) for row in rows]
        assert sorted(found) == expected
    without = changed_catalogue(indicators=retired([budget]))
    for given, of in ((first, 28), (newest, 27)):
        [row] = assessment_rows(published(given, catalogue=without))
        assert row.of == of


def test_the_results_of_all_years_are_there():
    rows = result_rows(
        published(
            assessment(2020, NATURAL_AREAS, BIRDS),
            assessment(2024, BUDGET, chosen("nowhere")),
            assessment(2024, NATURAL_AREAS, edition="1999"),
        )
    )
    assert [
        (row.year, row.indicator.code, row.is_newest, row.points, row.basis) for row in rows
    ] == [
        (2020, "2021-natural-areas", False, 3, "computed"),
        (2020, "2021-native-birds", False, None, "start"),
        (2024, "2021-budget", True, 2, "self-assessed"),
    ]


def test_what_uses_a_resource_as_evidence_stands_by_city_and_number():
    guide, other = make_resource(), make_resource()
    chosen = {"points": 2, "reason": "The council agreed."}
    for name, fields in (
        ("Zeta", {}),
        ("Alpha", {}),
        ("Sample", {"is_sample": True}),
        ("Draft", {"state": "draft"}),
    ):
        city = make_city(name, **fields)
        made = make_assessment(city, education=chosen, budget=chosen, awareness=chosen)
        with writing():
            used = made.results.exclude(indicator__code="2021-awareness")
            used.update(evidence_resource=guide)
    publish_all()
    assert PublicResult.objects.count() == 9 and PublicAssessment.objects.count() == 3

    def uses(resource, **limit):
        found = evidence_uses(resource.pk, **limit)
        return [(city.name, indicator.number) for city, indicator in found]

    assert uses(guide) == [("Alpha", 16), ("Alpha", 26), ("Zeta", 16), ("Zeta", 26)]
    assert uses(guide, limit=1) == [("Alpha", 16)]
    assert uses(other) == []
