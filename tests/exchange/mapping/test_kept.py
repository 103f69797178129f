"""A kept mapping is known again by its headers, and what differs is told."""

import pytest

from exchange.mapping import kept
from exchange.mapping.draft import Draft
from exchange.mapping.in_words import describe
from exchange.mapping.table.layout import SourceColumn
from exchange.models import MappedFile, Mapping
from tests.factories import make_city, make_user

HEADERS = ["titel", "beschreibung", "fläche in ha", "beginn"]


def mapping(**fields):
    columns = {"columns": {"fläche in ha": {"field": "progress"}, "titel": {"field": "title"}}}
    decisions = {
        "columns": columns,
        "words": {"words": {"titel": {"Hecke": "carbon"}}},
        "formats": {"fläche in ha": {"decimal": ",", "unit": "ha"}},
        "constants": {"key_columns": ["titel"], "continues": "titel", "city": "anji-county"},
    }
    return Mapping(
        name="Maßnahmen", target="actions", headers=HEADERS, decisions=decisions, **fields
    )


def test_the_same_headers_fit_whatever_their_order():
    fit = kept.fit_of(mapping(), HEADERS[::-1])
    assert fit.is_exact
    assert fit.likeness == 1


def test_a_header_that_changed_a_little_is_taken_for_the_one_of_then():
    fit = kept.fit_of(mapping(), ["titel", "beschreibung", "fläche in ha 2027", "ort"])
    assert fit.renamed == {"fläche in ha": "fläche in ha 2027"}
    assert (fit.gone, fit.added) == (["beginn"], ["ort"])
    assert fit.likeness == 0.75


def test_a_header_with_more_words_is_taken_for_the_one_of_then():
    fit = kept.fit_of(mapping(), ["titel der maßnahme", *HEADERS[1:]])
    assert fit.renamed == {"titel": "titel der maßnahme"}


@pytest.mark.parametrize(
    ("field", "header", "is_carried"),
    [
        ("baseline", "fläche 2022", False),
        ("target", "fläche 2022", False),
        ("progress", "fläche 2022", True),
        ("progress", "fläche 2020", False),
        ("progress", "fläche", False),
        ("description", "fläche 2022", True),
    ],
)
def test_a_figure_of_one_year_is_none_of_another(field, header, is_carried):
    decisions = {"columns": {"columns": {"fläche 2021": {"field": field}}}}
    then = Mapping(target="actions", headers=["titel", "fläche 2021"], decisions=decisions)
    renamed = {"fläche 2021": header} if is_carried else {}
    assert kept.fit_of(then, ["titel", header]).renamed == renamed


@pytest.mark.parametrize("header", ["fläche in km²", "fläche in ha geplant"])
def test_a_figure_under_another_header_may_be_another_figure(header):
    fit = kept.fit_of(mapping(), ["titel", "beschreibung", header, "beginn"])
    assert (fit.renamed, fit.gone, fit.added) == ({}, ["fläche in ha"], [header])


def test_unit_and_year_of_a_renamed_column_are_guessed_anew():
    fit = kept.fit_of(mapping(), [*HEADERS[:2], "fläche in ha 2027", "beginn"])
    fit.mapping.decisions["years"] = {"columns": {"fläche in ha": {"year": 2026}}}
    decisions = kept.decisions_for(fit)
    assert decisions["columns"]["columns"]["fläche in ha 2027"] == {"field": "progress"}
    assert (decisions["formats"], decisions["years"]["columns"]) == ({}, {})


def test_other_headers_do_not_fit():
    assert kept.fit_of(mapping(), ["name", "iso", "population"]).likeness == 0


@pytest.mark.django_db
def test_columns_without_headers_are_no_list_that_is_known():
    bare = [SourceColumn(at, "", f"column {letter}") for at, letter in enumerate("AB")]
    staff = make_user("staff@example.org", is_staff=True)
    Mapping.objects.create(name="Bare", target="cities", headers=[one.key for one in bare])
    assert kept.find_fitting(staff, bare) is None
    assert kept.nearest(staff, bare)[0].likeness == 1


def test_the_answers_of_then_go_by_the_headers_of_now():
    fit = kept.Fit(mapping(), 1, renamed={"titel": "titel der maßnahme"})
    decisions = kept.decisions_for(fit)
    assert set(decisions["columns"]["columns"]) == {"fläche in ha", "titel der maßnahme"}
    assert decisions["words"]["words"] == {"titel der maßnahme": {"Hecke": "carbon"}}
    assert decisions["constants"]["key_columns"] == ["titel der maßnahme"]
    assert decisions["constants"]["continues"] == "titel der maßnahme"
    assert decisions["constants"]["city"] == "anji-county"
    assert fit.mapping.decisions["constants"]["key_columns"] == ["titel"]


