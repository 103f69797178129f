"""A city at a glance: its sentence, key figures, target board and areas."""

import datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from actions.record import CommitmentRecord
from tests.records import (
    make_action_record,
    make_record,
    make_statement_record,
    make_value_record,
    shipped_catalogue,
)

from .samples import make_document

MEASURES = shipped_catalogue().measures
GREEN, PROTECTED = "urban-heat.green_cover", "protected-areas.protected_area"
TOTAL, NATURAL = "natural-areas.total_area", "natural-areas.natural_area"
WATER, CAMPAIGNS = "water-pollution.share_good_quality", "nature-experiences.campaigns"
LANDFILL, STATUS = "other-pollution.landfill_per_person", "nature-based-solutions.status"


def told(kind, values=None, **fields):
    return make_statement_record(kind, values or {}, **fields)


def start(values=None, **fields):
    return told("baseline", values, **fields)


def goal(values=None, **fields):
    return told("target", values, **fields)


def report(day, values=None, **fields):
    return told("progress", values, date=datetime.date.fromisoformat(day), **fields)


def action(number, code, *statements, **fields):
    """An action about the measure `code`, by which its type is known."""
    return make_action_record(MEASURES[code].action_type, *statements, number=number, **fields)


def glance_of(*actions, made=(), **city):
    commitments = [CommitmentRecord(commitment=code) for code in made]
    return make_document(make_record(city=city, commitments=commitments, actions=actions)).glance


# Anji, the hard case.


def test_anji_is_told_by_what_it_has(anji_document):
    glance = anji_document.glance
    assert str(glance.sentence) == (
        "30 actions under 13 commitments. 18 say where they start, 9 of them in figures. "
        "One names a target, without a figure or a year."
    )
    assert [f"{fact.value} {fact.label}" for fact in glance.counts] == [
        "30 actions",
        "13 commitments made",
        "18 with a starting point",
        "1 with a target",
    ]
    assert str(glance.awards) == (
        "Profile: Frontrunner complete · Action Platform: Frontrunner complete"
    )
    assert [str(title) for title in glance.not_reported] == [
        "Nature Pathway",
        "City Biodiversity Index",
        "Tools & resources",
    ]


def test_anji_shows_shares_and_areas_without_a_choice(anji_document):
    shown = [
        (one.action, f"{one.number} {one.unit}", str(one.scale.note or ""), str(one.when))
        for one in anji_document.glance.figures
    ]
    of = "of the total area in action 1, computed by us"
    assert shown == [
        (1, "1,499.18 km²", f"79% {of}", "year not given"),
        (4, "151.74 km²", f"8% {of}", "year not given"),
        (11, "100 %", "", "year not given"),
        (14, "74.43 %", "", "year not given"),
    ]
    scale = anji_document.glance.figures[1].scale
    assert (scale.share, str(scale.start), str(scale.end)) == (
        Decimal("0.0805"),
        "0",
        "1,886\u00a0km²",
    )


def test_areas_have_a_dot_for_what_each_action_has(anji_document):
    first, *_rest = areas = anji_document.glance.areas
    assert [(area.anchor, area.count, str(area.count_text)) for area in areas] == [
        ("area-1", 17, "17 actions"),
        ("area-2", 4, "4 actions"),
        ("area-3", 9, "9 actions"),
    ]
    assert [area.share for area in areas] == [Decimal(1), Decimal("0.2353"), Decimal("0.5294")]
    dots = {one.number: one for line in first.commitments for one in line.actions}
    assert (dots[2].has_start, dots[2].has_target) == (False, False)
    assert (dots[16].has_start, dots[16].has_target, dots[16].has_progress) == (True, True, False)


def test_an_action_has_one_line(anji_document):
    lines = {one.number: (one.key_figure, one.state) for one in anji_document.actions.actions}
    assert {
        number: (str(lines[number][0]), lines[number][1]) for number in (2, 4, 6, 14, 16, 30)
    } == {
        2: ("None", "no-target"),
        4: ("151.74\u00a0km²", "no-target"),
        6: ("in words", "no-target"),
        14: ("74.43%", "no-target"),
        16: ("in words", "in-words"),
        30: ("more than 356", "no-target"),
    }


