from .catalogue import ActionArea, ActionType, Commitment, Measure
from .city import Action
from .commitment import CityCommitment
from .own_figures import OwnFigure
from .plans import Plan
from .public import PublicAction, PublicCounts, PublicSource, PublicStanding, PublicTotals
from .statements import Statement, Value

__all__ = [
    "Action",
    "ActionArea",
    "ActionType",
    "CityCommitment",
    "Commitment",
    "Measure",
    "OwnFigure",
    "Plan",
    "PublicAction",
    "PublicCounts",
    "PublicSource",
    "PublicStanding",
    "PublicTotals",
    "Statement",
    "Value",
]
