"""A kept mapping is known again by its headers, and what differs is told."""

import pytest

from exchange.admin.mapping.steps.columns import Columns
from exchange.mapping import answers, kept
from exchange.mapping.draft import Draft
from exchange.mapping.in_words import describe
from exchange.mapping.known import Known, take_as_new, take_as_renamed
from exchange.mapping.table.layout import SourceColumn
from exchange.models import MappedFile, Mapping
from tests.factories import make_action, make_city, make_user

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
    draft = Draft("", "bare.csv", {}, staff)
    draft.__dict__["columns"] = bare
    assert kept.find_fitting(draft) is None
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
    answers.keep(draft_of(tmp_path, officer, decisions=decisions), "Plan", officer, anji)
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
    found = answers.keep(draft, "Plan", officer, anji).decisions
    assert found["places"] == decisions["places"]
    assert found["words"] == {"words": {"titel": {"hecke": "carbon"}}}


def test_that_new_cities_are_made_is_asked_each_time(tmp_path, anji, staff):
    decisions = {"places": {"rest:": "new"}, "constants": {"adds_cities": True}}
    draft = draft_of(tmp_path, staff, decisions=decisions)
    found = answers.keep(draft, "Plan", staff).decisions
    assert "places" not in found
    assert "adds_cities" not in found["constants"]


def test_the_city_of_then_is_taken_only_for_a_file_called_as_that_of_then(tmp_path, anji, staff):
    decisions = {"constants": {"city": anji.slug, "list_name": "plan", "language": "sv"}}
    answers.keep(draft_of(tmp_path, staff, decisions=decisions), "Plan", staff)
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
    answers.keep(draft_of(tmp_path, officer), "Plan", officer, other_city)
    mapped = MappedFile.objects.create(user=officer, file_name="plan.csv")
    assert kept.start(mapped, draft_of(tmp_path, officer)) is None


@pytest.fixture
def other_city(anji):
    return make_city("Elsewhere")


def test_an_own_mapping_goes_before_an_example(tmp_path, anji, officer):
    draft = draft_of(tmp_path, officer)
    example = answers.keep(draft, "Example", officer)
    Mapping.objects.filter(pk=example.pk).update(is_example=True)
    answers.keep(draft, "Own", officer, anji)
    assert kept.find_fitting(draft).mapping.name == "Own"


def test_a_mapping_tells_in_words_what_it_does(anji):
    words = dict(describe(mapping()))
    assert "“titel” → Title" in words["Columns"]
    assert f"City: {anji.name}" in words["The same for all rows"]
    assert "“fläche in ha”: decimals behind “,”, in ha" in words["Numbers, dates, units"]


def write(tmp_path, user, text, name="plan.csv", decisions=None):
    path = tmp_path / name
    path.write_text(text)
    return Draft(path, name, decisions or {}, user)


def again(kept_of, draft):
    """The draft once more, with the answers that were kept of another."""
    mapping = answers.keep(kept_of, "Plan", kept_of.user)
    mapped = MappedFile(user=draft.user, file_name=draft.name)
    kept.use(mapped, kept.fit_of(mapping, [one.key for one in draft.columns]), draft)
    return draft.with_decisions(mapped.decisions)


OF_DAYS = "Titel;Teil;Datum;Ort;Beschreibung\nHecke;;1.2.2024;{};Hecken pflanzen\n"


def test_what_nobody_was_asked_is_guessed_anew(tmp_path, anji, staff):
    """Bare days, rows that go on with the one above, a column that was empty: none was there."""
    before = write(tmp_path, staff, OF_DAYS.format(""))
    decisions = {
        "columns": {"columns": answers.of_columns(before) | {"ort": {"field": ""}}},
        "constants": {"continues": "", "city": anji.slug},
    }
    text = OF_DAYS.format("Moor") + ";Teil 2;45000;;mehr davon\n"
    draft = again(before.with_decisions(decisions), write(tmp_path, staff, text, "plan 2027.csv"))
    assert draft.formats["datum"].serials
    assert draft.constants.continues == "titel"
    assert "ort" not in draft.decided("columns")["columns"]
    assert draft.constants.city == anji.slug


