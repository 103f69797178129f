"""What is new in a version, in one sentence."""

import datetime
from types import SimpleNamespace

import pytest

from publishing.news import news
from tests.records import (
    make_action_record,
    make_record,
    make_statement_record,
    shipped_catalogue,
)

DAY = datetime.date(2026, 6, 6)
COVER = "carbon.tree_cover"
START = make_statement_record("baseline", {COVER: "10"}, year=2020)
TARGET = make_statement_record("target", {COVER: "15"}, due_year=2030)
FAR_TARGET = make_statement_record("target", {COVER: "30"}, due_year=2040)
REPORT = make_statement_record("progress", {COVER: "15.5"}, date=datetime.date(2025, 1, 1))
SMALL = make_statement_record("progress", {COVER: "11"}, date=datetime.date(2024, 1, 1))

INDEX = SimpleNamespace(edition="2021", year=2024)


def told(before, after):
    return news(before, after, shipped_catalogue(), DAY)


def city(*statements, **more):
    return make_record(actions=[make_action_record("carbon", *statements)], **more)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (None, city(), "%(city)s published its profile with 1 action"),
        (None, make_record(), "%(city)s published its profile"),
        (city(START), city(START), None),
        (
            city(START, TARGET),
            city(START, TARGET, REPORT),
            "%(city)s reached a target: Tree cover, share of the city: 15%%",
        ),
        (
            city(START),
            city(START, TARGET),
            "%(city)s set a target: Tree cover, share of the city: 15%% by 2030",
        ),
        (
            city(START, TARGET),
            city(START, TARGET, FAR_TARGET, REPORT, assessments=[INDEX]),
            "%(city)s reached a target: Tree cover, share of the city: 15%%",
        ),
        (
            city(START),
            city(START, TARGET, FAR_TARGET, SMALL, assessments=[INDEX]),
            "%(city)s set 2 targets with a figure and a year",
        ),
        (
            city(START),
            city(START, SMALL, assessments=[INDEX]),
            "%(city)s scored the City Biodiversity Index for 2024",
        ),
        (
            city(START, assessments=[INDEX]),
            city(START, SMALL, assessments=[INDEX]),
            "%(city)s reported progress on 1 action",
        ),
        (city(START), city(START, SMALL), "%(city)s reported progress on 1 action"),
        (city(), city(START), "%(city)s said where 1 action starts"),
        (make_record(), city(), "%(city)s added 1 action"),
        (
            city(city={"population": 7}),
            city(city={"population": 8}),
            "%(city)s updated its profile: Population size changed",
        ),
    ],
)
def test_the_sentence_says_what_matters_most(before, after, words):
    said = told(before, after)
    assert said == words
    if said:
        assert (said % {"city": "Anji"}).startswith("Anji ")
