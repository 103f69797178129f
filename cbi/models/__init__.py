from .assessment import (
    AREA_UNIT,
    LONGEST_LIST,
    VALUE_PLACES,
    Assessment,
    IndicatorResult,
    input_bounds,
)
from .catalogue import Component, Edition, Indicator, Input, InputKind
from .public import PublicAssessment, PublicResult

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
    "PublicAssessment",
    "PublicResult",
    "input_bounds",
]