def test_how_cells_are_written_is_decided_for_one_list_alone(tmp_path, staff):
    text = "Titel;Beginn;Summe\nHecke;{};1,500\n"
    decided = {"beginn": {"order": "mdy"}, "summe": {"decimal": ".", "unit": "ha"}}
    columns = {"beginn": {"field": "days"}, "summe": {"field": "progress"}}
    decisions = {"columns": {"columns": columns}}
    proved = write(tmp_path, staff, text.format("12/14/2020"), decisions=decisions)
    assert proved.formats["beginn"].order == "mdy"
    later = write(tmp_path, staff, text.format("05/03/2027"), "plan 2027.csv")
    assert again(proved, later).formats["beginn"].order == ""
    decisions["formats"] = decided
    before = write(tmp_path, staff, text.format("05/03/2026"), decisions=decisions)
    same = again(before, later).formats
    assert (same["beginn"].order, same["summe"].decimal) == ("mdy", ".")
    other = again(before, write(tmp_path, staff, text.format("05/03/2027"), "klima.csv")).formats
    assert (other["beginn"].order, other["summe"].decimal) == ("", "")
    assert other["summe"].unit == "ha"


def test_what_was_decided_against_the_guess_is_kept(tmp_path, staff):
    text = OF_DAYS.format("Moor") + ";Teil 2;45000;;mehr davon\n"
    decisions = {
        "constants": {"continues": ""},
        "formats": {"datum": {"serials": False}},
        "columns": {"columns": {"ort": {"field": "", "fills_down": False}}},
    }
    before = write(tmp_path, staff, text, decisions=decisions)
    draft = again(before, write(tmp_path, staff, text, "plan 2027.csv"))
    assert draft.decided("constants")["continues"] == ""
    assert not draft.formats["datum"].serials
    assert draft.decided("columns")["columns"]["ort"]["field"] == ""


OF_MONEY = "Titel;Beschreibung;Kosten;Ansprechperson\nHecke;Hecken pflanzen;1200 €;Frau Ott\n"


def test_what_is_held_back_is_not_released_by_the_answers_of_another_list(tmp_path, anji, staff):
    uses = {"kosten": {"field": "description"}, "ansprechperson": {"field": "department"}}
    constants = {"action_type": "carbon", "list_name": "Plan", "city": anji.slug}
    decisions = {"columns": {"columns": uses}, "constants": constants}
    before = write(tmp_path, staff, OF_MONEY, decisions=decisions)
    same = again(before, write(tmp_path, staff, OF_MONEY, "plan 2027.csv"))
    assert [use.field for use in same.uses][2:] == ["description", "department"]
    assert same.constants.action_type == "carbon"
    other = again(before, write(tmp_path, staff, OF_MONEY, "klima.csv"))
    assert [use.field for use in other.uses][2:] == ["", ""]
    assert Known(Mapping.objects.latest("pk"), other).held_back == list(
        zip("CD", other.uses[2:], strict=True)
    )
    assert (other.constants.action_type, other.constants.list_name) == ("", "klima")


def test_only_what_a_person_saw_is_looked_at(tmp_path, anji, staff):
    text = OF_DAYS.format("Moor")
    before = write(tmp_path, staff, text)
    seen = {step: one for step, one in answers.answers(before).items() if step != "unseen"}
    seen["constants"]["city"] = anji.slug
    before = before.with_decisions(seen)
    same = again(before, write(tmp_path, staff, text, "plan 2027.csv"))
    assert not Columns(same).is_taken_over
    assert Columns(same).is_decided
    new = again(before, write(tmp_path, staff, text.replace("Ort", "Grad"), "plan 2028.csv"))
    assert (Columns(new).is_decided, Columns(new).is_taken_over) == (False, True)
    assert again(before, write(tmp_path, staff, text, "moor.csv")).decided("unseen") == sorted(seen)


