"""Differences between two records: none is missed, and they read like the document."""

import datetime
import json
import types
import typing
from decimal import Decimal
from functools import cache
from itertools import permutations
from pathlib import Path

import msgspec
import pytest
from django.utils.translation import override
from msgspec.structs import replace

from actions.plan_record import PlanRecord
from actions.record import (
    CommitmentRecord,
    OwnFigureRecord,
    ValueRecord,
)
from catalogue import frozen
from catalogue.atoms import Text
from cbi.record import AssessmentRecord, ResultRecord
from hub.record import FileRecord, PictureRecord
from pathway.record import ItemRecord, ProgressRecord
from profiles.record import Record
from publishing.differences import differences, summary
from publishing.record import ProfileRecord, decode, encode
from tests.records import (
    DAY,
    make_action_record,
    make_record,
    make_statement_record,
    make_value_record,
    shipped_catalogue,
)
from website.editing import CHAPTERS

STORED = Path(__file__).parent.parent / "report" / "records"
FILE = FileRecord(token="t", name="map.pdf", media_type="application/pdf", size=9, sha256="f0")
PICTURE = PictureRecord(
    role="cover",
    file=replace(FILE, name="river.png", media_type="image/png"),
    width=80,
    height=60,
    alternative_text={"en": "A river."},
    credit="Kim Lens",
    place={"en": "The weir"},
)
PLAN = PlanRecord(
    id=4, title={"fr": "Plan climat"}, year=2021, url="https://example.org/plan", resource=9
)
FIGURE = OwnFigureRecord(code="own-1", name={"en": "Fish"}, kind="count", unit="fish", falls=True)
MOST_ROWS = 3
"""Of each list of a record, so many rows are changed one by one."""

KEYS = {
    *(("ActionRecord", "number"), ("StatementRecord", "id"), ("ValueRecord", "measure")),
    ("OwnFigureRecord", "code"),
    *(("CommitmentRecord", "commitment"), ("ProgressRecord", "step"), ("ItemRecord", "id")),
    *(("PictureRecord", "role"), ("PlanRecord", "id")),
    *(("AssessmentRecord", "edition"), ("AssessmentRecord", "year"), ("ResultRecord", "indicator")),
}
"""Fields that name a row: with another value it is another row."""

SEVERAL = {*KEYS, ("ResultRecord", "inputs"), ("ResultRecord", "unit")}
"""One change of these may be several differences, as a unit that all areas share."""


@cache
def stored_records():
    """Name → the record of a city that the tests of the document read."""
    found = {}
    for path in STORED.glob("*.json"):
        published = json.loads(path.read_text(encoding="utf-8"))["publication"]
        found[path.stem] = decode(json.dumps(published).encode())
    name, record = next(iter(found.items()))
    first, *others = record.actions.actions
    actions = (replace(first, own_figures=(FIGURE,)), *others)
    actions = replace(record.actions, actions=actions, plans=(PLAN,))
    found[name] = replace(record, pictures=(PICTURE,), actions=actions)
    return found


def told(before, after, catalogue=None, titles=None):
    return differences(before, after, catalogue or shipped_catalogue(), titles)


# Every change of every field. A field of a new kind fails here until `other_values` knows it.


def structs_in(kind):
    """The structs that a field of this type holds."""
    kinds = [kind, *typing.get_args(kind)]
    return [one for one in kinds if isinstance(one, type) and issubclass(one, Record)]


def fields_within(kind):
    """(name of a struct, name of a field without structs in it) for all that `kind` is made of."""
    for one in msgspec.structs.fields(kind):
        inner = structs_in(one.type)
        if not inner:
            yield kind.__name__, one.name
        for struct in inner:
            yield from fields_within(struct)


def other_values(value, kind):
    """(the field that was changed within, or None; another value) for a value of this type."""
    if isinstance(value, Record):
        for one in msgspec.structs.fields(value):
            for where, other in other_values(getattr(value, one.name), one.type):
                where = where or (type(value).__name__, one.name)
                yield where, replace(value, **{one.name: other})
    elif isinstance(value, tuple) and typing.get_args(kind)[0] is not int:
        for place, row in enumerate(value[:MOST_ROWS]):
            for where, other in other_values(row, type(row)):
                yield where, (*value[:place], other, *value[place + 1 :])
        if value:
            yield None, value[1:]
    else:
        for other in other_plain_values(value, kind):
            yield None, other


