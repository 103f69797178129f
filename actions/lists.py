"""The lists of this app in a version of the catalogue."""

from catalogue.frozen import Frozen, register

from .models import ActionArea, ActionType, Commitment, Measure
from .models.catalogue import IsNumeric


class FrozenArea(Frozen, kw_only=True):
    number: int


class FrozenMapped(Frozen, kw_only=True):
    kmgbf_targets: tuple[str, ...] = ()
    kmgbf_origin: str


class FrozenCommitment(FrozenMapped, kw_only=True):
    area: str


class FrozenActionType(FrozenMapped, kw_only=True):
    commitment: str
    baseline_template: str = ""
    synonyms: str = ""


class FrozenMeasure(IsNumeric, Frozen, kw_only=True):
    action_type: str
    key: str
    kind: str
    unit: str = ""
    unit_in_sentence: str = ""
    decimals: int | None = None
    falls: bool = False
    whole: str | None = None
    shares_of: str = ""
    sentence_partly: str = ""
    sentence_no: str = ""


register("areas", ActionArea, FrozenArea)
register("commitments", Commitment, FrozenCommitment)
register("action_types", ActionType, FrozenActionType)
register("measures", Measure, FrozenMeasure)


def measures_of(action_type, measures):
    """The measures of an action type, in the order of `measures` (code → measure)."""
    return [measure for measure in measures.values() if measure.action_type == action_type.code]
