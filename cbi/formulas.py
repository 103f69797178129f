"""How the values of the indicators are computed: pure functions on `Decimal`.

The formulas are those of the "Handbook on the Singapore Index on Cities' Biodiversity", CBD
Technical Series No. 98 (2021), as secondary sources give them; each row of the catalogue names its
own (`Indicator.sources`). Every function raises `InputError` for what cannot be computed.
"""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

HUNDRED, THOUSAND = Decimal(100), Decimal(1000)


class InputError(ValueError):
    """A value cannot be computed. `name` is the input to blame, `message` tells people why."""

    def __init__(self, name, message):
        super().__init__(message)
        self.name = name
        self.message = message


class Missing(InputError):
    """An input is not filled in yet: there is no value, but the city has made no mistake."""

    def __init__(self, name):
        super().__init__(name, _("This number is missing."))


def check(name, number):
    """Return the number. Raises InputError if it is missing or below zero."""
    if number is None:
        raise Missing(name)
    if number < 0:
        raise InputError(name, _("The number cannot be below zero."))
    return number


def check_whole(name, number):
    """Return the number, a divisor. Raises InputError also if it is zero."""
    if check(name, number) == 0:
        raise InputError(name, _("This cannot be zero: the value is a part of it."))
    return number


def share(part, whole, names=("part", "whole")):
    """`part / whole * 100`, in per cent. Indicators 1, 3, 8, 10, 11, 13 and 16."""
    check(names[0], part)
    check_whole(names[1], whole)
    if part > whole:
        raise InputError(names[0], _("The part cannot be above the whole."))
    return part / whole * HUNDRED


def share_of_sum(part, rest, names=("part", "rest")):
    """`part / (part + rest) * 100`, in per cent. Indicator 9: alien among all species."""
    check(names[0], part)
    check(names[1], rest)
    if part + rest == 0:
        raise InputError(names[1], _("The two numbers cannot both be zero."))
    return part / (part + rest) * HUNDRED


def effective_mesh_size(groups, total, names=("groups", "total")):
    """`sum(A_Gi²) / A_total`, in the unit of the areas. Indicator 2.

    `groups`: the area of each group of connected patches (less than 100 m apart); a list.
    """
    if not groups:
        raise Missing(names[0])
    for area in groups:
        check(names[0], area)
    check_whole(names[1], total)
    if sum(groups) > total:
        raise InputError(
            names[0], _("Together the groups are larger than the total of all natural areas.")
        )
    return sum(area * area for area in groups) / total


def coherence(groups, total, names=("groups", "total")):
    """Effective mesh size as a share of the natural areas, in per cent. Indicator 2."""
    return effective_mesh_size(groups, total, names) / total * HUNDRED


def per_thousand(amount, people, names=("amount", "people")):
    """`amount / (people / 1000)`: hectares per 1,000 persons. Indicator 12."""
    check(names[0], amount)
    check_whole(names[1], people)
    return amount / (people / THOUSAND)


def net_change(before, gained, lost, names=("before", "gained", "lost")):
    """Species gained less species lost since the first assessment. Indicators 4 to 6.

    Lost species are subtracted because the wording of the 2014 edition says so.
    """
    check(names[0], before)
    check(names[1], gained)
    check(names[2], lost)
    if lost > before + gained:
        raise InputError(names[2], _("More species are lost than there have been."))
    return gained - lost


def either_share(first, of_first, second, of_second, names):
    """The share of the first pair, or of the second where the first is not given. Indicator 7."""
    if first is None and of_first is None and (second is not None or of_second is not None):
        return share(second, of_second, names[2:])
    return share(first, of_first, names[:2])


def number_given(number, names=("number",)):
    """The number itself, for indicators that are a count, such as 24, 25 and 27."""
    return check(names[0], number)


class Method(models.TextChoices):
    """How the value of an indicator is computed from its inputs, in the order of `inputs`."""

    SHARE = "share", gettext_lazy("first input as a share of the second, in per cent")
    SHARE_OF_SUM = "share-of-sum", gettext_lazy("first input as a share of both, in per cent")
    COHERENCE = "coherence", gettext_lazy("effective mesh size as a share, in per cent")
    PER_THOUSAND = "per-thousand", gettext_lazy("first input for 1,000 of the second")
    NET_CHANGE = "net-change", gettext_lazy("second input less the third")
    EITHER_SHARE = "either-share", gettext_lazy("share of the first two inputs, or of the others")
    NUMBER = "number", gettext_lazy("the number itself")


FORMULAS = {
    Method.SHARE: (share, 2),
    Method.SHARE_OF_SUM: (share_of_sum, 2),
    Method.COHERENCE: (coherence, 2),
    Method.PER_THOUSAND: (per_thousand, 2),
    Method.NET_CHANGE: (net_change, 3),
    Method.EITHER_SHARE: (either_share, 4),
    Method.NUMBER: (number_given, 1),
}
"""Method → the function, and how many inputs it takes."""


def compute(method, names, numbers):
    """The value by `method`. `names`: the inputs in order; `numbers`: a Decimal, list or None each.

    None where there is no method. Raises InputError.
    """
    if not method:
        return None
    function, count = FORMULAS[method]
    return function(*numbers[:count], names=tuple(names[:count]))
