"""An action with its baseline, targets and progress on one page."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from actions.models import Action, ActionType, Statement, Value
from profiles.dates import today
from profiles.models import ChangeSet
from report.document import build
from tests.admin.conftest import url_of
from tests.admin.forms import errors_of, filled, save
from tests.factories import make_action, writing

TOTAL = "baseline-0-value_total_area"
YESTERDAY = today() - datetime.timedelta(days=1)


@pytest.fixture
def officer(as_):
    return as_("officer")


def values_of(side):
    return Value.objects.filter(statement__action=side.action)


def total_area(side):
    return values_of(side).get(measure__key="total_area")


def sentence_of(city):
    action = build(city).actions.actions[0]
    return "".join(run.text.value for run in action.baseline.sentence)


def test_description_and_baseline_value_are_in_the_document_at_once(officer, ours):
    version = ours.city.content_version
    changes = {"description": "Nature is mapped.", f"{TOTAL}_0": "more-than", f"{TOTAL}_1": "1 890"}
    response = save(officer, url_of(ours.action), **changes)
    assert response.status_code == 302
    ours.city.refresh_from_db()
    assert ours.city.content_version > version
    assert build(ours.city).actions.actions[0].description.value == "Nature is mapped."
    assert "is currently more than 1,890 square km." in sentence_of(ours.city)


def test_a_number_may_be_in_another_unit(officer, ours):
    save(officer, url_of(ours.action), **{f"{TOTAL}_1": "2500", f"{TOTAL}_2": "ha"})
    value = total_area(ours)
    assert (value.number, value.unit, value.amount) == (2500, "ha", Decimal(25))
    assert "2,500 hectares" in sentence_of(ours.city)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1,886", "“1,886” is no number"),
        ("viel", "“viel” is no number"),
        ("1e3", "is no number"),
        ("NaN", "is no number"),
        ("-4", "cannot be below zero"),
        ("1.1234567", "decimal places"),
    ],
)
def test_a_wrong_number_is_told_once_and_loses_nothing(officer, ours, typed, words):
    response = save(
        officer, url_of(ours.action), description="Typed anew.", **{f"{TOTAL}_1": typed}
    )
    (error,) = errors_of(response)
    assert words in error
    page = response.content.decode()
    assert "Typed anew." in page
    assert f'value="{typed}"' in page
    assert total_area(ours).number == 12


def test_an_emptied_value_goes_and_an_emptied_baseline_stays(officer, ours):
    save(officer, url_of(ours.action), **{f"{TOTAL}_1": ""})
    assert [value.measure.key for value in values_of(ours)] == ["natural_area"]
    assert Value.history.filter(history_type="-").count() == 1
    assert ours.action.statements.baselines().count() == 1


def test_a_baseline_can_be_deleted(officer, ours):
    save(officer, url_of(ours.action), **{"baseline-0-DELETE": "on"})
    assert not ours.action.statements.exists()
    assert build(ours.city).actions.actions[0].baseline is None


def test_targets_and_progress_are_added(officer, ours):
    save(
        officer,
        url_of(ours.action),
        **{
            "target-0-due_year": "2030",
            "target-0-value_natural_area_1": "9",
            "progress-0-date": "2026-03-01",
            "progress-0-text": "Half of it.",
        },
    )
    entry = build(ours.city).actions.actions[0]
    assert [target.due_year for target in entry.targets] == [2030]
    assert entry.targets[0].values[0].text.value == "9 square km"
    assert entry.progress[0].words.value == "Half of it."


def test_two_targets_of_one_year_are_told(officer, ours):
    target = {"target-TOTAL_FORMS": "2"}
    for row in (0, 1):
        target |= {f"target-{row}-due_year": "2030", f"target-{row}-text": f"Goal {row}"}
    assert errors_of(save(officer, url_of(ours.action), **target)) == [
        "This stands twice in the form."
    ]
    save(officer, url_of(ours.action), **{"target-0-due_year": "2030", "target-0-text": "A"})
    again = {"target-TOTAL_FORMS": "2", "target-1-due_year": "2030", "target-1-text": "B"}
    response = save(officer, url_of(ours.action), **again)
    assert errors_of(response) == ["The action has a target for this year already."]


def test_progress_needs_its_date(officer, ours):
    response = save(officer, url_of(ours.action), **{"progress-0-text": "Half of it."})
    assert len(errors_of(response)) == 1
    assert not ours.action.statements.progress().exists()


def test_only_what_changed_gets_a_new_date(officer, ours):
    with writing():
        Action.objects.filter(pk=ours.action.pk).update(updated_on=YESTERDAY)
        Statement.objects.update(updated_on=YESTERDAY)
    save(officer, url_of(ours.action), **{f"{TOTAL}_1": "13"})
    ours.action.refresh_from_db()
    assert ours.action.updated_on == YESTERDAY
    assert ours.action.statements.get().updated_on == today()


def test_saving_without_a_change_writes_nothing(officer, ours):
    before = ChangeSet.objects.count()
    assert save(officer, url_of(ours.action)).status_code == 302
    assert ChangeSet.objects.count() == before


@pytest.mark.parametrize("kind", ["wild-species-trade", "ecosystem-policies", "urban-heat"])
def test_every_kind_of_value_has_its_field(officer, ours, kind):
    action = make_action(ours.city, kind)
    typed = {
        "wild-species-trade": {"baseline-0-value_status": "partly"},
        "ecosystem-policies": {"baseline-0-value_extent_or_names": "Two plans"},
        "urban-heat": {"baseline-0-value_green_cover_1": "74.43"},
    }[kind]
    assert save(officer, url_of(action), **typed).status_code == 302
    value = Value.objects.get(statement__action=action)
    assert value.status or value.text or value.number == Decimal("74.43")
    assert fields_equal(officer, action, typed)


def fields_equal(client, action, typed):
    shown = filled(client, url_of(action))
    return all(shown[name] == value for name, value in typed.items())


def test_a_new_action_gets_the_next_number_in_its_own_city(officer, ours):
    add = reverse("admin:actions_action_add")
    kind = ActionType.objects.get(code="urban-heat")
    data = filled(officer, add, action_type=kind.pk, description="Trees.")
    assert "baseline-0-year" not in data
    response = officer.post(add, {**data, "_continue": "1", "number": "77"})
    action = Action.objects.get(description="Trees.")
    assert (action.city, action.number) == (ours.city, 2)
    assert "baseline-0-value_green_cover_1" in filled(officer, response.url)


def test_numbers_of_deleted_actions_are_not_given_again(officer, ours):
    add = reverse("admin:actions_action_add")
    kind = ActionType.objects.get(code="carbon").pk
    officer.post(add, filled(officer, add, action_type=kind, description="A"))
    url = url_of(Action.objects.get(description="A"), "delete")
    officer.post(url, filled(officer, url))
    officer.post(add, filled(officer, add, action_type=kind, description="B"))
    assert Action.objects.get(description="B").number == 3


def test_the_type_stays_while_there_are_figures(officer, ours):
    kind = ActionType.objects.get(code="urban-heat").pk
    response = save(officer, url_of(ours.action), action_type=kind)
    assert "figures below belong to the present type" in errors_of(response)[0]
    save(officer, url_of(ours.action), **{"baseline-0-DELETE": "on"})
    assert save(officer, url_of(ours.action), action_type=kind).status_code == 302


def test_types_are_grouped_and_retired_ones_kept_only_where_chosen(officer, ours):
    ActionType.objects.filter(code="natural-areas").update(retired=True)
    chosen = officer.get(url_of(ours.action)).content.decode()
    name = ours.action.action_type.name
    assert f"selected>{name}" in chosen
    new = officer.get(reverse("admin:actions_action_add")).content.decode()
    assert name not in new
    assert '<optgroup label="Protect and restore nature › ' in new


def test_a_repeated_action_is_flagged_in_the_list_and_not_in_the_document(officer, ours):
    make_action(ours.city, "natural-areas")
    url = reverse("admin:actions_action_changelist")
    page = officer.get(url).content.decode()
    assert "Same type or words as 1" in page
    assert "Same type or words as 2" in page
    assert "Same type or words" not in str(build(ours.city))
    assert officer.get(f"{url}?look=repeated").context["cl"].result_count == 2
    assert officer.get(f"{url}?look=no-baseline").context["cl"].result_count == 1


@pytest.mark.parametrize(
    ("type_code", "words", "message"),
    [
        ("natural-areas", "Other words.", "is of this type already"),
        ("carbon", "Hedges have been planted.", "has these words already"),
    ],
)
def test_the_same_type_or_words_again_want_a_reason(officer, ours, type_code, words, message):
    add = reverse("admin:actions_action_add")
    kind = ActionType.objects.get(code=type_code).pk
    data = filled(officer, add, action_type=kind, description=words)
    errors = errors_of(officer.post(add, data))
    assert any(message in error for error in errors)
    assert "say here why both are right" in errors[-1]
    assert ours.city.actions.count() == 1
    officer.post(add, {**data, "confirmed": "In two districts."})
    assert ours.city.actions.count() == 2
    page = officer.get(reverse("admin:actions_action_changelist") + "?look=repeated")
    assert page.context["cl"].result_count == 0


def test_a_part_above_its_whole_wants_a_reason(officer, ours):
    field = "baseline-0-value_natural_area_1"
    response = save(officer, url_of(ours.action), **{field: "99"})
    assert any("of which it is a part" in error for error in errors_of(response))
    reason = {"baseline-0-confirmed": "Other years."}
    assert save(officer, url_of(ours.action), **{field: "99"}, **reason).status_code == 302
    assert ours.action.statements.get(kind="baseline").confirmed == "Other years."


def test_data_of_a_year_to_come_are_refused(officer, ours):
    response = save(officer, url_of(ours.action), **{"baseline-0-year": "2099"})
    assert errors_of(response) == ["This year is still to come."]


def test_the_list_takes_a_fixed_number_of_queries(officer, ours, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = reverse("admin:actions_action_changelist")
    with CaptureQueriesContext(connection) as few:
        officer.get(url)
    for _number in range(12):
        make_action(ours.city)
    with django_assert_num_queries(len(few)):
        officer.get(url)


def test_who_only_reads_sees_the_figures(as_, ours):
    page = as_("reviewer").get(url_of(ours.action)).content.decode()
    assert "<strong>12 km²</strong>" in page
    assert 'name="_save"' not in page