def other_plain_values(value, kind):
    kinds = typing.get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    if type(None) in kinds and value is not None:
        yield None
    match value:
        case None:
            samples = {int: 7, Decimal: Decimal("7.5"), datetime.date: DAY, FileRecord: FILE}
            yield samples.get(kinds[0], [{"label": "0 to 1", "points": 1}])
        case bool():
            yield not value
        case int():
            yield value + 1
        case Decimal():
            yield value + Decimal("0.0000001")
        case datetime.date():
            yield value + datetime.timedelta(days=1)
        case str():
            yield f"{value}x"
        case tuple():
            yield (*value, 999)
        case list():
            yield [*value, {"label": "more", "points": 5}]
        case dict():
            yield from other_dictionaries(value)
        case _:
            raise AssertionError(f"What is another value of {value!r}?")


def other_dictionaries(value):
    """Of texts by language, or of inputs by name."""
    yield {**value, "zz": "1"}
    for name, text in value.items():
        yield {**value, name: [*text, "1"] if isinstance(text, list) else f"{text}1"}
        yield {key: one for key, one in value.items() if key != name}
        yield {key if key != name else "cy": one for key, one in value.items()}


def test_no_change_of_any_field_goes_untold_and_each_is_told_once():
    changed = set()
    for record in stored_records().values():
        for where, other in other_values(record, ProfileRecord):
            changed.add(where)
            found = told(record, other)
            assert len(found) == 1 or where in SEVERAL and len(found) > 1, (where, found)
            for one in found:
                assert one.before != one.after, (where, found)
                assert one.label and one.chapter in CHAPTERS and one.path.startswith(one.row)
    assert {*fields_within(ProfileRecord)} <= changed


def test_what_is_equal_has_no_difference():
    for record in stored_records().values():
        assert told(record, decode(encode(record))) == []


@pytest.mark.parametrize("is_known", [True, False])
def test_any_two_records_are_told_apart_also_by_a_catalogue_that_knows_nothing(is_known):
    unknown = frozen.Catalogue("empty", {name: {} for name in frozen.LISTS})
    catalogue = shipped_catalogue() if is_known else unknown
    with override("ar"):
        for before, after in permutations(stored_records().values(), 2):
            paths = [one.path for one in told(before, after, catalogue=catalogue)]
            assert paths and len(paths) == len({*paths})


# How it reads


def action(*statements, **fields):
    return make_action_record("protected-areas", *statements, number=3, **fields)


def baseline(values=None, **fields):
    values = {"protected-areas.protected_area": 1886} if values is None else values
    return make_statement_record("baseline", values, id=12, **fields)


def area(number, unit="", **fields):
    measure = shipped_catalogue().measures["protected-areas.protected_area"]
    return [replace(make_value_record(measure, number, unit=unit), **fields)]


def assessment(result=None, year=2021, **fields):
    rows = () if result is None else (ResultRecord(**{"updated_on": DAY, **result}),)
    return AssessmentRecord(edition="2021", year=year, updated_on=DAY, results=rows, **fields)


def result(**fields):
    return {"indicator": "2021-natural-areas", **fields}


def item(pk=5, title="Plan", **fields):
    given = {"url": "https://example.org/plan", **fields}
    return ItemRecord(id=pk, step="set-baseline", title={"en": title}, **given)


def progress(state, **days):
    return ProgressRecord(step="set-baseline", state=state, **days)


