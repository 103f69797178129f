"""An action with its baseline, targets and progress on one page."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from actions.models import Action, ActionType, Statement, Value
from profiles.dates import today
from profiles.models import ChangeSet
from report.sources import working_document
from tests.admin.forms import errors_of, fields_of, filled, save
from tests.clients import form_of_new_action, url_of, words_of
from tests.factories import make_action, make_statement, writing

TOTAL = "baseline-0-value_total_area"
YESTERDAY = today() - datetime.timedelta(days=1)


def values_of(side):
    return Value.objects.filter(statement__action=side.action)


def total_area(side):
    return values_of(side).get(measure__key="total_area")


def sentence_of(city):
    action = working_document(city).actions.actions[0]
    return "".join(run.text.value for run in action.baseline.sentence)


def test_description_and_baseline_value_are_in_the_document_at_once(officer, ours):
    version = ours.city.content_version
    changes = {"description": "Nature is mapped.", f"{TOTAL}_0": "more-than", f"{TOTAL}_1": "1 890"}
    response = save(officer, url_of(ours.action), **changes)
    assert response.status_code == 302
    ours.city.refresh_from_db()
    assert ours.city.content_version > version
    assert working_document(ours.city).actions.actions[0].description.value == "Nature is mapped."
    assert "is currently more than 1,890\u00a0square km." in sentence_of(ours.city)


def test_a_number_may_be_in_another_unit(officer, ours):
    value = total_area(ours)
    value.unchanged_on = YESTERDAY
    with writing():
        value.save()
    save(officer, url_of(ours.action), **{f"{TOTAL}_1": "2500", f"{TOTAL}_2": "ha"})
    value = total_area(ours)
    assert (value.number, value.unit, value.amount) == (2500, "ha", Decimal(25))
    assert value.unchanged_on is None, "what was confirmed was another value"
    assert "2,500\u00a0hectares" in sentence_of(ours.city)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1,886", "This could be 1886 or 1.886: write 1886 or 1.8860."),
        ("viel", "“viel” is no number"),
        ("1e3", "is no number"),
        ("NaN", "is no number"),
        ("-4", "cannot be below zero"),
        (
            "5 tons of it",
            "“tons of it” is no unit that fits here. Use one of these: km², ha, m², mu",
        ),
        ("5 ha", "The number says ha, the unit beside it km²: choose one of them."),
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
    assert working_document(ours.city).actions.actions[0].baseline is None


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
    entry = working_document(ours.city).actions.actions[0]
    assert [target.due_year for target in entry.targets] == [2030]
    assert entry.targets[0].values[0].text.value == "9\u00a0square km"
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
    add = form_of_new_action("urban-heat")
    data = filled(officer, add, description="Trees.")
    response = officer.post(add, {**data, "_continue": "1", "number": "77"})
    action = Action.objects.get(description="Trees.")
    assert (action.city, action.number) == (ours.city, 2)
    assert response.url == url_of(action)


NEW = {
    "description": "Trees.",
    "baseline-0-value_green_cover_1": "20",
    "baseline-0-year": "2020",
    "target-0-goal": "figure",
    "target-0-value_green_cover_1": "30",
    "target-0-due_year": "2030",
    "target-0-plan_title": "Plan of the trees",
    "own-0-name": "Trees planted",
    "own-0-kind": "count",
}
OF_OWN = {"baseline-0-value_own-1_1": "1200", "target-0-value_own-1_1": "9000"}


def test_a_new_action_is_saved_with_its_start_and_target_in_one_step(officer, ours):
    choice = officer.get(reverse("admin:actions_action_add"), {"next": "/admin/"})
    page = words_of(choice)
    assert "The city has this already: action 1." in page
    assert '<input type="hidden" name="next" value="/admin/">' in page
    add, before = form_of_new_action("urban-heat"), ChangeSet.objects.count()
    wrong = officer.post(add, filled(officer, add, **NEW | {"baseline-0-year": "soon"}))
    kept = fields_of(wrong.content.decode())
    assert (NEW | {"baseline-0-year": "soon"}).items() <= kept.items()
    assert not ours.city.actions.filter(description="Trees.").exists()
    response = officer.post(add, {**kept, "baseline-0-year": "2020"})
    action = Action.objects.get(description="Trees.")
    assert response.url == f"{url_of(action)}#baseline-group", "the new figure has no value yet"
    values = Value.objects.filter(statement__action=action)
    figures = values.values_list("statement__kind", "number")
    assert sorted(figures) == [("baseline", 20), ("target", 30)]
    assert action.statements.targets().get().plan.title == "Plan of the trees"
    assert ChangeSet.objects.count() == before + 1


def test_the_values_of_own_figures_are_asked_for_before_the_action_is_saved(officer, ours):
    add = form_of_new_action("urban-heat")
    asked = officer.post(add, {**filled(officer, add, **NEW), "_ask": "1"})
    kept = fields_of(asked.content.decode())
    assert {**NEW, **dict.fromkeys(OF_OWN, "")}.items() <= kept.items()
    assert not ours.city.actions.filter(description="Trees.").exists()
    assert officer.post(add, kept | OF_OWN).status_code == 302
    action = Action.objects.get(description="Trees.")
    values = Value.objects.filter(own_figure__name="Trees planted", own_figure__action=action)
    assert sorted(values.values_list("number", flat=True)) == [1200, 9000]
    same = {"own-0-name": action.action_type.measures.first().name, "own-0-kind": "count"}
    wrong = filled(officer, add, description="Again.", confirmed="It is.", **same)
    assert "a figure of this name already" in errors_of(officer.post(add, wrong))[-1]


def test_a_new_action_without_a_type_or_a_city_is_asked_for_it(as_, ours, theirs):
    staff = as_("staff")
    assert "Choose the city first." in words_of(staff.get(form_of_new_action("carbon")))
    chosen = f"{form_of_new_action('carbon')}&city={theirs.city.pk}"
    assert staff.post(chosen, filled(staff, chosen, description="Moss.")).status_code == 302
    assert theirs.city.actions.filter(description="Moss.").exists()
    nobody = staff.get(reverse("admin:actions_action_add") + "?action_type=999999&city=x")
    assert "Which action?" in words_of(nobody)


def test_numbers_of_deleted_actions_are_not_given_again(officer, ours):
    add = form_of_new_action("carbon")
    officer.post(add, filled(officer, add, description="A"))
    url = url_of(Action.objects.get(description="A"), "delete")
    officer.post(url, filled(officer, url))
    officer.post(add, filled(officer, add, description="B"))
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
    assert '<optgroup label="Protect and restore nature › ' in chosen


def test_a_repeated_action_is_flagged_in_the_list_and_not_in_the_document(officer, ours):
    make_action(ours.city, "natural-areas")
    url = reverse("admin:actions_action_changelist")
    page = officer.get(url).content.decode()
    assert "Same type or words as 1" in page
    assert "Same type or words as 2" in page
    assert "Same type or words" not in str(working_document(ours.city))
    assert officer.get(f"{url}?look=repeated").context["cl"].result_count == 2


@pytest.mark.parametrize(
    ("type_code", "words", "message"),
    [
        ("natural-areas", "Other words.", "is of this type already"),
        ("carbon", "Hedges have been planted.", "has these words already"),
    ],
)
def test_the_same_type_or_words_again_want_a_reason(officer, ours, type_code, words, message):
    add = form_of_new_action(type_code)
    data = filled(officer, add, description=words)
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
    assert fields_of(response.content.decode())[field] == "99"
    reason = {"baseline-0-confirmed": "Other years."}
    assert save(officer, url_of(ours.action), **{field: "99"}, **reason).status_code == 302
    assert ours.action.statements.get(kind="baseline").confirmed == "Other years."


def test_a_reason_holds_for_the_figure_that_it_was_given_for(officer, ours):
    natural, converted = (f"baseline-0-value_{key}_1" for key in ("natural_area", "converted_area"))
    first = {natural: "99", "baseline-0-confirmed": "Other years."}
    assert save(officer, url_of(ours.action), **first).status_code == 302
    assert save(officer, url_of(ours.action), **{natural: "98"}).status_code == 302
    errors = errors_of(save(officer, url_of(ours.action), **{converted: "97"}))
    assert any("“Area of converted" in error for error in errors)
    assert not any("“Area of natural" in error for error in errors)
    again = {converted: "97", "baseline-0-confirmed": "Other years, both."}
    assert save(officer, url_of(ours.action), **again).status_code == 302


def test_the_reason_is_asked_for_only_where_there_is_a_doubt(officer, ours):
    shown = '<input type="text" name="baseline-0-confirmed"'
    assert shown not in officer.get(url_of(ours.action)).content.decode()
    wrong = {"baseline-0-value_natural_area_1": "99"}
    response = save(officer, url_of(ours.action), **wrong)
    assert shown in response.content.decode()
    save(officer, url_of(ours.action), **wrong, **{"baseline-0-confirmed": "Other years."})
    assert shown in officer.get(url_of(ours.action)).content.decode()


def test_errors_are_listed_on_top_with_links_to_their_fields(officer, ours):
    page = save(
        officer,
        url_of(ours.action),
        description="",
        **{f"{TOTAL}_1": "viel", "target-0-due_year": "1", "target-0-text": "A"},
    ).content.decode()
    summary = page.partition('class="error-summary"')[2].partition("</section>")[0]
    for field in ("description", f"{TOTAL}_1", "target-0-due_year"):
        assert f'href="#id_{field}"' in summary
        assert f'id="id_{field}"' in page


def test_the_first_new_target_is_offered_its_due_year(officer, ours):
    assert filled(officer, url_of(ours.action))["target-0-due_year"] == "2030"
    assert save(officer, url_of(ours.action)).status_code == 302
    assert not ours.action.statements.targets().exists()
    save(officer, url_of(ours.action), **{"target-0-value_natural_area_1": "9"})
    assert ours.action.statements.targets().get().due_year == 2030
    assert filled(officer, url_of(ours.action))["target-1-due_year"] == ""


def test_an_offered_due_year_that_is_cleared_makes_no_target(officer, ours):
    assert save(officer, url_of(ours.action), **{"target-0-due_year": ""}).status_code == 302
    assert not ours.action.statements.targets().exists()


def test_a_target_without_a_due_year_wants_a_reason_and_is_then_left_alone(officer, ours):
    typed = {"target-0-due_year": "", "target-0-text": "More reed."}
    (asked, _wanted) = errors_of(save(officer, url_of(ours.action), **typed))
    assert asked.startswith("By when is it to be reached?")
    typed["target-0-confirmed"] = "As soon as there is money."
    assert save(officer, url_of(ours.action), **typed).status_code == 302
    assert ours.action.statements.targets().get().due_year is None
    field = officer.get(url_of(ours.action)).content.decode().partition("field-due_year")[2]
    assert "Not filled in yet" in field.partition("field-value_")[0]
    again = save(officer, url_of(ours.action), **{"target-0-text": "More and more reed."})
    assert again.status_code == 302


def test_a_stored_target_without_a_due_year_is_asked_for_it_after_saving(officer, ours):
    make_statement(ours.action, "target", text="From a workbook.")
    data = filled(officer, url_of(ours.action), description="Typed anew.")
    response = officer.post(url_of(ours.action), data, follow=True)
    assert "by when is it to be reached?" in response.content.decode()


def test_a_target_is_compared_with_the_baseline_in_the_same_form(officer, ours):
    typed = {f"{TOTAL}_1": "20", "target-0-value_total_area_1": "15"}
    response = save(officer, url_of(ours.action), **typed)
    words = "starts from 20\u00a0km²; the target of 15\u00a0km² is worse."
    assert errors_of(response)[0].endswith(words)
    typed |= {"target-0-value_total_area_1": "200", "target-0-confirmed": "The sea is new."}
    assert save(officer, url_of(ours.action), **typed).status_code == 302
    unchanged = {"target-0-text": "With the sea."}
    assert save(officer, url_of(ours.action), **unchanged).status_code == 302


@pytest.mark.parametrize(
    "typed", [{"target-0-due_year": "2035"}, {"progress-0-date": "2026-03-01"}]
)
def test_a_target_or_report_that_says_nothing_is_told(officer, ours, typed):
    response = save(officer, url_of(ours.action), **typed)
    assert errors_of(response) == ["Give a figure, or say it here in words."]
    assert ours.action.statements.count() == 1


def test_the_unit_that_the_city_uses_is_offered(officer, ours):
    other = make_action(ours.city, "access-to-nature")
    unit = {
        "own": "target-0-value_natural_area_2",
        "beside": "target-0-value_total_area_2",
        "elsewhere": "baseline-0-value_green_blue_area_2",
    }
    assert filled(officer, url_of(ours.action))[unit["own"]] == "km2"
    typed = {"baseline-0-value_natural_area_1": "500", "baseline-0-value_natural_area_2": "ha"}
    save(officer, url_of(ours.action), **typed)
    shown = filled(officer, url_of(ours.action))
    assert (shown[unit["own"]], shown[unit["beside"]]) == ("ha", "km2")
    assert filled(officer, url_of(other))[unit["elsewhere"]] == "ha"


def test_what_was_typed_outlives_a_change_by_somebody_else(as_, ours):
    officer, colleague = as_("officer"), as_("colleague")
    typed = {
        "description": "Mine.",
        f"{TOTAL}_1": "14",
        "target-0-value_natural_area_1": "9",
        "progress-0-date": "2026-03-01",
        "progress-0-text": "Half of it.",
    }
    form = filled(officer, url_of(ours.action), **typed)
    save(colleague, url_of(ours.action), **{f"{TOTAL}_1": "13", "target-0-text": "Theirs."})
    answer = officer.post(url_of(ours.action), form)
    assert "Somebody else changed this meanwhile" in answer.content.decode()
    kept = fields_of(answer.content.decode())
    targets = [kept[name] for name in kept if name.startswith("target-") and "_area_1" in name]
    assert "9" in targets
    assert {name: kept[name] for name in typed if not name.startswith("target")} == {
        name: value for name, value in typed.items() if not name.startswith("target")
    }
    assert total_area(ours).number == 13


def test_data_of_a_year_to_come_are_refused(officer, ours):
    response = save(officer, url_of(ours.action), **{"baseline-0-year": "2099"})
    assert errors_of(response) == ["This year is still to come."]


def test_who_only_reads_sees_the_figures(as_, ours):
    page = as_("reviewer").get(url_of(ours.action)).content.decode()
    assert "<strong>12 km²</strong>" in page
    assert 'name="_save"' not in page


def test_no_more_actions_and_statements_than_a_page_can_show(officer, ours, settings):
    settings.CITY_MAX_ACTIONS, settings.ACTION_MAX_STATEMENTS = 1, 1
    response = save(officer, form_of_new_action("carbon"), description="One more.")
    assert errors_of(response) == [
        "Our City would have 2 actions; at most 1 fit on its page. Put what belongs together into "
        "one action, or remove actions that are over."
    ]
    target = {"target-0-due_year": "2030", "target-0-text": "More of it."}
    (error,) = errors_of(save(officer, url_of(ours.action), **target))
    assert "would have 2 starting points, targets and progress reports; at most 1 fit" in error
    assert save(officer, url_of(ours.action), description="Typed anew.").status_code == 302


# Key figures.


def help_of(page):
    form = page.context["adminform"].form
    return str(form.fields["key_measure"].help_text)


def test_the_form_says_which_figures_are_shown_and_takes_a_choice(officer, ours):
    url = url_of(ours.action)
    page = officer.get(url)
    assert "The city has chosen none, so the platform does. Shown now: action 1, “" in help_of(page)
    assert [
        str(label) for _value, label in page.context["adminform"].form.fields["key_measure"].choices
    ] == [
        "No key figure",
        "Total area of land under the city jurisdiction",
        "Area of converted or transformed land",
        "Area of natural and semi-natural land",
    ]
    converted = ours.action.action_type.measures.get(key="converted_area")
    with writing():
        Action.objects.update(updated_on=YESTERDAY)
    assert save(officer, url, key_measure=str(converted.pk)).status_code == 302
    ours.action.refresh_from_db()
    assert ours.action.key_measure == converted
    assert ours.action.updated_on == YESTERDAY  # it is no news of the action
    told = help_of(officer.get(url))
    assert "Chosen for action 1, but without a number now, so not shown." in told


def test_a_fifth_key_figure_is_refused_with_the_four(officer, ours):
    kinds = ("urban-heat", "carbon", "water-pollution", "protected-areas")
    with writing():
        for kind in kinds:
            one = make_action(ours.city, kind)
            one.key_measure = one.action_type.measures.first()
            one.save()
    measure = ours.action.action_type.measures.first()
    response = save(officer, url_of(ours.action), key_measure=str(measure.pk))
    [error] = errors_of(response)
    assert error.startswith(
        "A city has at most 4 key figures, and these are chosen already: action"
    )
    assert error.count("action ") == 4
    ours.action.refresh_from_db()
    assert ours.action.key_measure is None


def test_a_figure_of_the_text_stands_beside_its_field_and_is_not_filled_in(officer, ours):
    action = make_action(ours.city, "protected-areas", description="生态修复8万余亩，新植50余株。")
    page = officer.get(url_of(action)).content.decode()
    assert page.count("“8万余亩” stands in the text: more than 80,000 mu.") == 2, "two areas"
    assert "“50余株” stands in the text (more than 50). A figure of your own" in page
    assert 'name="baseline-0-value_protected_area_1" value' not in page
    assert page.count('class="take" hidden') == page.count('class="take"') == 3
