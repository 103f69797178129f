"""The petals of a city: what its record says of each action, in the order of the chapter."""

import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from actions.petals import Petal, as_json, petals_from, petals_of
from actions.record import ActionRecord, ActionsRecord, StatementRecord, ValueRecord

DAY = datetime.date(2026, 6, 6)


def rows(*found):
    return {row.code: row for row in found}


def row(code, position=0, **fields):
    return SimpleNamespace(code=code, position=position, **fields)


CATALOGUE = SimpleNamespace(
    areas=rows(row("protect", number=1, position=1), row("use", number=2, position=2)),
    commitments=rows(
        row("soil", area="use"), row("water", 2, area="protect"), row("trees", 1, area="protect")
    ),
    action_types=rows(
        row("soils", commitment="soil"),
        row("rivers", commitment="water"),
        row("woods", commitment="trees"),
    ),
    measures=rows(
        row("length", kind="number", falls=False), row("width", kind="number", falls=False)
    ),
)


def statement(kind, year=None, **amounts):
    values = tuple(
        ValueRecord(measure=code, precision="", amount=Decimal(amount))
        for code, amount in amounts.items()
    )
    return StatementRecord(id=1, kind=kind, updated_on=DAY, year=year, values=values)


def petals(*actions):
    known = tuple(
        ActionRecord(
            number=number, action_type=kind, description={}, updated_on=DAY, statements=statements
        )
        for number, (kind, *statements) in enumerate(actions, 1)
    )
    return petals_of(SimpleNamespace(actions=ActionsRecord(actions=known)), CATALOGUE)


def test_petals_stand_in_the_order_of_the_chapter():
    found = petals(("soils",), ("rivers", statement("baseline")), ("woods",), ("unknown",))
    assert found == (
        Petal(1, False, False, commitment=1),
        Petal(1, True, False, commitment=2),
        Petal(2, False, False, commitment=3),
    )


@pytest.mark.parametrize(
    ("statements", "share"),
    [
        ([statement("target", length=30)], None),
        ([statement("baseline"), statement("target", length=30)], None),
        (
            [
                statement("baseline", 2020, length=10),
                statement("progress", 2024, length=25),
                statement("target", length=30),
            ],
            "0.75",
        ),
        # The measure, and the target, that is farthest away counts.
        (
            [
                statement("baseline", 2020, length=0, width=0),
                statement("progress", 2024, length=3, width=1),
                statement("target", length=4, width=4),
                statement("target", length=3),
            ],
            "0.25",
        ),
    ],
)
def test_the_share_of_a_petal_is_that_of_its_targets(statements, share):
    (petal,) = petals(("woods", *statements))
    assert (petal.has_target, petal.share) == (True, share and Decimal(share))


def test_petals_come_back_from_json_as_they_were():
    known = (
        Petal(1, True, True, Decimal("0.29"), commitment=1),
        Petal(2, False, True, commitment=2),
        Petal(3, False, False, commitment=3),
    )
    assert petals_from(as_json(known)) == known
