from .assessment import AREA_UNIT, LONGEST_LIST, Assessment, IndicatorResult, input_bounds
from .catalogue import Component, Edition, Indicator, Input, InputKind

__all__ = [
    "AREA_UNIT",
    "LONGEST_LIST",
    "Assessment",
    "Component",
    "Edition",
    "Indicator",
    "IndicatorResult",
    "Input",
    "InputKind",
    "input_bounds",
]