def test_that_cells_go_on_downwards_is_guessed_of_each_list(tmp_path, anji, staff):
    head = "Handlungsfeld;Titel;Beschreibung\n"
    rows = ";Teich {at};Er wird {at} m tief\n"
    full = head + "".join(f"Feld {at}{rows.format(at=at)}" for at in range(8))
    gaps = head + "".join(
        f"{'' if at % 2 else f'Feld {at}'}{rows.format(at=at)}" for at in range(8)
    )
    use = {"field": "action_type", "has_title": False, "fills_down": False, "separator": ""}
    decisions = {"columns": {"columns": {"handlungsfeld": use}}}
    before = write(tmp_path, staff, full, decisions=decisions)
    later = again(before, write(tmp_path, staff, gaps, "plan 2027.csv"))
    assert (later.uses[0].fills_down, Columns(later).is_taken_over) == (True, True)
    decisions["columns"]["columns"]["handlungsfeld"] = use | {"fills_down": True}
    before = write(tmp_path, staff, gaps, decisions=decisions)
    assert not again(before, write(tmp_path, staff, full, "klima.csv")).uses[0].fills_down


def test_the_same_list_goes_before_one_that_was_used_later(tmp_path, anji, staff):
    answers.keep(draft_of(tmp_path, staff), "First", staff)
    other = draft_of(tmp_path, staff)
    other.name = "klima.csv"
    answers.keep(other, "Second", staff)
    assert kept.find_fitting(draft_of(tmp_path, staff)).mapping.name == "First"


def test_a_column_at_the_place_of_one_that_is_gone_is_asked_about(tmp_path, anji, staff):
    text = "Titel;Beschreibung;Träger 1;Beginn\nHecke;Hecken pflanzen;Kreis;2024\n"
    uses = {"träger 1": {"field": "description", "has_title": True}}
    before = write(tmp_path, staff, text, decisions={"columns": {"columns": uses}})
    text = text.replace("Träger 1", "Zx")
    draft = again(before, write(tmp_path, staff, text, "plan 2027.csv"))
    mapping = Mapping.objects.latest("pk")
    decisions = {**draft.decisions, answers.UNSEEN: []}
    mapped = MappedFile.objects.create(user=staff, decisions=decisions, mapping=mapping)
    known = Known.of(mapped, draft)
    assert [(then, use.column.name) for then, use in known.perhaps_renamed] == [("träger 1", "Zx")]
    assert (known.gone, known.added) == (["träger 1"], ["zx"])
    assert take_as_renamed(mapped, known, "zx")
    draft = draft.with_decisions(mapped.decisions)
    assert (Known.of(mapped, draft).gone, Known.of(mapped, draft).added) == ([], [])
    assert (draft.uses[2].field, draft.uses[2].title) == ("description", "Träger 1")
    assert not Known.of(mapped, draft).perhaps_renamed
    assert Columns(draft).is_taken_over


def test_a_column_at_the_place_of_one_that_is_gone_may_be_another(tmp_path, anji, staff):
    text = "Titel;Beschreibung;Träger 1;Beginn\nHecke;Hecken pflanzen;Kreis;2024\n"
    uses = {"träger 1": {"field": "description", "has_title": True}}
    before = write(tmp_path, staff, text, decisions={"columns": {"columns": uses}})
    draft = again(before, write(tmp_path, staff, text.replace("Träger 1", "Zx"), "plan 2027.csv"))
    mapping = Mapping.objects.latest("pk")
    mapped = MappedFile.objects.create(user=staff, decisions=draft.decisions, mapping=mapping)
    assert take_as_new(mapped, Known.of(mapped, draft), "zx")
    draft = draft.with_decisions(mapped.decisions)
    assert (draft.uses[2].field, draft.uses[2].is_guess) == ("", False)
    assert not Known.of(mapped, draft).perhaps_renamed


def test_a_list_is_the_same_where_its_rows_are_here_whatever_its_file_is_called(
    tmp_path, anji, staff
):
    make_action(anji, reference="Plan: Hecke")
    decisions = {"constants": {"city": anji.slug, "list_name": "Plan", "key_columns": ["titel"]}}
    before = draft_of(tmp_path, staff, decisions=decisions)
    text = "Titel;Beschreibung;Beginn\nHecke;Hecken pflanzen;2024\n"
    draft = again(before, write(tmp_path, staff, text, "klima.csv"))
    assert (draft.constants.city, draft.constants.list_name) == (anji.slug, "Plan")