@pytest.fixture
def officer(anji):
    return make_user("officer@example.org", officer_of=anji)


def draft_of(tmp_path, user, header="Titel", decisions=None):
    path = tmp_path / "plan.csv"
    path.write_text(f"{header};Beschreibung;Beginn\nHecke;Hecken pflanzen;2024\nTeich;tief;2025\n")
    return Draft(path, "plan.csv", decisions or {}, user)


def test_what_was_kept_of_a_list_is_filled_in_the_next_time(tmp_path, anji, officer):
    decisions = {"columns": {"columns": {"titel": {"field": "", "has_title": True}}}}
    kept.keep(draft_of(tmp_path, officer, decisions=decisions), "Plan", officer, anji)
    mapped = MappedFile.objects.create(user=officer, file_name="plan-2027.csv")
    Mapping.objects.update(used_at=None)
    assert kept.start(mapped, draft_of(tmp_path, officer)).mapping.name == "Plan"
    assert Mapping.objects.get(name="Plan").used_at
    again = draft_of(tmp_path, officer, decisions=mapped.decisions)
    use = next(use for use in again.uses if use.column.key == "titel")
    assert (use.field, use.is_guess) == ("", False)
    kept.start(mapped, draft_of(tmp_path, officer, "Titel der Maßnahme"))
    renamed = draft_of(tmp_path, officer, "Titel der Maßnahme", mapped.decisions)
    assert [use.title for use in renamed.uses] == ["Titel", "Beschreibung", "Beginn"]


def test_what_was_decided_is_kept_in_full(tmp_path, anji, officer):
    decisions = {
        "places": {"rest:": "-", "country:uk": "GB"},
        "words": {"words": {"titel": {"hecke": "carbon"}}, "rows": {"titel": {"plan:2": "carbon"}}},
    }
    draft = draft_of(tmp_path, officer, decisions=decisions)
    answers = kept.keep(draft, "Plan", officer, anji).decisions
    assert answers["places"] == decisions["places"]
    assert answers["words"] == {"words": {"titel": {"hecke": "carbon"}}}


def test_that_new_cities_are_made_is_asked_each_time(tmp_path, anji, staff):
    decisions = {"places": {"rest:": "new"}, "constants": {"adds_cities": True}}
    answers = kept.keep(draft_of(tmp_path, staff, decisions=decisions), "Plan", staff).decisions
    assert "places" not in answers
    assert "adds_cities" not in answers["constants"]


def test_the_city_of_then_is_taken_only_for_a_file_called_as_that_of_then(tmp_path, anji, staff):
    decisions = {"constants": {"city": anji.slug, "list_name": "plan", "language": "sv"}}
    kept.keep(draft_of(tmp_path, staff, decisions=decisions), "Plan", staff)
    for name, city in (("plan_2027.csv", anji.slug), ("hamburg.csv", None)):
        mapped = MappedFile.objects.create(user=staff, file_name=name)
        draft = draft_of(tmp_path, staff)
        draft.name = name
        kept.start(mapped, draft)
        assert mapped.decisions["constants"].get("city") == city
        assert mapped.decisions["constants"].get("language") == (city and "sv")


@pytest.fixture
def staff(anji, other_city):
    return make_user("staff@example.org", is_staff=True)


def test_a_mapping_of_another_city_is_not_found(tmp_path, other_city, officer):
    kept.keep(draft_of(tmp_path, officer), "Plan", officer, other_city)
    mapped = MappedFile.objects.create(user=officer, file_name="plan.csv")
    assert kept.start(mapped, draft_of(tmp_path, officer)) is None


@pytest.fixture
def other_city(anji):
    return make_city("Elsewhere")


def test_an_own_mapping_goes_before_an_example(tmp_path, anji, officer):
    draft = draft_of(tmp_path, officer)
    example = kept.keep(draft, "Example", officer)
    Mapping.objects.filter(pk=example.pk).update(is_example=True)
    kept.keep(draft, "Own", officer, anji)
    assert kept.find_fitting(officer, draft.columns).mapping.name == "Own"


def test_a_mapping_tells_in_words_what_it_does(anji):
    words = dict(describe(mapping()))
    assert "“titel” → Title" in words["Columns"]
    assert f"City: {anji.name}" in words["The same for all rows"]
    assert "“fläche in ha”: decimals behind “,”, in ha" in words["Numbers, dates, units"]
