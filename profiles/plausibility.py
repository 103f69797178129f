"""Figures that look wrong and may be right: they are saved with a reason.

The checks are our own, not official. Each app has those of its own rows; forms and sheets ask
`unanswered` which doubts are left. What cannot be right at all is refused by models and forms.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalogue.atoms import Figure

JUMP = 10
"""A figure that is so many times larger or smaller than the one before is asked about."""

FAR = 100
"""Of two readings of a figure, one that is so many times larger or smaller than it was is none."""

MOST_PER_KM2 = 45_000
"""People on a square kilometre of Manila, the most densely settled of the large cities."""

MOST_PEOPLE = 40_000_000
"""More than live in the largest city, whatever its bounds."""

CITY_FIELDS = ("population", "area_km2")
"""What the doubts about a city are about."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """`kind`: the check; `message`: a sentence for the officer.

    `field` is the row's field that it is about or, for a value of a statement, `measure` the key of
    the measure.
    """

    kind: str
    message: str
    measure: str = ""
    field: str = ""

    @property
    def subject(self):
        return self.kind, self.measure, self.field


def unanswered(doubts, before, *, reason, is_reason_new):
    """The doubts for which no reason is given.

    A reason given now answers all of them. One given earlier answers only the doubts of that time,
    which are those about the stored row (`before`).
    """
    if reason and is_reason_new:
        return []
    answered = {doubt.subject for doubt in before} if reason else set()
    return [doubt for doubt in doubts if doubt.subject not in answered]


def is_jump(old, new, times=JUMP):
    """Whether one of two figures is so many times the other, or the second is nought.

    Nothing compares with a first figure that is nought or not known.
    """
    if not old or new is None:
        return False
    return new == 0 or max(old, new) >= times * min(old, new)


def cannot_be_area(area, known, people):
    """Whether an area in km² cannot be that of a city: it is far from the one that is `known`, or
    has more people on a km² than any. `known` and `people` may be None."""
    if known:
        return is_jump(known, area, FAR)
    return bool(people) and (area == 0 or people / area > MOST_PER_KM2)


def doubts_about_city(city, before=None):
    """The doubts about people and area of `city`; `before` has those that they replace."""
    people, area = city.population, city.area_km2
    if people == 0:
        yield Doubt("nobody", _("Nobody lives in the city? Leave it empty if it is not known."),
                    field="population")  # fmt: skip
    elif people and people > MOST_PEOPLE:
        yield Doubt(
            "too-many-people", _("No city on Earth has so many people."), field="population"
        )
    if people and area and people / area > MOST_PER_KM2:
        density = Figure.of(round(people / area)).text
        words = _("That makes %(density)s people on each km², more than in the densest city.")
        yield Doubt("density", words % {"density": density}, field="area_km2")
    for field in CITY_FIELDS if before else ():
        old, new = getattr(before, field), getattr(city, field)
        if new != 0 and is_jump(old, new):  # nobody: asked above; no area: refused
            words = _("It was %(old)s before. Is %(new)s right?")
            figures = {"old": Figure.of(old).text, "new": Figure.of(new).text}
            yield Doubt("jump", words % figures, field=field)
