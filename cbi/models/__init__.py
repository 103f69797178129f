from .assessment import (
    AREA_UNIT,
    LONGEST_LIST,
    VALUE_PLACES,
    Assessment,
    IndicatorResult,
    input_bounds,
)
from .catalogue import Component, Edition, Indicator, Input, InputKind

__all__ = [
    "AREA_UNIT",
    "LONGEST_LIST",
    "VALUE_PLACES",
    "Assessment",
    "Component",
    "Edition",
    "Indicator",
    "IndicatorResult",
    "Input",
    "InputKind",
    "input_bounds",
]
