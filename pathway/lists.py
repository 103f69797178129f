"""The lists of this app in a version of the catalogue."""

from catalogue.frozen import Frozen, register

from .models import Phase, Step, StepTexts


class FrozenPhase(Frozen, kw_only=True):
    number: int


class FrozenStep(StepTexts, Frozen, kw_only=True):
    phase: str
    number: int
    questions: list[str] = []
    questions_origin: str


register("phases", Phase, FrozenPhase)
register("steps", Step, FrozenStep)
