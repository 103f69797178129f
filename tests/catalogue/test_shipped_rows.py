"""The shipped catalogue files, read as plain data: complete, and each row fits the others."""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest

PROJECT = Path(__file__).resolve().parents[2]
ROWS = {}
for app in ("catalogue", "profiles", "actions", "pathway", "cbi"):
    ROWS |= json.loads((PROJECT / app / "catalogue.json").read_text(encoding="utf-8"))

REFERENCES = [
    ("profiles.country", "region", "profiles.region"),
    ("actions.commitment", "area", "actions.actionarea"),
    ("actions.commitment", "kmgbf_targets", "catalogue.kmgbftarget"),
    ("actions.actiontype", "commitment", "actions.commitment"),
    ("actions.actiontype", "kmgbf_targets", "catalogue.kmgbftarget"),
    ("actions.measure", "action_type", "actions.actiontype"),
    ("pathway.step", "phase", "pathway.phase"),
    ("cbi.component", "edition", "cbi.edition"),
    ("cbi.indicator", "component", "cbi.component"),
]
REGIONLESS = {"AQ"}  # Antarctica: the United Nations M49 geoscheme has no region for it.


def codes(label):
    return [row["code"] for row in ROWS[label]]


def gaps(sentence):
    return [name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name]


@pytest.mark.parametrize(
    ("label", "count"),
    [
        ("catalogue.kmgbftarget", 23),
        ("catalogue.topic", 5),
        ("profiles.region", 5),
        ("profiles.country", 249),
        ("actions.actionarea", 3),
        ("actions.commitment", 13),
        ("actions.actiontype", 29),
        ("pathway.phase", 3),
        ("pathway.step", 9),
        ("cbi.edition", 2),
        ("cbi.component", 6),
        ("cbi.indicator", 51),
    ],
)
def test_every_official_row_is_there(label, count):
    assert len(ROWS[label]) == count


@pytest.mark.parametrize("label", ROWS)
def test_codes_are_unique_and_names_clean(label):
    assert [code for code, times in Counter(codes(label)).items() if times > 1] == []
    untidy = [
        row["code"]
        for row in ROWS[label]
        if not row["name"] or row["name"].split() != row["name"].split(" ")
    ]
    assert untidy == []


@pytest.mark.parametrize(
    "label",
    [
        "catalogue.kmgbftarget",
        "actions.actionarea",
        "pathway.phase",
        "pathway.step",
    ],
)
def test_numbers_count_up_from_one(label):
    numbers = [row["number"] for row in ROWS[label]]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(("label", "field", "target"), REFERENCES)
def test_references_lead_to_rows(label, field, target):
    named = [row[field] for row in ROWS[label] if row[field] is not None]
    flat = [code for value in named for code in (value if isinstance(value, list) else [value])]
    assert flat
    assert set(flat) - set(codes(target)) == set()


@pytest.mark.parametrize("label", ["actions.commitment", "actions.actiontype"])
def test_kmgbf_mapping_is_marked_as_inferred(label):
    assert all(row["kmgbf_targets"] and row["kmgbf_origin"] == "inferred" for row in ROWS[label])


def test_eighteen_action_types_have_a_baseline_sentence():
    assert sum(bool(row["baseline_template"]) for row in ROWS["actions.actiontype"]) == 18


def test_gaps_of_a_baseline_sentence_are_its_measures():
    for action_type in ROWS["actions.actiontype"]:
        measures = [m for m in ROWS["actions.measure"] if m["action_type"] == action_type["code"]]
        keys = [measure["key"] for measure in measures if measure["kind"] != "status"]
        assert gaps(action_type["baseline_template"]) == keys, action_type["code"]
        # A sentence without a gap is answered by one status; no sentence, nothing to answer.
        statuses = len(measures) - len(keys)
        assert statuses == (bool(action_type["baseline_template"]) and not keys), action_type[
            "code"
        ]


def test_measures_are_named_by_type_and_key():
    for measure in ROWS["actions.measure"]:
        assert measure["code"] == f"{measure['action_type']}.{measure['key']}"
        assert measure["origin"] == "ours"


