"""Figures that a city makes for an action: what they may be, and how its form asks for them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from actions import measure_admin
from actions.frequent_figures import find_alike, make_measure, new_measure
from actions.models import Measure, OwnFigure, Statement, Value
from actions.own_figures import figures_of
from actions.record import OwnFigureRecord, ValueRecord
from actions.standings import standings
from publishing.redaction import take_out
from report.sources import working_document
from tests.admin.forms import errors_of, filled, save
from tests.clients import client_of, url_of
from tests.factories import (
    make_action,
    make_city,
    make_own_figure,
    make_statement,
    make_user,
    writing,
)
from tests.records import (
    make_action_record,
    make_record,
    make_statement_record,
    make_value_record,
    shipped_catalogue,
)
from tests.report.samples import make_document


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("area", "km²", "km2"),
        ("area", "hectares", "ha"),
        ("percent", "", "percent"),
        ("percent", "%", "percent"),
        ("amount", "MWh", "MWh"),
        ("count", "", ""),
        ("count", "trees", "trees"),
        ("status", "", ""),
    ],
)
def test_a_unit_is_kept_as_the_platform_writes_it(kind, typed, stored):
    figure = OwnFigure(name="Restored", kind=kind, unit=typed)
    figure.clean_unit()
    assert figure.unit == stored


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        ("area", "", "In which unit is the area shown?"),
        ("area", "t", "In which unit is the area shown?"),
        ("amount", "", "In which unit is it counted?"),
        ("amount", "ha", "“ha” is a unit of another kind: choose the kind “area”."),
        ("count", "%", "“percent” is a unit of another kind: choose the kind “percent”."),
        ("percent", "ha", "has no other unit: leave this empty."),
        ("status", "t", "has no other unit: leave this empty."),
    ],
)
def test_a_unit_of_another_kind_is_told_at_the_unit(kind, typed, words):
    with pytest.raises(ValidationError) as error:
        OwnFigure(name="Restored", kind=kind, unit=typed).clean_unit()
    [message] = error.value.message_dict["unit"]
    assert words in message


# In the form of an action


@pytest.fixture
def action(catalogue):
    city = make_city("Figured", area_km2=1886)
    return make_action(city, "restoration", description="Ecosystems.")


@pytest.fixture
def officer(action):
    return client_of(make_user("officer@example.org", officer_of=action.city))


NEW = {"own-0-name": "Ecosystems restored", "own-0-kind": "area", "own-0-unit": "km²"}


def test_a_figure_is_made_and_then_asked_for_beside_the_measures(officer, action):
    url = url_of(action)
    answer = save(officer, url, **NEW)
    assert answer.url == f"{url}#baseline-group"
    assert (action.own_figures.get().code, action.own_figures.get().unit) == ("own-1", "km2")
    values = {
        "baseline-0-value_own-1_1": "more than 20",
        "target-0-value_own-1_1": "5600",
        "target-0-value_own-1_2": "ha",
    }
    assert save(officer, url, **values).status_code == 302
    start, target = Value.objects.order_by("statement__kind")
    assert (start.figure.name, start.number, start.precision) == (
        "Ecosystems restored",
        20,
        "more-than",
    )
    assert (target.number, target.unit, target.amount) == (5600, "ha", 56)
    save(officer, url, **{"own-0-unit": "ha"})
    start.refresh_from_db()
    assert (start.number, start.unit, start.amount) == (20, "km2", 2000)


@pytest.mark.parametrize(
    "change",
    [
        {"own-0-kind": "percent", "own-0-unit": ""},
        {"own-0-kind": "status", "own-0-unit": ""},
        {"own-0-unit": "km"},
        {"own-0-DELETE": "on"},
    ],
)
def test_a_figure_cannot_become_another_while_a_value_of_it_is_typed_below(officer, action, change):
    make_own_figure(action, "Litter", "amount", "t")
    typed = {**change, "baseline-0-value_own-1_1": "1200"}
    assert errors_of(save(officer, url_of(action), **typed))[0].startswith(
        "A value of “Litter” is filled in below"
    )
    assert not Value.objects.exists()


def test_a_number_that_no_unit_could_hold_is_refused(officer, action):
    make_own_figure(action, "Land", "area", "m2")
    typed = {"baseline-0-value_own-1_1": "1" + "0" * 14, "baseline-0-value_own-1_2": "km2"}
    assert errors_of(save(officer, url_of(action), **typed)) == ["This is too large."]


def test_what_a_figure_cannot_become_is_told_and_nothing_is_lost(officer, action):
    figure = make_own_figure(action, "Fish released", "count")
    make_statement(action, Statement.Kind.BASELINE, {figure: 1000})
    url, gone = url_of(action), {"own-0-DELETE": "on"}
    assert "has values. Empty them" in errors_of(save(officer, url, **gone))[0]
    assert (
        "has values already, as count"
        in errors_of(save(officer, url, **{"own-0-kind": "area", "own-0-unit": "ha"}))[-1]
    )
    again = {"own-1-name": "fish released", "own-1-kind": "count", "own-TOTAL_FORMS": "2"}
    used = ["The action has a figure of this name already: name what differs."]
    assert errors_of(save(officer, url, **again)) == used
    for name in ("OWN-3", "Fish - released"):
        assert errors_of(save(officer, url, **{**again, "own-1-name": name})) == used
    assert Value.objects.get().number == 1000
    save(officer, url, **{"baseline-0-value_own-1_1": ""})
    assert save(officer, url, **gone).status_code == 302
    assert not action.own_figures.exists()
    assert OwnFigure.history.filter(history_type="-").count() == 1


def test_a_form_is_saved_although_a_colleague_deleted_its_figure_meanwhile(officer, action):
    figure = make_own_figure(action, "Fish released", "count")
    data = filled(officer, url_of(action), **{"own-0-name": "Fish and frogs released"})
    save(officer, url_of(action), **{"own-0-DELETE": "on"})
    shown = officer.post(url_of(action), data)
    assert "you changed this meanwhile" in errors_of(shown)[0]
    seen = filled(officer, url_of(action))["seen_version"]
    assert officer.post(url_of(action), {**data, "seen_version": seen}).status_code == 302
    assert action.own_figures.get().name == "Fish and frogs released" != figure.name


# In the record


RESTORED = OwnFigureRecord(code="own-1", name={"en": "Restored"}, kind="area", unit="ha")


def own_action(*statements, **fields):
    return make_action_record("restoration", *statements, own_figures=(RESTORED,), **fields)


def test_own_figures_come_after_the_measures_of_the_type():
    record = make_action_record("natural-areas", own_figures=(RESTORED,))
    figures = figures_of(record, shipped_catalogue())
    assert [one.key for one in figures.values()] == [
        "total_area",
        "converted_area",
        "natural_area",
        "own-1",
    ]
    own = figures["own-1"]
    assert (own.text().value, own.text("unit_in_sentence").value) == ("Restored", "hectares")


def test_a_document_shows_own_figures_of_several_actions_each_for_itself():
    """Both are own-1 in their action; the board and the key figures mix up neither."""
    figure = figures_of(own_action(), shipped_catalogue())["own-1"]
    goal = make_statement_record("target", [make_value_record(figure, 90)], due_year=2030)
    actions = [
        own_action(make_statement_record("baseline", [value], year=2020), goal, number=number)
        for number, value in (
            (1, make_value_record(figure, 1)),
            (2, make_value_record(figure, 30, unit="mu")),
        )
    ]
    document = make_document(make_record(actions=actions, city={"area_km2": Decimal(100)}))
    shown = [
        (one.action, str(one.number), str(one.unit), one.scale) for one in document.glance.figures
    ]
    assert shown == [(1, "1", "ha", None), (2, "30", "mu (2\u00a0ha)", None)]
    rows = [(str(one.label), str(one.start), str(one.goal)) for one in document.glance.targets]
    assert rows == [
        ("Restored", "1\u00a0ha", "90\u00a0ha"),
        ("Restored", "30\u00a0mu (2\u00a0ha)", "90\u00a0ha"),
    ]
    marked = [
        *document.glance.figures,
        *document.glance.targets,
        *document.actions.actions[0].courses,
    ]
    assert {str(one.own) for one in marked} == {"the city’s own figure"}
    assert standings(actions, shipped_catalogue()) == {}


def test_own_figures_stand_beside_the_official_sentence():
    status = OwnFigureRecord(code="own-1", name={"en": "A ban"}, kind="status")
    values = [
        make_value_record(shipped_catalogue().measures["natural-areas.total_area"], 12),
        ValueRecord(measure="own-1", precision="exactly", status="no"),
    ]
    start = make_statement_record("baseline", values)
    record = make_action_record("natural-areas", start, own_figures=(status,))
    baseline = make_document(make_record(actions=[record])).actions.actions[0].baseline
    assert "12\u00a0square km" in "".join(run.text.value for run in baseline.sentence)
    assert [(str(one.label), str(one.text)) for one in baseline.listed] == [("A ban", "no")]


def test_with_a_figure_that_is_redacted_its_values_go():
    figure = figures_of(own_action(), shipped_catalogue())["own-1"]
    start = make_statement_record("baseline", [make_value_record(figure, 12)])
    record = make_record(actions=[own_action(start, key_measure="own-1")])
    taken = take_out(record, "actions.1.own-1")
    [action] = taken.rest.actions.actions
    assert (taken.value, action.own_figures, action.key_measure) == (RESTORED, (), "")
    assert action.statements[0].values == ()


@pytest.mark.django_db
def test_the_record_has_the_figure_and_its_values(action):
    figure = make_own_figure(action, "Restored", "area", "ha", is_key_figure=True)
    make_statement(action, Statement.Kind.TARGET, {figure: Decimal("53.3")}, due_year=2030)
    document = working_document(action.city)
    [entry] = document.actions.actions
    assert entry.targets[0].values[0].text.value == "53.3\u00a0hectares"
    assert entry.targets[0].values[0].own


# As measures of the catalogue


def test_staff_make_a_measure_of_what_cities_count_alike(action, officer):
    other = make_action(make_city("Elsewhere"), "restoration")
    own = make_own_figure(action, "Land restored", "area", "mu", is_key_figure=True)
    make_statement(action, Statement.Kind.BASELINE, {own: 30_000})
    theirs = make_own_figure(other, "land  Restored", "area", "ha")
    make_statement(other, Statement.Kind.TARGET, {theirs: 50}, due_year=2030)
    url = reverse("admin:actions_measure_own")
    assert officer.get(url).status_code == 403
    staff = client_of(make_user("staff@example.org", is_staff=True))
    [group] = staff.get(url).context["groups"]
    assert (group.cities, group.first) == (2, own)
    chosen = f"{url}?figure={own.pk}"
    typed = filled(staff, chosen, name="Land restored", key="restored_area")
    assert staff.post(chosen, typed).status_code == 302
    measure = Measure.objects.get(code="restoration.restored_area")
    assert (measure.kind, measure.unit, measure.origin) == ("area", "km2", "ours")
    values = Value.objects.order_by("amount")
    assert [(one.number, one.unit, one.amount, one.figure) for one in values] == [
        (50, "ha", Decimal("0.5"), measure),
        (30_000, "mu", 20, measure),
    ]
    action.refresh_from_db()
    assert action.key_measure == measure
    assert not OwnFigure.objects.exists()
    changed = Value.history.filter(history_type="~").values_list("history_user__email", flat=True)
    assert [*changed] == ["staff@example.org"] * 2
    assert staff.get(chosen).url == url


def test_of_two_figures_of_one_action_that_are_alike_one_becomes_the_measure(action):
    fields = {"action": action, "name": "Land restored", "kind": "area", "unit": "ha"}
    with writing():  # as they could be stored before such names were refused
        first = OwnFigure.objects.create(number=1, **fields)
        second = OwnFigure.objects.create(number=2, **{**fields, "name": "land - restored"})
        opposite = OwnFigure.objects.create(number=3, falls=True, **fields)
    make_statement(action, Statement.Kind.BASELINE, {first: 3, second: 4})
    staff = client_of(make_user("staff@example.org", is_staff=True))
    url = f"{reverse('admin:actions_measure_own')}?figure={second.pk}"
    typed = filled(staff, url, name="Land restored", key="restored_area")
    shown = staff.post(url, typed, follow=True)
    assert "1 own figure was left" in shown.text
    measure = Measure.objects.get(code="restoration.restored_area")
    assert [(one.number, one.figure) for one in Value.objects.order_by("number")] == [
        (3, measure),
        (4, second),
    ]
    assert set(action.own_figures.all()) == {second, opposite}
    # The form says what to do about them, and saves them as they are.
    form = staff.get(url_of(action)).text
    assert form.count("All cities are asked for a figure of this name now") == 2
    assert save(staff, url_of(action), description="Anew.").status_code == 302
    refused = save(staff, url_of(action), **{"own-0-name": "Land Restored"})
    assert "The action has a figure of this name already" in refused.text


def test_of_two_staff_with_one_key_at_the_same_moment_the_second_is_told(action, monkeypatch):
    own = make_own_figure(action, "Land restored", "area", "ha")
    staff = client_of(make_user("staff@example.org", is_staff=True))
    url = f"{reverse('admin:actions_measure_own')}?figure={own.pk}"
    typed = filled(staff, url, name="Land restored", key="restored_area")

    def colleague_first(alike, measure, *, by):
        colleagues = new_measure(alike)
        colleagues.key, colleagues.code = measure.key, measure.code
        colleagues.save()
        return make_measure(alike, measure, by=by)

    monkeypatch.setattr(measure_admin, "make_measure", colleague_first)
    page = staff.post(url, typed)
    assert "has a measure of this key already: choose another key" in page.text
    assert [*action.own_figures.all()] == [own]


def test_of_two_staff_at_the_same_moment_the_second_makes_no_empty_measure(action):
    alike = find_alike(make_own_figure(action, "Land restored", "area", "ha").pk)
    for key in ("first", "second"):
        measure = new_measure(alike)
        measure.key, measure.code = key, f"restoration.{key}"
        make_measure(alike, measure, by=None)
    assert [*Measure.objects.filter(name="Land restored").values_list("key", flat=True)] == [
        "first"
    ]
