"""Values of the indicators, computed by hand beside the functions."""

from decimal import Decimal as D

import pytest

from cbi import formulas
from cbi.formulas import InputError, Method, Missing

NAMES = ("part", "whole")


@pytest.mark.parametrize(
    ("function", "given", "value"),
    [
        (formulas.share, (D(50), D(200)), D(25)),
        (formulas.share, (D(0), D(3)), D(0)),
        (formulas.share, (D(3), D(3)), D(100)),
        (formulas.share_of_sum, (D(1), D(3)), D(25)),
        (formulas.share_of_sum, (D(4), D(0)), D(100)),
        (formulas.effective_mesh_size, ([D(6), D(4)], D(10)), D("5.2")),
        (formulas.coherence, ([D(6), D(4)], D(10)), D(52)),
        (formulas.coherence, ([D(10)], D(10)), D(100)),
        (formulas.coherence, ([D(1), D(1), D(1), D(1)], D(4)), D(25)),
        (formulas.per_thousand, (D(120), D(400_000)), D("0.3")),
        (formulas.net_change, (D(300), D(12), D(5)), D(7)),
        (formulas.net_change, (D(300), D(0), D(5)), D(-5)),
        (formulas.number_given, (D(17),), D(17)),
    ],
)
def test_values(function, given, value):
    assert function(*given) == value


def test_restoration_by_area_or_else_by_types():
    names = ("restored", "degraded", "types_restored", "types")
    assert formulas.either_share(D(30), D(120), None, None, names) == 25
    assert formulas.either_share(None, None, D(3), D(4), names) == 75
    assert formulas.either_share(D(30), D(120), D(3), D(4), names) == 25
    with pytest.raises(Missing) as error:
        formulas.either_share(D(30), None, D(3), D(4), names)
    assert error.value.name == "degraded"


@pytest.mark.parametrize(
    ("function", "given", "place", "words"),
    [
        (formulas.share, (D(1), D(0)), 1, "zero"),
        (formulas.share, (None, D(1)), 0, "missing"),
        (formulas.share, (D(1), None), 1, "missing"),
        (formulas.share, (D(-1), D(1)), 0, "below zero"),
        (formulas.share, (D(1), D(-1)), 1, "below zero"),
        (formulas.share, (D(5), D(4)), 0, "above the whole"),
        (formulas.share_of_sum, (D(0), D(0)), 1, "both be zero"),
        (formulas.coherence, ([], D(4)), 0, "missing"),
        (formulas.coherence, ([D(3), D(-1)], D(4)), 0, "below zero"),
        (formulas.coherence, ([D(3), D(2)], D(4)), 0, "larger than the total"),
        (formulas.coherence, ([D(3)], D(0)), 1, "zero"),
        (formulas.per_thousand, (D(3), D(0)), 1, "zero"),
        (formulas.net_change, (D(3), D(1), D(5)), 2, "than there have been"),
    ],
)
def test_what_cannot_be_computed_is_said_of_its_input(function, given, place, words):
    names = ("first", "second", "third")[: len(given)]
    with pytest.raises(InputError, match=words) as error:
        function(*given, names=names)
    assert error.value.name == names[place]


def test_every_method_has_its_formula():
    assert set(formulas.FORMULAS) == set(Method)


def test_a_method_takes_its_inputs_and_no_more():
    names = ["a", "b", "c", "d"]
    assert formulas.compute("share", names, [D(1), D(4), None, D(9)]) == 25
    assert formulas.compute("", names, []) is None
    with pytest.raises(InputError) as error:
        formulas.compute("share", names, [D(5), D(4), None, None])
    assert error.value.name == "a"