def test_units_fit_the_kind_of_measure():
    units = {(measure["kind"], measure["unit"]) for measure in ROWS["actions.measure"]}
    assert units == {
        ("area", "km2"),
        ("percent", "percent"),
        ("amount", "t/person/year"),
        ("count", "count"),
        ("text", ""),
        ("status", ""),
    }


def test_only_a_status_has_its_own_sentences():
    official = {row["code"]: row["baseline_template"] for row in ROWS["actions.actiontype"]}
    statuses = [m for m in ROWS["actions.measure"] if m["kind"] == "status"]
    assert len(statuses) == 4
    for measure in ROWS["actions.measure"]:
        assert ("sentence_partly" in measure) == ("sentence_no" in measure) == (measure in statuses)
    for status in statuses:
        sentences = [
            official[status["action_type"]],
            status["sentence_partly"],
            status["sentence_no"],
        ]
        assert len(set(sentences)) == 3
        assert all(
            s.startswith("Currently, ") and s.endswith(".") and not gaps(s) for s in sentences
        )


def test_every_country_but_antarctica_has_a_region():
    without = {row["code"] for row in ROWS["profiles.country"] if row["region"] is None}
    assert without == REGIONLESS
    per_region = Counter(row["region"] for row in ROWS["profiles.country"] if row["region"])
    assert per_region == {
        "africa": 60,
        "asia-oceania": 80,
        "europe": 51,
        "latin-america-caribbean": 52,
        "north-america": 5,
    }


@pytest.mark.parametrize(
    ("country", "region"),
    [
        ("CN", "asia-oceania"),
        ("AU", "asia-oceania"),
        ("TR", "asia-oceania"),
        ("CY", "asia-oceania"),
        ("RU", "europe"),
        ("EG", "africa"),
        ("MX", "latin-america-caribbean"),
        ("GL", "north-america"),
    ],
)
def test_region_follows_the_un_geoscheme(country, region):
    assert {row["code"]: row["region"] for row in ROWS["profiles.country"]}[country] == region


def test_steps_stand_three_to_a_phase_with_questions_of_ours():
    assert Counter(step["phase"] for step in ROWS["pathway.step"]) == dict.fromkeys(
        codes("pathway.phase"), 3
    )
    for step in ROWS["pathway.step"]:
        assert step["questions_origin"] == "ours"
        assert step["questions"]
        assert all(question.endswith("?") for question in step["questions"])


@pytest.mark.parametrize(
    ("edition", "indicators", "points"),
    [("2021", [9, 5, 14], [36, 20, 56]), ("2014", [10, 4, 9], [40, 16, 36])],
)
def test_indicators_and_points_add_up(edition, indicators, points):
    [most] = [row["max_points"] for row in ROWS["cbi.edition"] if row["code"] == edition]
    components = [row for row in ROWS["cbi.component"] if row["edition"] == edition]
    assert [row["max_points"] for row in components] == points
    assert sum(points) == most
    parts = [
        [row for row in ROWS["cbi.indicator"] if row["component"] == component["code"]]
        for component in components
    ]
    assert [len(rows) for rows in parts] == indicators
    assert [sum(row["max_points"] for row in rows) for rows in parts] == points
    numbers = [row["number"] for rows in parts for row in rows]
    assert numbers == [*range(1, len(numbers) + 1)]


def test_bands_climb_from_0_to_4_without_overlap():
    scored = [row for row in ROWS["cbi.indicator"] if row.get("bands")]
    assert len(scored) == 9
    for indicator in scored:
        bands = indicator["bands"]
        assert [band["points"] for band in bands] == [0, 1, 2, 3, 4]
        assert bands[0]["min"] is None
        assert bands[-1]["max"] is None
        for lower, upper in zip(bands, bands[1:], strict=False):
            top, bottom = Decimal(lower["max"]), Decimal(upper["min"])
            both_hold_it = lower["max_inclusive"] and upper["min_inclusive"]
            assert top < bottom or (top == bottom and not both_hold_it), indicator["code"]


def test_bands_score_only_where_their_source_is_known():
    for indicator in ROWS["cbi.indicator"]:
        assert bool(indicator.get("bands")) == (indicator["bands_provenance"] != "not known")
        assert not indicator.get("bands") or indicator["sources"]
        unsure = indicator["name_provenance"].startswith(("unverified", "adapted", "heading"))
        assert indicator["origin"] == ("inferred" if unsure else "official")
