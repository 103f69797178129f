"""Which figures stand in a text: those of the first city, and the same in other scripts."""

import json
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from actions.figure_offers import offer_figures
from actions.figures_in_text import figures_in, offer_for
from actions.models import Statement
from actions.quantities import quantity_in
from actions.record import ActionsRecord

RECORD = Path(__file__).parents[1] / "report/records/anji-county.json"
STORED = json.loads(RECORD.read_text(encoding="utf-8"))["publication"]["record"]
ACTIONS = msgspec.convert(STORED["actions"], ActionsRecord, strict=False).actions

ANJI = {
    1: "25个 15个 9个 1个",
    2: "25个 15个 9个 1个",
    3: "1.7亿元 50余条 8万余亩",
    4: "3500亩 1万亩 700亩 5000亩",
    5: "17.8万亩 352.8万株",
    7: "近1000尾 1250余株 80只",
    8: "1242.5公顷",
    9: "17项",
    11: "4849个 100% 14个 20公里 295公顷 13个",
    12: "42个 144个 3个 21个 168个 60个",
    13: "1座",
    14: "117203.02公顷 324.64公顷 199.43公顷 22656.28公顷",
    17: "202.9万亩 71.7% 198.7万亩 59.62%",
    20: "339公顷 433.8公顷 14.45平方米 17.35平方米",
    21: "18场",
    23: "401.11亿元 320.82亿元 79.98% 80.29亿元 20.02%",
    24: "16件",
    25: "2000余吨 200万只 97% 660家",
    26: "6个 4个 4条",
    28: "100余条 256条",
    30: "93.72亿元 2.41亿元 2.57% 356名",
}


def found_in(text):
    return [
        (one.excerpt, one.number, one.unit, one.precision, str(one.kind))
        for one in figures_in(text)
    ]


def description_of(action):
    return next(iter(action.description.values()))


def test_all_figures_of_the_first_city_are_found_and_no_other():
    found = {
        action.number: " ".join(one.excerpt for one in figures_in(description_of(action)))
        for action in ACTIONS
    }
    assert {number: words for number, words in found.items() if words} == ANJI


def test_a_figure_that_is_found_is_read_alike_in_a_field():
    kinds = {"area": "ha", "percent": "percent", "count": "", "amount": None}
    for action in ACTIONS:
        text = description_of(action)
        for one in figures_in(text):
            unit = kinds[one.kind] if kinds[one.kind] is not None else one.unit
            read = quantity_in(one.excerpt, SimpleNamespace(kind=one.kind, unit=unit))
            assert (read.number, read.precision) == (one.number, one.precision), one
            assert text[one.start :].startswith(one.excerpt)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("生态修复8万余亩。", [("8万余亩", 80_000, "mu", "more-than", "area")]),
        (
            "The city covers 151.74 sq. km; 42.5% is forest. Over 3,500 trees by 2030.",
            [
                ("151.74 sq. km", Decimal("151.74"), "km2", "", "area"),
                ("42.5%", Decimal("42.5"), "percent", "", "percent"),
                ("Over 3,500 trees", 3500, "", "more-than", "count"),
            ],
        ),
        (
            "Ley 1333 de 2009: 2 millones de árboles",
            [("2 millones de árboles", 2e6, "", "", "count")],
        ),
        ("более 1,5 тыс. га лесов", [("более 1,5 тыс. га", 1500, "ha", "more-than", "area")]),
        ("ปลูก 12 พันธุ์ ประมาณ 3 แสนต้น", [("ประมาณ 3 แสนต้น", 300_000, "", "about", "count")]),
        ("أكثر من ١٢٠٠ فدان", [("أكثر من ١٢٠٠ فدان", 1200, "feddan", "more-than", "area")]),
        ("लगभग 5 लाख पौधे", [("लगभग 5 लाख पौधे", 500_000, "", "about", "count")]),
        ("약 3.5헥타르", [("약 3.5헥타르", Decimal("3.5"), "ha", "about", "area")]),
        ("节约2000吨", [("2000吨", 2000, "t", "", "amount")]),
        ("1 886,32 ha of it", [("1 886,32 ha", Decimal("1886.32"), "ha", "", "area")]),
        ("It covers 1,886 km2.", [("1,886 km2", None, "km2", "", "area")]),
    ],
)
def test_figures_are_found_in_any_script(text, expected):
    assert found_in(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "2021-2035年", "2023年5月12日", "第3次", "《五年规划100公顷》", "10分钟", "119°14'"),
        *("550吨/日", "0.3场/万人", "Act 12 of 2004", "in 2023 trees were planted", "15-20 ha"),
        *(
            "50 t per day",
            "PM2.5",
            "at least 500 trees",
            "500亩以上",
            "5 more",
            "4+X",
            "3 mornings",
        ),
        *("5 billion trees", "12:30 m"),
    ],
)
def test_years_dates_numbers_of_plans_and_rates_are_no_figures(text):
    assert figures_in(text) == []


def test_an_action_without_a_figure_is_offered_its_area_before_money():
    by_number = {action.number: action for action in ACTIONS}
    assert offer_for(by_number[3]).excerpt == "8万余亩"
    assert offer_for(by_number[7]).excerpt == "近1000尾"
    assert offer_for(by_number[6]) is None, "no figure stands there"
    assert offer_for(by_number[17]) is None, "it has one already"


def form_of(**fields):
    names = ("value_green", "value_trees", "description")
    own = {name: SimpleNamespace(offers=()) for name in names}
    return SimpleNamespace(fields=own, **{"initial": {}, **fields})


def test_fields_are_offered_what_they_can_take():
    area = SimpleNamespace(key="green", kind="area", unit="km2", is_numeric=True)
    trees = SimpleNamespace(key="trees", kind="count", unit="", is_numeric=True)
    action = SimpleNamespace(description="修复8万余亩，新植352.8万株，投入1.7亿元，减少2000余吨。")
    said = SimpleNamespace(text="")
    baseline = form_of(kind=Statement.Kind.BASELINE, instance=said, initial={"value_trees": 5})
    target = form_of(kind=Statement.Kind.TARGET, instance=SimpleNamespace(text="10万亩"))
    formsets = [SimpleNamespace(kind=form.kind, forms=[form]) for form in (baseline, target)]
    form = form_of()
    offer_figures(action, form, formsets, [area, trees])
    (offer,) = baseline.fields["value_green"].offers
    assert (offer.number, offer.unit, offer.precision) == ("80000", "mu", "more-than")
    assert offer.words == "more than 80,000 mu"
    assert baseline.fields["value_trees"].offers == (), "it has a value"
    assert [one.excerpt for one in target.fields["value_green"].offers] == ["10万亩"]
    left = [(own.excerpt, own.kind, own.unit) for own in form.fields["description"].offers]
    assert left == [("2000余吨", "amount", "t"), ("1.7亿元", "amount", "元")]
