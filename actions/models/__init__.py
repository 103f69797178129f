from .catalogue import ActionArea, ActionType, Commitment, Measure
from .city import Action, Statement, Value
from .commitment import CityCommitment
from .public import PublicAction, PublicCounts, PublicSource, PublicStanding, PublicTotals

__all__ = [
    "Action",
    "ActionArea",
    "ActionType",
    "CityCommitment",
    "Commitment",
    "Measure",
    "PublicAction",
    "PublicCounts",
    "PublicSource",
    "PublicStanding",
    "PublicTotals",
    "Statement",
    "Value",
]
