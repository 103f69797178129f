"""The steps in which an assessment is filled in: what it is of, then component by component."""

from dataclasses import dataclass

from .completeness import Part, completeness
from .models import Component

ABOUT = "about"
"""The posted name of the step that belongs to no component."""


@dataclass(frozen=True, slots=True)
class Steps:
    """`shown`: the component of the page that is open; None for the step about the assessment."""

    parts: tuple[Part, ...]
    shown: Component | None

    @property
    def components(self):
        return [part.component for part in self.parts]

    @property
    def number(self):
        """Which component is shown, from 1; 0 for none."""
        return self.components.index(self.shown) + 1 if self.shown else 0

    @property
    def count(self):
        return len(self.parts)

    @property
    def next(self):
        """The component after this one; None after the last."""
        return self.components[self.number] if self.number < self.count else None

    @property
    def back(self):
        """The posted name of the step before this one; "" before the first."""
        if not self.shown:
            return ""
        return self.components[self.number - 2].code if self.number > 1 else ABOUT

    @property
    def resumed(self):
        """The first component of which indicators have no points yet; else the first of all."""
        open_ones = [part.component for part in self.parts if part.without]
        return next(iter(open_ones or self.components), None)

    @property
    def resumed_number(self):
        return self.components.index(self.resumed) + 1 if self.resumed else 0

    @property
    def is_begun(self):
        return any(part.total.is_started for part in self.parts)

    def asked(self, name):
        """The component that a button leads to: the named one, None for the step about the
        assessment, else the next one."""
        if name == ABOUT:
            return None
        if name is None:
            return self.next if self.shown else self.resumed
        return next((one for one in self.components if one.code == name), self.shown)


def steps_of(assessment, component):
    return Steps(completeness(assessment).parts, component)