# The sentence.

A_START, A_GOAL = {GREEN: 20}, {GREEN: 30}
LATER = {"due_year": 2030}


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        ([()], "One action under one commitment. It names no start yet. No targets yet."),
        (
            [[start({GREEN: 20}), goal({GREEN: 30}, **LATER)]],
            "One action under one commitment. It says where it starts, in figures. "
            "It names a target, with a figure and a year.",
        ),
        (
            [[start(text={"en": "Few."})], [], [], [goal(text={"en": "More."}, due_year=2030)]],
            "Four actions under one commitment. One says where it starts, in words. "
            "One names a target, with a year, without a figure.",
        ),
        (
            [[start({GREEN: 20}), goal({GREEN: 30})]] * 2,
            "Two actions under one commitment. All say where they start, all of them in figures. "
            "All name a target, with a figure, without a year.",
        ),
        (
            [[goal({GREEN: 30})], [goal(due_year=2030)], []],
            "Three actions under one commitment. Where they start is not said yet. "
            "Two name a target, none of them with both a figure and a year.",
        ),
        (
            [[start({GREEN: 20}), goal({GREEN: 30}, **LATER)], [goal()], []],
            "Three actions under one commitment. One says where it starts, in figures. "
            "Two name a target, 1 of them with a figure and a year.",
        ),
        (
            [[]] * 11,
            "11 actions under one commitment. Where they start is not said yet. No targets yet.",
        ),
    ],
)
def test_the_sentence_counts_plainly(statements, words):
    actions = [action(n, GREEN, *own) for n, own in enumerate(statements, start=1)]
    assert str(glance_of(*actions).sentence) == words


REACHED = [start({GREEN: 20}), goal({GREEN: 10}, due_year=2020), report("2024-01-01", {GREEN: 5})]
ON_TRACK = [start({GREEN: 20}, year=2020), goal(A_GOAL, **LATER), report("2025-01-01", {GREEN: 29})]
BEHIND = [start({GREEN: 20}, year=2020), goal(A_GOAL, **LATER), report("2025-01-01", {GREEN: 21})]
OVERDUE = [start({GREEN: 20}), goal(A_GOAL, due_year=2020)]
OPEN = [start({GREEN: 20}), goal(A_GOAL, **LATER)]


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ([OPEN], ""),
        ([BEHIND], "The target is behind."),
        ([OVERDUE, OPEN], "One target can be judged: it is overdue."),
        ([REACHED, ON_TRACK], "All 2 targets are reached or on track."),
        ([REACHED, ON_TRACK, BEHIND], "2 of 3 targets are reached or on track."),
        ([REACHED, BEHIND, OPEN], "1 of 2 targets that can be judged is reached or on track."),
        ([OVERDUE, BEHIND], "None of 2 targets is reached or on track."),
    ],
)
def test_the_sentence_says_how_far_targets_are(kinds, words):
    actions = [action(n, GREEN, *own) for n, own in enumerate(kinds, start=1)]
    assert str(glance_of(*actions).sentence).endswith(f"a year. {words}".rstrip())


def test_a_city_without_actions_says_what_will_stand_here():
    glance = glance_of()
    words = "What the city does for nature will stand here, action by action."
    assert str(glance.sentence) == words
    assert (glance.counts, glance.figures, glance.targets, glance.areas) == ((), (), (), ())
    assert glance.awards is None
    assert len(glance.not_reported) == 4
    glance = glance_of(made=["ecosystems"])
    assert str(glance.sentence) == f"One commitment is made. {words}"
    [[line]] = [area.commitments for area in glance.areas]
    assert (line.code, line.count, line.actions) == ("ecosystems", 0, ())


def test_commitments_without_an_action_are_counted_apart():
    sentence = str(glance_of(action(1, GREEN), made=["climate", "ecosystems"]).sentence)
    assert "One action under one commitment. One more commitment has no action yet." in sentence


