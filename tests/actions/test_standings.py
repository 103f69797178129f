"""Where a city stands, told from the records of its actions; no database is asked."""

import datetime
from decimal import Decimal

from actions.record import ActionRecord, StatementRecord, ValueRecord
from actions.standings import standings
from tests.records import shipped_catalogue

TYPE, AREA = "natural-areas", "natural-areas.total_area"
TODAY = datetime.date(2026, 1, 1)


def day(year):
    return datetime.date(year, 5, 1)


def number(amount, measure=AREA):
    return ValueRecord(measure=measure, precision="exactly", amount=Decimal(amount))


def statement(kind, *values, **fields):
    return StatementRecord(id=1, kind=kind, updated_on=TODAY, values=values, **fields)


def action(*statements, number=1, action_type=TYPE):
    return ActionRecord(
        number=number,
        action_type=action_type,
        description={"en": "Hedges."},
        updated_on=TODAY,
        statements=statements,
    )


def standing(*actions):
    return standings(actions, shipped_catalogue()).get(AREA)


def test_the_newest_progress_stands_before_the_baseline_and_no_target_does():
    natural = "natural-areas.natural_area"
    told = standings(
        [
            action(
                statement("baseline", number(10), number(4, natural), year=2025),
                statement("progress", number(11), date=day(2023)),
                statement("progress", number(12), date=day(2024)),
                statement("target", number(20), due_year=2030),
            )
        ],
        shipped_catalogue(),
    )
    newest = told.pop(AREA)
    assert (newest.amount, newest.kind, newest.day) == (12, "progress", day(2024))
    assert [one.kind for one in told.values()] == ["baseline"]


def test_a_city_with_several_actions_of_a_type_stands_once_with_its_newest():
    newest = standing(
        action(statement("progress", number(5), date=day(2022)), number=1),
        action(statement("progress", number(7), date=day(2024)), number=2),
        action(number=3),
    )
    assert (newest.amount, newest.number) == (7, 2)


def test_words_count_only_where_there_is_no_number():
    words = action(statement("progress", text={"en": "A third."}, date=day(2024)), number=2)
    assert standing(words).said == "words"
    told = standing(action(statement("baseline", number(3), year=2020)), words)
    assert (told.said, told.amount) == ("number", 3)
    assert standing(action(statement("target", text={"en": "All of it."}))) is None


def test_a_status_and_words_of_a_value_have_no_precision():
    status = ValueRecord(measure="wild-species-trade.status", precision="exactly", status="partly")
    trade = action(statement("baseline", status), action_type="wild-species-trade")
    (told,) = standings([trade], shipped_catalogue()).values()
    assert (told.said, told.amount, told.precision) == ("partly", None, "")


def test_a_day_that_the_city_did_not_give_is_that_of_the_update():
    told = standing(action(statement("baseline", number(3))))
    assert (told.day, told.is_day_given) == (TODAY, False)
    assert standing(action(statement("baseline", number(3), year=2020))).is_day_given


def test_a_measure_of_another_type_and_a_type_that_is_gone_have_no_standing():
    other = statement("baseline", number(3))
    assert standing(action(other, action_type="restoration")) is None
    assert standing(action(other, action_type="no-longer-there")) is None
