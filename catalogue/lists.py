"""The lists of this app in a version of the catalogue."""

from .frozen import Frozen, register
from .models import FixedText, KMGBFTarget, Topic


class FrozenTarget(Frozen, kw_only=True):
    """A target of the Global Biodiversity Framework."""

    number: int
    group: str = ""


register("targets", KMGBFTarget, FrozenTarget)
register("topics", Topic, Frozen)
register("texts", FixedText, Frozen)
