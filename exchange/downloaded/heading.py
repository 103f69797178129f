"""A heading or label in the chapter of the actions."""

from dataclasses import dataclass, field
from typing import Any

AREA, COMMITMENT, NOT_MADE, TYPE, UPDATED = "area", "commitment", "not made", "type", "updated"
BASELINES, TARGETS, PROGRESS = "Baselines", "Targets", "Progress"
STATEMENTS = (BASELINES, TARGETS, PROGRESS)


@dataclass(slots=True)
class Heading:
    """A heading or label between two positions.

    `row`: of the catalogue, or None where it has none such. `words`: what is printed in place of
    an official name, or behind a label. `is_labelled`: whether the label that belongs to it is
    there; `is_glued`: whether it runs on from another. `lines`: (start, end, why) of lines in its
    text that look like headings.
    """

    kind: str
    start: int
    end: int
    row: Any = None
    words: str = ""
    is_labelled: bool = True
    is_glued: bool = False
    lines: list = field(default_factory=list)
