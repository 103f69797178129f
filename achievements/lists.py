"""The lists of this app in a version of the catalogue."""

from catalogue.frozen import Frozen, register

from .models import Rule


class FrozenRule(Frozen, kw_only=True):
    category: str
    level: str
    fact: str
    threshold: int = 1


register("rules", Rule, FrozenRule)
