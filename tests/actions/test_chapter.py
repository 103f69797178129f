"""Chapter 2: what is printed of a city's actions, and how its values read."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.chapter import build
from actions.models import ActionArea, ActionType, CityCommitment, Commitment, Statement, Value
from catalogue.texts import Texts
from tests.factories import make_action, make_city, make_statement, writing

ON = datetime.date(2026, 11, 22)

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def city():
    return make_city("Writing City", content_language="zh-Hans")


def chapter_of(city):
    return build(city, Texts(), ON)


def baseline_of(city):
    return chapter_of(city).actions[0].baseline


def words(runs):
    return "".join(f"[{run.text}]" if run.strong else run.text.value for run in runs)


def test_values_stand_strong_and_grouped_in_the_official_sentence(city):
    make_action(
        city,
        "natural-areas",
        baseline={
            "total_area": Decimal("1886"),
            "converted_area": Decimal("386.82"),
            "natural_area": Decimal("1499.18"),
        },
    )
    assert words(baseline_of(city).sentence) == (
        "The total area of land under the city jurisdiction is currently [1,886\u00a0square km]. "
        "The total area of converted or transformed land is currently [386.82\u00a0square km]. "
        "The total area of natural/semi-natural areas is [1,499.18\u00a0square km]."
    )


def test_a_missing_value_reads_as_not_stated(city):
    make_action(city, "protected-areas", baseline={"protected_area": Decimal(3)})
    sentence = words(baseline_of(city).sentence)
    assert sentence.startswith("In our city there are (not stated) areas of particular")
    assert sentence.endswith("currently cover [3\u00a0square km].")


def test_a_gap_without_its_measure_reads_as_not_stated(city):
    """Staff write the sentence of an action type before they enter all its measures."""
    ActionType.objects.filter(code="carbon").update(
        baseline_template="There are {ponds} ponds and {tree_cover} of trees."
    )
    make_action(city, "carbon", baseline={"tree_cover": 30})
    assert words(baseline_of(city).sentence) == "There are (not stated) ponds and [30%] of trees."


def test_a_baseline_without_any_value_has_no_sentence(city):
    make_action(city, "carbon", baseline={})
    assert baseline_of(city).sentence == ()


def test_a_unit_that_the_measure_had_before_is_read_as_it_is(city):
    make_action(city, "protected-areas", baseline={"protected_area": Decimal(3)})
    Value.objects.update(unit="mu")
    assert "currently cover [3\u00a0mu]." in words(baseline_of(city).sentence)


@pytest.mark.parametrize(
    ("precision", "expected"),
    [
        ("exactly", "[356]"),
        ("more-than", "[more than 356]"),
        ("about", "[about 356]"),
        ("less-than", "[fewer than 356]"),
    ],
)
def test_precision_is_said_in_words(city, precision, expected):
    make_action(city, "finance-technical-support", baseline={"officials": Decimal(356)})
    with writing():
        value = Value.objects.get()
        value.precision = precision
        value.save()
    assert words(baseline_of(city).sentence).startswith(
        f"Currently, there are {expected} city officials assigned"
    )


def test_another_unit_reads_as_it_was_entered(city):
    action = make_action(city, "protected-areas", baseline={"protected_area": Decimal(250)})
    with writing():
        value = Value.objects.get(statement__action=action)
        value.unit = "ha"
        value.full_clean()
        value.save()
    assert "[250\u00a0hectares]" in words(baseline_of(city).sentence)


def test_the_citys_words_keep_their_language(city):
    make_action(city, "ecosystem-policies", baseline={"extent_or_names": "安吉城市总体规划"})
    run = next(run for run in baseline_of(city).sentence if run.strong)
    assert (run.text.value, run.text.language) == ("安吉城市总体规划", "zh-Hans")
    assert words(baseline_of(city).sentence).startswith(
        "Currently, ecosystem protection considerations are integrated into [安吉"
    )


@pytest.mark.parametrize(
    ("status", "start", "note"),
    [
        ("yes", "Currently, the city has a Monitoring, Evaluation and Learning", None),
        ("partly", "Currently, the city has elements of a Monitoring", "Wording of this platform"),
        ("no", "Currently, the city has no", "Wording of this platform"),
    ],
)
def test_a_status_has_a_sentence_of_its_own(city, status, start, note):
    make_action(city, "monitoring-learning", baseline={"status": status})
    baseline = baseline_of(city)
    assert words(baseline.sentence).startswith(start)
    assert (baseline.sentence_note and baseline.sentence_note.value) == note


def test_a_status_that_was_not_given_claims_nothing(city):
    make_action(city, "monitoring-learning", baseline={})
    assert baseline_of(city).sentence == ()


def test_the_labels_of_targets_and_progress_say_the_time(city):
    action = make_action(city, "urban-heat", baseline={"green_cover": Decimal(20)})
    make_statement(action, Statement.Kind.TARGET, {"green_cover": Decimal(30)}, due_year=2030)
    make_statement(action, Statement.Kind.TARGET, text="多种树")
    make_statement(
        action, Statement.Kind.PROGRESS, {"green_cover": "25.50"}, date=datetime.date(2026, 1, 5)
    )
    entry = chapter_of(city).actions[0]
    assert [statement.label.value for statement in entry.statements] == [
        "Baseline:",
        "Target for 2030:",
        "Target:",
        "Progress on 05 January 2026:",
    ]
    assert entry.progress[0].values[0].text.value == "25.5%"
    assert next(t for t in entry.targets if t.words).words.language == "zh-Hans"


def test_actions_stand_in_the_order_of_the_catalogue(city):
    for code in ("carbon", "natural-areas", "finance-technical-support", "urban-heat"):
        make_action(city, code)
    chapter = chapter_of(city)
    assert [area.number for area in chapter.areas] == [1, 3]
    assert [action.number for action in chapter.actions] == [2, 4, 1, 3]


def test_an_area_stands_once_also_where_two_have_the_same_place(city):
    ActionArea.objects.update(position=1)
    with writing():
        for commitment in Commitment.objects.all():
            CityCommitment.objects.create(city=city, commitment=commitment)
    assert [area.number for area in chapter_of(city).areas] == [1, 3, 2]  # by their codes


def test_a_commitment_that_was_not_made_is_not_called_made(city):
    make_action(city, "urban-heat", is_made=False)
    commitment = chapter_of(city).areas[0].commitments[0]
    assert (commitment.is_made, commitment.label.value) == (False, "Commitment not yet made:")


def test_a_commitment_without_actions_is_shown_with_its_empty_state(city):
    with writing():
        CityCommitment.objects.create(city=city, commitment=Commitment.objects.get(code="climate"))
    commitment = chapter_of(city).areas[0].commitments[0]
    assert (commitment.is_made, commitment.actions) == (True, ())
    assert commitment.empty.value.startswith("Writing City has not yet described")


def test_a_city_without_actions_says_so(city):
    chapter = chapter_of(city)
    assert (chapter.areas, chapter.actions) == ((), ())
    assert chapter.empty.value.startswith("Writing City has not yet shared any actions")


def test_every_sentence_reads_with_all_its_values(city):
    """No action type's sentence has a gap that cannot be filled."""
    samples = {"text": "plans", "status": "yes"}
    for action_type in ActionType.objects.exclude(baseline_template=""):
        given = {m.key: samples.get(m.kind, Decimal(1)) for m in action_type.measures.all()}
        make_action(city, action_type.code, baseline=given)
    entries = chapter_of(city).actions
    assert len(entries) == 18
    for entry in entries:
        text = words(entry.baseline.sentence)
        assert text and "(not stated)" not in text and "{" not in text, text


def test_the_queries_do_not_grow_with_the_actions(city):
    def measure():
        with CaptureQueriesContext(connection) as queries:
            chapter_of(city)
        return len(queries)

    make_action(city, "urban-heat", baseline={"green_cover": Decimal(1)})
    few = measure()
    for _ in range(15):
        action = make_action(city, "natural-areas", baseline={"total_area": Decimal(1)})
        make_statement(action, "target", {"total_area": Decimal(2)}, due_year=2030)
    assert measure() == few