LATER = datetime.date(2026, 6, 7)
TYPE = shipped_catalogue().action_types["protected-areas"].name
PLACE = f"Action 3: {TYPE}"
INDICATOR = (
    "Biodiversity index 2021, assessment of 2021 – "
    "Indicator 1: Proportion of Natural Areas in the City"
)
INPUTS = {"natural_area": "18.4", "city_area": "1000"}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            {"city": {"population": 4_200}},
            {"city": {"population": 5_000}},
            ("city.population", "changed", "", "Population size", "4,200", "5,000"),
        ),
        (
            {},
            {"city": {"latitude": Decimal("30.6"), "longitude": Decimal("119.7")}},
            ("city.latitude", "added", "", "Location", "", "30.6, 119.7"),
        ),
        (
            {"city": {"population_year": 2020}},
            {"city": {}},
            ("city.population_year", "removed", "", "Year of the population figure", "2020", ""),
        ),
        (
            {"city": {"about": {"en": "Green."}}},
            {"city": {"about": {"fr": "Green."}}},
            ("city.about", "changed", "", "About: language", "English", "French"),
        ),
        (
            {"commitments": [CommitmentRecord(commitment="climate")]},
            {},
            (
                *("commitments.climate", "removed", "The Action Platform", "Commitment Made"),
                *(shipped_catalogue().commitments["climate"].name, ""),
            ),
        ),
        (
            {},
            {"actions": [action(baseline(), description={"en": "Parks\nand woods."})]},
            ("actions.3", "added", PLACE, "Action", "", "Parks and woods."),
        ),
        (
            {"actions": [action(baseline())]},
            {"actions": [action(baseline(area(188_600, "ha", precision="about")))]},
            (
                *("actions.3.12.protected-areas.protected_area", "changed", PLACE),
                *("Baseline: Protected area", "1,886\u00a0square km"),
                "about 188,600\u00a0hectares",
            ),
        ),
        (
            {"actions": [action()]},
            {"actions": [action(baseline(due_year=2030))]},
            (
                *("actions.3.12", "added", PLACE, "Target for 2030", ""),
                "Protected area: 1,886\u00a0square km",
            ),
        ),
        (
            {"actions": [action(baseline())]},
            {"actions": [action(baseline(source_resource=8))]},
            (
                *("actions.3.12.source_resource", "added", PLACE),
                *("Baseline: Resource of the hub as source", "", "resource 8"),
            ),
        ),
        (
            {"actions": [action(updated_on=DAY)]},
            {"actions": [action(updated_on=LATER)]},
            (
                "actions.3.updated_on",
                "changed",
                PLACE,
                "Last update",
                "06 June 2026",
                "07 June 2026",
            ),
        ),
        (
            {"progress": [progress("under-way")]},
            {"progress": [progress("done")]},
            ("pathway.set-baseline.state", "changed", "STEP", "State", "Under way", "Done"),
        ),
        (
            {},
            {"progress": [progress("done", done_on=DAY)]},
            (
                *("pathway.set-baseline", "added", "STEP", "State", ""),
                "Done, finished on 06 June 2026",
            ),
        ),
        (
            {"items": [item(url="", file=FILE)]},
            {"items": [item(url="", file=replace(FILE, name="new.pdf", sha256="77", size=2_000))]},
            (
                *("pathway.set-baseline.5.file.name", "changed", "STEP", "“Plan”: Name"),
                *("map.pdf (PDF, 9\u00a0bytes)", "new.pdf (PDF, 2.0\u00a0KB)"),
            ),
        ),
        (
            {"items": [item(1, "Plan", position=1), item(2, "Map", position=2)]},
            {"items": [item(2, "Map", position=1), item(1, "Plan", position=2)]},
            (
                *("pathway.set-baseline.position", "changed", "STEP", "Order of the items"),
                *("Plan; Map", "Map; Plan"),
            ),
        ),
        (
            {"assessments": [assessment(result(own_points=2, reason={"en": "So."}))]},
            {"assessments": [assessment(result(own_points=3, reason={"en": "So."}))]},
            (
                *("cbi.2021.2021.2021-natural-areas.own_points", "changed", INDICATOR, "Points"),
                *("2 of 4 (self-assessed)", "3 of 4 (self-assessed)"),
            ),
        ),
        (
            {"assessments": [assessment(result(inputs=INPUTS))]},
            {"assessments": [assessment(result(inputs={**INPUTS, "natural_area": "20"}))]},
            (
                *("cbi.2021.2021.2021-natural-areas.inputs.natural_area", "changed", INDICATOR),
                "Total area of natural, restored and naturalised areas",
                *("18.4\u00a0ha", "20\u00a0ha"),
            ),
        ),
        (
            {},
            {"assessments": [assessment(result(own_points=2))]},
            (
                *("cbi.2021.2021", "added", "City Biodiversity Index", "Assessment", ""),
                f"{shipped_catalogue().editions['2021'].name}, 2021: points for 1 indicator",
            ),
        ),
        (
            {"resources": [8]},
            {},
            ("resources.8", "removed", "Tools & resources", "Resource", "resource 8", ""),
        ),
    ],
)
def test_a_difference_reads_like_the_document(before, after, expected):
    (one,) = told(make_record(**before), make_record(**after))
    step = shipped_catalogue().steps["set-baseline"]
    path, kind, place, *words = expected
    place = place.replace("STEP", f"{step.number}. {step.name}")
    assert (one.path, one.kind, one.place) == (path, kind, place)
    assert [one.label, str(one.before), str(one.after)] == words


def test_words_of_the_city_keep_their_language_and_titles_are_those_of_the_resources():
    before = make_record(city={"about": {"en": "Green."}})
    after = make_record(city={"about": {"ar": "أخضر"}}, resources=[8])
    about, resource = told(before, after, titles={8: Text("Wadi", "ar")})
    assert (about.before.language, about.after.language) == ("en", "ar")
    assert resource.after == Text("Wadi", "ar")


