"""The rows of our sheets that a list becomes."""

from itertools import islice

from ...models.mapping import Target
from .actions import ActionsMaker
from .cities import CitiesMaker
from .commitments import CommitmentsMaker
from .result import Doubt, Made
from .statements import StatementsMaker

__all__ = ["Doubt", "Made", "make"]

MAKERS = {
    Target.CITIES: CitiesMaker,
    Target.COMMITMENTS: CommitmentsMaker,
    Target.ACTIONS: ActionsMaker,
    Target.STATEMENTS: StatementsMaker,
}


def make(draft, *, most=None, progress=None):
    """The `Made` of a draft; with `most`, of its first rows alone. `progress` is called with the
    number of rows done; what it raises ends the work."""
    maker = MAKERS[draft.target](draft, progress)
    maker.has_all_rows = most is None or most >= len(draft.rows)
    return maker.make(islice(draft.rows, most))
