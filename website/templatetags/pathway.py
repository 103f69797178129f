"""What the pages of the Nature Pathway draw: the wheel, the mark of a state."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from report.drawings import wheel

from .explorer import whole

register = template.Library()


@register.simple_tag
def pathway_wheel(chapter):
    """The wheel of a city, each segment a link to its step in the list below."""
    return wheel.of_chapter(chapter)


@register.simple_tag
def framework_wheel(phases, cities, query=""):
    """The wheel of the framework: of each step how many cities have done it or are under way."""
    steps = [step for phase in phases for step in phase.steps]
    labels = [
        wheel.Label(
            step.step.number,
            f"{step.step.get_absolute_url()}{query}",
            _("%(step)s: under way in %(under_way)s, done in %(done)s")
            % {"step": step.title, "under_way": whole(step.under_way), "done": whole(step.done)},
        )
        for step in steps
    ]
    counts = [[(step.done, step.under_way) for step in phase.steps] for phase in phases]
    names = [str(phase.title) for phase in phases]
    centre = (whole(cities), ngettext("city", "cities", cities)) if cities else ()
    return wheel.of_counts(counts, labels, names, centre)


@register.simple_tag
def step_mark(state):
    return wheel.state_mark(state)
