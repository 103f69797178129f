from .assessment import HECTARES, Assessment, IndicatorResult
from .catalogue import Component, Edition, Indicator, Input, InputKind

__all__ = [
    "HECTARES",
    "Assessment",
    "Component",
    "Edition",
    "Indicator",
    "IndicatorResult",
    "Input",
    "InputKind",
]
