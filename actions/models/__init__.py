from .catalogue import ActionArea, ActionType, Commitment, Measure
from .city import Action, Statement, Value
from .commitment import CityCommitment
from .standing import Sought, Standing, Tally, TypeInCity

__all__ = [
    "Action",
    "ActionArea",
    "ActionType",
    "CityCommitment",
    "Commitment",
    "Measure",
    "Sought",
    "Standing",
    "Statement",
    "Tally",
    "TypeInCity",
    "Value",
]
