"""Chapter 2: what is printed of a city's actions, and how its values read."""

import datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from actions.chapter import build
from actions.models import Statement
from actions.plan_record import PlanRecord
from actions.record import CommitmentRecord, ValueRecord
from catalogue.atoms import Text
from hub.models import PublicResource
from report.plain import plain
from tests.records import (
    DAY,
    changed_catalogue,
    make_action_record,
    make_context,
    make_record,
    make_statement_record,
    make_value_record,
    shipped_catalogue,
)

BASELINE, TARGET, PROGRESS = Statement.Kind.BASELINE, Statement.Kind.TARGET, Statement.Kind.PROGRESS

TYPES = shipped_catalogue().action_types
MEASURES = shipped_catalogue().measures


def chapter_of(*actions, made=(), plans=(), **context):
    """The chapter of a city with these actions, which made the commitments of these codes."""
    record = make_record(
        city={"name": {"en": "Writing City"}, "language": "zh-Hans"},
        commitments=[CommitmentRecord(commitment=code) for code in made],
        actions=actions,
        plans=plans,
    )
    return build(record, make_context(**context))


def baseline_of(action_type, values, **context):
    """The baseline of an action of this type; `values` as for `make_statement_record`."""
    action = make_action_record(action_type, make_statement_record(BASELINE, values))
    return chapter_of(action, **context).actions[0].baseline


def words(runs):
    return "".join(f"[{run.text}]" if run.strong else run.text.value for run in runs)


def test_values_stand_strong_and_grouped_in_the_official_sentence():
    values = {
        "natural-areas.total_area": "1886",
        "natural-areas.converted_area": "386.82",
        "natural-areas.natural_area": "1499.18",
    }
    assert words(baseline_of("natural-areas", values).sentence) == (
        "The total area of land under the city jurisdiction is currently [1,886\u00a0square km]. "
        "The total area of converted or transformed land is currently [386.82\u00a0square km]. "
        "The total area of natural/semi-natural areas is [1,499.18\u00a0square km]."
    )


def test_a_missing_value_reads_as_not_stated():
    values = {"protected-areas.protected_area": 3}
    sentence = words(baseline_of("protected-areas", values).sentence)
    assert sentence.startswith("In our city there are (not stated) areas of particular")
    assert sentence.endswith("currently cover [3\u00a0square km].")


def test_a_gap_without_its_measure_reads_as_not_stated():
    """Staff write the sentence of an action type before they enter all its measures."""
    template = "There are {ponds} ponds and {tree_cover} of trees."
    changed = changed_catalogue(action_types=[replace(TYPES["carbon"], baseline_template=template)])
    baseline = baseline_of("carbon", {"carbon.tree_cover": 30}, catalogue=changed)
    assert words(baseline.sentence) == "There are (not stated) ponds and [30%] of trees."


@pytest.mark.parametrize("action_type", ["carbon", "monitoring-learning"])
def test_a_baseline_without_any_value_claims_nothing(action_type):
    assert baseline_of(action_type, {}).sentence == ()


def test_a_unit_that_the_measure_had_before_is_read_as_it_is():
    entered = make_value_record(MEASURES["protected-areas.protected_area"], 3)
    sentence = baseline_of("protected-areas", [replace(entered, unit="stremma")]).sentence
    assert "currently cover [3\u00a0stremma]." in words(sentence)


@pytest.mark.parametrize(
    ("precision", "expected"),
    [
        ("exactly", "[356]"),
        ("more-than", "[more than 356]"),
        ("about", "[about 356]"),
        ("less-than", "[fewer than 356]"),
    ],
)
def test_precision_is_said_in_words(precision, expected):
    measure = MEASURES["finance-technical-support.officials"]
    value = make_value_record(measure, 356, precision=precision)
    assert words(baseline_of("finance-technical-support", [value]).sentence).startswith(
        f"Currently, there are {expected} city officials assigned"
    )


def test_another_unit_reads_as_it_was_entered():
    value = make_value_record(MEASURES["protected-areas.protected_area"], 250, unit="ha")
    assert "[250\u00a0hectares]" in words(baseline_of("protected-areas", [value]).sentence)


