from .assessment import HECTARES, LONGEST_LIST, Assessment, IndicatorResult
from .catalogue import Component, Edition, Indicator, Input, InputKind

__all__ = [
    "HECTARES",
    "LONGEST_LIST",
    "Assessment",
    "Component",
    "Edition",
    "Indicator",
    "IndicatorResult",
    "Input",
    "InputKind",
]