# Key figures.

SEVERAL = (
    action(1, LANDFILL, start({LANDFILL: "0.4"}, year=2024)),
    action(2, GREEN, start({GREEN: "20.5"}, year=2024)),
    action(3, PROTECTED, start({PROTECTED: 8}, year=2024)),
    action(4, CAMPAIGNS, start({CAMPAIGNS: 1200}, year=2024)),
    action(5, WATER, start({WATER: 60}, year=2024)),
)


def numbers_of(glance):
    return [(one.action, str(one.number), one.unit and str(one.unit)) for one in glance.figures]


def test_numbers_with_a_scale_come_first_then_amounts_and_counts():
    assert numbers_of(glance_of(*SEVERAL, area_km2=Decimal(100))) == [
        (3, "8", "km²"),
        (5, "60", "%"),
        (2, "20.5", "%"),
        (1, "0.4", "t/person/year"),
    ]
    # Without the area of the city, nobody can tell how much of it is protected.
    assert [one[0] for one in numbers_of(glance_of(*SEVERAL))] == [5, 2, 3, 1]


def test_what_the_city_has_chosen_is_shown_and_nothing_else():
    chosen = [replace(one, key_measure=CAMPAIGNS) if one.number == 4 else one for one in SEVERAL]
    assert numbers_of(glance_of(*chosen)) == [(4, "1,200", None)]


def test_a_choice_without_a_number_is_passed_over():
    empty = action(6, STATUS, start({STATUS: "yes"}), key_measure=GREEN)
    [last] = [one for one in SEVERAL if one.number == 2]
    only = glance_of(last, empty)
    assert numbers_of(only) == [(2, "20.5", "%")]


def test_a_chosen_measure_goes_before_the_main_one():
    values = {TOTAL: 100, NATURAL: 40}
    own = action(1, TOTAL, start(values), key_measure=TOTAL)
    document = make_document(make_record(actions=[own]))
    assert numbers_of(document.glance) == [(1, "100", "km²")]
    assert document.glance.figures[0].scale is None  # it is the scale itself
    assert str(document.actions.actions[0].key_figure) == "100\u00a0km²"
    own = replace(own, key_measure="")
    assert numbers_of(glance_of(own)) == [(1, "40", "km²")]


def test_more_than_four_that_colleagues_chose_at_once_are_cut():
    chosen = [replace(one, key_measure=one.statements[0].values[0].measure) for one in SEVERAL]
    assert [one[0] for one in numbers_of(glance_of(*chosen))] == [3, 5, 1, 2]


def test_the_newest_number_is_shown_with_its_day_and_source():
    exact = report("2025-06-30", {GREEN: 22}, source={"en": "Survey"})
    older = report("2023-06-30", {GREEN: 21})
    [figure] = glance_of(action(1, GREEN, start({GREEN: 20}, year=2020), exact, older)).figures
    assert (str(figure.number), str(figure.when), str(figure.source)) == (
        "22",
        "30 June 2025",
        "Survey",
    )
    # Progress from before the year of the baseline is no news, for targets neither.
    [figure] = glance_of(action(1, GREEN, start({GREEN: 20}, year=2024), older)).figures
    assert (str(figure.number), str(figure.when)) == ("20", "2024")


def test_a_number_keeps_its_precision_and_its_unit():
    value = make_value_record(MEASURES[PROTECTED], 860, unit="ha", precision="more-than")
    [figure] = glance_of(action(1, PROTECTED, start([value])), area_km2=Decimal(310)).figures
    assert (str(figure.number), str(figure.unit)) == ("more than 860", "ha")
    assert str(figure.scale.note) == "3% of the city, computed by us"