def test_the_citys_words_keep_their_language():
    measure = MEASURES["ecosystem-policies.extent_or_names"]
    value = make_value_record(measure, "安吉城市总体规划", language="zh-Hans")
    sentence = baseline_of("ecosystem-policies", [value]).sentence
    run = next(run for run in sentence if run.strong)
    assert run.text == Text("安吉城市总体规划", "zh-Hans")
    assert words(sentence).startswith(
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
def test_a_status_has_a_sentence_of_its_own(status, start, note):
    baseline = baseline_of("monitoring-learning", {"monitoring-learning.status": status})
    assert words(baseline.sentence).startswith(start)
    assert (baseline.sentence_note and baseline.sentence_note.value) == note


def test_statements_stand_by_time_and_their_labels_say_it():
    key = "urban-heat.green_cover"
    action = make_action_record(
        "urban-heat",
        make_statement_record(PROGRESS, {key: 27}, date=datetime.date(2026, 3, 1)),
        make_statement_record(PROGRESS, {key: "25.50"}, date=datetime.date(2026, 1, 5)),
        make_statement_record(TARGET, text={"zh-Hans": "多种树"}),
        make_statement_record(TARGET, {key: 40}, due_year=2035),
        make_statement_record(TARGET, {key: 30}, due_year=2030),
        make_statement_record(BASELINE, {key: 20}),
    )
    entry = chapter_of(action).actions[0]
    assert [statement.label.value for statement in entry.statements] == [
        "Baseline:",
        "Target for 2030:",
        "Target for 2035:",
        "Target:",
        "Progress on 05 January 2026:",
        "Progress on 01 March 2026:",
    ]
    assert entry.progress[0].values[0].text.value == "25.5%"
    assert next(t for t in entry.targets if t.words).words.language == "zh-Hans"


def test_values_stand_in_the_order_of_their_measures():
    keys = ["other_share", "green_cover", "tree_share"]
    values = {f"urban-heat.{key}": 10 for key in keys}
    entry = baseline_of("urban-heat", values)
    assert [value.measure for value in entry.values] == ["green_cover", "tree_share", "other_share"]


def test_numbers_have_all_decimal_places_in_the_json():
    """As the JSON of a profile has always had them, whatever the record leaves out."""
    key = "protected-areas.protected_area"
    hectares = make_value_record(MEASURES[key], "250.50", unit="ha")
    most = make_value_record(MEASURES[key], 10**17)
    action = make_action_record(
        "protected-areas",
        make_statement_record(BASELINE, [hectares], year=2020),
        make_statement_record(TARGET, [most], due_year=2030),
    )
    entry = plain(chapter_of(action).actions[0])
    assert entry["baseline"]["values"][0]["number"] == "250.500000"
    assert [mark["amount"] for mark in entry["courses"][0]["marks"]] == [
        "2.505000000000",
        "100000000000000000.000000000000",
    ]


def test_a_source_is_the_citys_words_or_a_link_or_both():
    resource = PublicResource(id=7, title="Guide", language="fr")

    def source(**given):
        action = make_action_record("carbon", make_statement_record(BASELINE, **given))
        return chapter_of(action, resources=[resource]).actions[0].baseline

    assert source().source_label is None
    named = source(source={"fr": "Rapport"}, source_url="https://example.org/r")
    assert named.source == named.source_link.title == Text("Rapport", "fr")
    address = source(source_url="https://example.org/r").source_link
    assert address.title == Text("https://example.org/r", "en")
    linked = source(source_resource=7)
    assert linked.source_label and linked.source_resource.title == Text("Guide", "fr")
    hidden = source(source_resource=8)
    assert (hidden.source_label, hidden.source_resource) == (None, None)


def test_a_target_names_its_plan_with_a_link_where_there_is_one():
    plans = [
        PlanRecord(id=4, title={"zh-Hans": "湿地规划"}, year=2021, url="https://example.org/p"),
        PlanRecord(id=5, title={"fr": "Plan climat"}, resource=8),
        PlanRecord(id=6, title={"en": "Hidden"}, resource=9),
    ]
    targets = [
        make_statement_record(TARGET, text={"en": "More."}, due_year=2030 + pk, plan=pk)
        for pk in (4, 5, 6, 7)
    ]
    public = PublicResource(pk=8, title="Le plan", url="https://example.org/p8")
    chapter = chapter_of(make_action_record("carbon", *targets), plans=plans, resources=[public])
    one, other, hidden, taken_out = [target.plan for target in chapter.actions[0].targets]
    assert (one.name, one.year) == (Text("湿地规划 (2021)", "zh-Hans"), 2021)
    assert (one.link.url, one.resource) == ("https://example.org/p", None)
    assert (other.resource.url, other.resource.title) == ("/resources/8/", other.name)
    assert hidden.link is hidden.resource is taken_out is None
    assert plain(one)["title"] == {"value": "湿地规划", "language": "zh-Hans"}


def test_actions_stand_in_the_order_of_the_catalogue():
    codes = ("carbon", "natural-areas", "finance-technical-support", "urban-heat", "carbon")
    chapter = chapter_of(*(make_action_record(c, number=n) for n, c in enumerate(codes, start=1)))
    assert [area.number for area in chapter.areas] == [1, 3]
    assert [action.number for action in chapter.actions] == [2, 4, 1, 5, 3]


def test_an_area_stands_once_also_where_two_have_the_same_place():
    shipped = shipped_catalogue()
    areas = [replace(area, position=1) for area in shipped.areas.values()]
    chapter = chapter_of(made=shipped.commitments, catalogue=changed_catalogue(areas=areas))
    assert [area.number for area in chapter.areas] == [1, 3, 2]  # by their codes


def test_what_stands_in_no_list_of_the_catalogue_is_left_out():
    gone = ValueRecord(measure="urban-heat.gone", precision="exactly", number=Decimal(1))
    known = make_value_record(MEASURES["urban-heat.green_cover"], 20)
    statements = [
        make_statement_record(kind, [gone, known], date=DAY if kind == PROGRESS else None)
        for kind in Statement.Kind
    ]
    chapter = chapter_of(
        make_action_record("gone", number=1),
        make_action_record("urban-heat", *statements, number=2),
        made=["gone", "climate"],
    )
    (entry,) = chapter.actions
    assert entry.number == 2
    assert [len(statement.values) for statement in entry.statements] == [1, 1, 1]
    assert [fact.value.value for fact in chapter.summary][:2] == [1, 1]
    assert chapter_of(make_action_record("gone"), made=["gone"]).empty


@pytest.mark.parametrize(
    ("code", "given", "kind"),
    [
        ("carbon.tree_cover", 30, "text"),
        ("carbon.tree_cover", 30, "status"),
        ("monitoring-learning.status", "yes", "percent"),
        ("ecosystem-policies.extent_or_names", "all plans", "status"),
    ],
)
def test_a_value_of_the_kind_that_its_measure_had_before_is_read_as_it_is(code, given, kind):
    """Staff may change the kind once no city gives a value; an earlier record still has some."""
    value = make_value_record(MEASURES[code], given)
    changed = changed_catalogue(measures=[replace(MEASURES[code], kind=kind)])
    baseline = baseline_of(MEASURES[code].action_type, [value], catalogue=changed)
    assert str(given) in str(baseline.values[0].text).lower()


def test_a_commitment_that_was_not_made_is_not_called_made():
    commitment = chapter_of(make_action_record("urban-heat")).areas[0].commitments[0]
    assert (commitment.is_made, commitment.label.value) == (False, "Commitment not yet made:")


def test_a_commitment_without_actions_is_shown_with_its_empty_state():
    commitment = chapter_of(made=["climate"]).areas[0].commitments[0]
    assert (commitment.is_made, commitment.actions) == (True, ())
    assert commitment.empty.value.startswith("Writing City has not yet described")


def test_a_city_without_actions_says_so():
    chapter = chapter_of()
    assert (chapter.areas, chapter.actions) == ((), ())
    assert chapter.empty.value.startswith("Writing City has not yet shared any actions")


def test_every_sentence_reads_with_all_its_values():
    """No action type's sentence has a gap that cannot be filled."""
    samples = {"text": "plans", "status": "yes"}
    types = [row.code for row in TYPES.values() if row.baseline_template]
    for code in types:
        own = [measure for measure in MEASURES.values() if measure.action_type == code]
        given = {measure.code: samples.get(measure.kind, 1) for measure in own}
        text = words(baseline_of(code, given).sentence)
        assert text and "(not stated)" not in text and "{" not in text, text
    assert len(types) == 18
