from .catalogue import ActionArea, ActionType, Commitment, Measure
from .city import Action, CityCommitment, Statement, Value

__all__ = [
    "Action",
    "ActionArea",
    "ActionType",
    "CityCommitment",
    "Commitment",
    "Measure",
    "Statement",
    "Value",
]