@pytest.mark.parametrize(
    ("area", "note"),
    [
        ("0.04", "0.1% of the city, computed by us"),
        ("0.5", "0.5% of the city, computed by us"),
        ("99.9", "99% of the city, computed by us"),
        ("100", "100% of the city, computed by us"),
        ("101", None),
    ],
)
def test_an_area_is_a_share_of_the_city_unless_it_is_larger(area, note):
    city = {"area_km2": Decimal(100)}
    [figure] = glance_of(action(1, PROTECTED, start({PROTECTED: area})), **city).figures
    assert (figure.scale and str(figure.scale.note)) == note


# The target board.


def board(*actions):
    return [
        [one and str(one) for one in (row.start, row.now, row.goal, row.due)]
        + [row.state, row.share]
        for row in glance_of(*actions).targets
    ]


def test_a_row_tells_start_now_and_target():
    assert board(action(1, GREEN, *BEHIND)) == [
        ["20%", "21%", "30%", "2030", "behind", Decimal("0.1")]
    ]
    assert board(action(1, GREEN, *OPEN)) == [["20%", None, "30%", "2030", "no-data", None]]
    assert board(action(1, GREEN, goal(A_GOAL, **LATER), report("2025-01-01", {GREEN: 21}))) == [
        [None, "21%", "30%", "2030", "no-data", None]
    ]


@pytest.mark.parametrize(
    ("now", "share"), [(15, 0), (20, 0), (25, Decimal("0.5")), (30, 1), (40, 1)]
)
def test_the_share_of_the_way_is_never_less_than_nothing_or_more_than_all(now, share):
    [row] = board(
        action(
            1,
            GREEN,
            start({GREEN: 20}, year=2020),
            goal(A_GOAL, **LATER),
            report("2025-01-01", {GREEN: now}),
        )
    )
    assert row[-1] == share


def test_a_target_for_less_is_measured_the_other_way():
    falls = [
        start({LANDFILL: "0.4"}),
        goal({LANDFILL: "0.2"}),
        report("2025-01-01", {LANDFILL: "0.3"}),
    ]
    assert board(action(1, LANDFILL, *falls))[0][-1] == Decimal("0.5")


def test_rows_come_by_what_can_be_judged_the_late_ones_first():
    words = [goal(text={"en": "Quiet nights."})]
    kinds = (words, OPEN, REACHED, ON_TRACK, BEHIND, OVERDUE)
    rows = glance_of(*(action(n, GREEN, *own) for n, own in enumerate(kinds, start=1))).targets
    assert [row.state for row in rows] == [
        "overdue",
        "behind",
        "on-track",
        "reached",
        "no-data",
        "no-data",
    ]
    assert [row.action for row in rows] == [6, 5, 4, 3, 2, 1]
    assert (str(rows[-1].goal), str(rows[-1].words), rows[-1].measure) == (
        "in words",
        "Quiet nights.",
        None,
    )
    assert str(rows[0].measure) == "Total green cover, share of the city"


def test_a_target_for_two_measures_has_a_row_and_a_state_for_each():
    values = {NATURAL: 50, "natural-areas.converted_area": 40}
    own = action(
        1,
        NATURAL,
        start({NATURAL: 40, "natural-areas.converted_area": 60}, year=2020),
        goal(values, **LATER),
        report("2025-01-01", {NATURAL: 50, "natural-areas.converted_area": 59}),
    )
    rows = glance_of(own).targets
    assert {row.state for row in rows} == {"reached", "behind"}
    assert [row.state for row in rows] == ["behind", "reached"]


@pytest.mark.parametrize(
    ("statements", "state", "words"),
    [
        ([], "no-target", "no target yet"),
        ([goal(text={"en": "More."})], "in-words", "target in words"),
        ([goal(text={"en": "More."}, due_year=2020)], "overdue", "overdue"),
        (OPEN, "no-data", "no data yet"),
        (ON_TRACK, "on-track", "on track"),
        ([*BEHIND, goal({GREEN: 10}, due_year=2028)], "behind", "behind"),
    ],
)
def test_an_action_says_how_far_its_targets_are(statements, state, words):
    document = make_document(make_record(actions=[action(1, GREEN, *statements)]))
    [entry] = document.actions.actions
    assert (entry.state, str(entry.state_text)) == (state, words)
