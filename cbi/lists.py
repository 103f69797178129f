"""The lists of this app in a version of the catalogue."""

from typing import Any

from catalogue.frozen import Frozen, register

from .models import Component, Edition, Indicator
from .models.catalogue import HasInputs


class FrozenEdition(Frozen, kw_only=True):
    max_points: int
    source_work: str = ""


class FrozenComponent(Frozen, kw_only=True):
    edition: str
    max_points: int


class FrozenIndicator(HasInputs, Frozen, kw_only=True):
    component: str
    number: int
    max_points: int
    inputs: list[dict[str, Any]] = []
    method: str = ""
    value_unit: str = ""
    needs_earlier: bool = False
    formula: str = ""
    bands: list[dict[str, Any]] = []
    name_provenance: str = ""
    bands_provenance: str = ""
    boundary_conflicts: list[Any] = []
    first_application: str = ""
    sources: list[Any] = []


register("editions", Edition, FrozenEdition)
register("components", Component, FrozenComponent)
register("indicators", Indicator, FrozenIndicator)