def test_texts_that_only_follow_the_language_of_the_city_are_not_told_one_by_one():
    before, after = (
        make_record(
            city={"language": tag, "about": {tag: "A"}},
            actions=[action(baseline(source={tag: "S"}), description={tag: "D"})],
        )
        for tag in ("en", "sw")
    )
    assert [one.path for one in told(before, after)] == ["city.language"]
    other = replace(after, city=before.city)  # the action has changed its language for itself
    assert [one.path for one in told(before, other)] == ["actions.3.description"]


def test_what_follows_from_a_change_is_not_told_beside_it():
    before = make_record(actions=[action(baseline())])
    newer = action(baseline(source={"en": "S"}, updated_on=LATER), updated_on=LATER)
    assert [one.path for one in told(before, make_record(actions=[newer]))] == [
        "actions.3.12.source"
    ]


def test_an_old_value_is_worded_by_the_figure_that_it_was_of():
    """Its own figure was deleted, and another one has its number now."""

    def version(name, given, **goal):
        figure = replace(FIGURE, name={"en": name}, unit=name.lower())
        value = ValueRecord(
            *("own-1", "exactly"), number=Decimal(given), unit=figure.unit, amount=Decimal(given)
        )
        target = make_statement_record("target", [value], **goal)
        own = (figure,)
        return make_record(actions=[action(baseline(values=[value]), target, own_figures=own)])

    before = version("Trees", 100, id=21, due_year=2029)
    after = version("Frogs", 7, id=22, due_year=2030)
    assert [(one.label, str(one.before), str(one.after)) for one in told(before, after)][2:] == [
        ("Baseline: Frogs", "Trees: 100\u00a0trees", "Frogs: 7\u00a0frogs"),
        ("Target for 2029", "Trees: 100\u00a0trees", ""),
        ("Target for 2030", "", "Frogs: 7\u00a0frogs"),
    ]


def test_differences_come_in_the_order_of_the_document():
    after = make_record(
        city={"website": "https://example.org", "about": {"en": "Green."}},
        commitments=[CommitmentRecord(commitment=code) for code in ("climate", "ecosystems")],
        actions=[make_action_record("restoration"), action()],
        progress=[progress("done"), ProgressRecord(step="commit-mobilize", state="done")],
        items=[item()],
        assessments=[assessment(year=2024), assessment(year=2021)],
        resources=[8],
    )
    assert [one.path for one in told(make_record(), after)] == [
        *("city.about", "city.website", "commitments.ecosystems", "actions.1", "actions.3"),
        *("commitments.climate", "pathway.commit-mobilize", "pathway.set-baseline"),
        *("pathway.set-baseline.5", "cbi.2021.2021", "cbi.2021.2024", "resources.8"),
    ]


# In short


def test_a_first_publication_is_told_as_what_each_chapter_has():
    record = make_record(actions=[make_action_record("restoration"), action()], resources=[8])
    found = told(None, record)
    assert [(one.path, one.kind, one.chapter) for one in found] == [
        ("city", "added", "overview"),
        ("actions", "added", "actions"),
        ("resources", "added", "resources"),
    ]
    assert str(found[0].after) == "Name, Language of the texts, Country, Address"
    assert summary(found) == "2 actions; 1 resource"
    assert summary(found[:1]) == "Profile overview"


def test_a_summary_counts_what_changed_and_stays_short():
    assert summary([]) == ""
    before = make_record(city={"population": 4_200}, actions=[make_action_record("restoration")])
    after = make_record(
        city={"population": 5_000},
        actions=[make_action_record("restoration", description={"en": "New."}), action()],
    )
    found = told(before, after)
    assert summary(found) == "Population size changed; 1 action added; 1 action changed"
    facts = make_record(city={"website": "https://example.org", "about": {"en": "A"}, "slug": "b"})
    assert summary(told(make_record(), facts)) == "3 facts about the city changed"
    full = told(stored_records()["anji-county"], stored_records()["al-waha"])
    assert len(summary(full)) <= 100 and summary(full).endswith("more")


def test_a_key_figure_is_named_as_the_catalogue_names_its_measure():
    plain = make_action_record("protected-areas")
    chosen = replace(plain, key_measure="protected-areas.protected_area")
    [found] = told(make_record(actions=[plain]), make_record(actions=[chosen]))
    assert (found.label, str(found.before), str(found.after)) == (
        "Key figure",
        "",
        "Protected area",
    )
    assert found.path == "actions.1.key_measure"
