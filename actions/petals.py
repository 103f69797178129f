"""The petals of a city's rosette: what its record says of each action, in short."""

from dataclasses import dataclass
from decimal import Decimal

from .courses import shares_of_targets
from .models import Statement
from .own_figures import known_figures

STARTS, AIMS = 1, 2
"""The bits of the number that tells a petal's state in JSON."""


@dataclass(frozen=True, slots=True)
class Petal:
    """An action: the number of its area, and what the city reports of it.

    `has_start`: a starting point in figures or in words. `share`: how much of the way to its
    target is done, 0 to 1; None where no figures tell. `commitment`: the place of its commitment
    among those of the city.
    """

    area: int
    has_start: bool
    has_target: bool
    share: Decimal | None = None
    commitment: int = 0


def petals_of(record, catalogue):
    """The petals of a `ProfileRecord`, in the order in which chapter 2 prints the actions.

    An action whose type is not in the catalogue has none, as in the chapter.
    """
    types, commitments = catalogue.action_types, catalogue.commitments
    numbers, petals = {}, []
    for action in in_order(record, catalogue):
        code = types[action.action_type].commitment
        area = catalogue.areas[commitments[code].area].number
        number = numbers.setdefault(code, len(numbers) + 1)
        figures = known_figures(action, catalogue)
        petals.append(_petal(action.statements, area, number, figures))
    return tuple(petals)


def in_order(record, catalogue):
    """The actions of a `ProfileRecord` in the order in which chapter 2 prints them."""
    types, actions = catalogue.action_types, record.actions.actions

    def place(code):
        kind = types[code]
        commitment = catalogue.commitments[kind.commitment]
        area = catalogue.areas[commitment.area]
        return area.position, area.code, commitment.position, commitment.code, kind.position

    places = {code: place(code) for code in {one.action_type for one in actions} & types.keys()}
    known = [action for action in actions if action.action_type in places]
    return sorted(known, key=lambda one: (places[one.action_type], one.number))


def _petal(statements, area, commitment, measures):
    targets = [one for one in statements if one.kind == Statement.Kind.TARGET]
    shares = shares_of_targets(targets, statements, measures) if targets else ()
    return Petal(
        area=area,
        has_start=any(one.kind == Statement.Kind.BASELINE for one in statements),
        has_target=bool(targets),
        # The target that is farthest away counts: a petal is full once all are reached.
        share=min((share for share in shares if share is not None), default=None),
        commitment=commitment,
    )


def as_json(petals):
    """A short list for each petal: area, commitment, state, and the share in percent if known."""
    return [
        [
            petal.area,
            petal.commitment,
            STARTS * petal.has_start + AIMS * petal.has_target,
            *(() if petal.share is None else (int(petal.share * 100),)),
        ]
        for petal in petals
    ]


def petals_from(stored):
    """The petals that `as_json` has written."""
    return tuple(
        Petal(
            area=area,
            has_start=bool(state & STARTS),
            has_target=bool(state & AIMS),
            share=Decimal(share[0]) / 100 if share else None,
            commitment=commitment,
        )
        for area, commitment, state, *share in stored
    )
