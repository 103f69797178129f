"""Tags that draw the wheel of the Nature Pathway and the marks of its states."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from report.drawings import wheel

from .explorer import group_digits

register = template.Library()


@register.simple_tag
def pathway_wheel(chapter):
    """The wheel of a city, each segment a link to its step in the list below."""
    return wheel.draw_city_wheel(chapter)


@register.simple_tag
def framework_wheel(phases, cities):
    """The wheel of all cities: how many have done each step or are under way."""
    steps = [step for phase in phases for step in phase.steps]
    labels = [
        wheel.Label(
            step.step.number,
            step.step.get_absolute_url(),
            _("%(step)s: under way in %(under_way)s, done in %(done)s")
            % {
                "step": step.title,
                "under_way": group_digits(step.under_way),
                "done": group_digits(step.done),
            },
        )
        for step in steps
    ]
    counts = [[(step.done, step.under_way) for step in phase.steps] for phase in phases]
    names = [str(phase.title) for phase in phases]
    centre = (group_digits(cities), ngettext("city", "cities", cities)) if cities else ()
    return wheel.draw_count_wheel(counts, labels, names, centre)


@register.simple_tag
def step_mark(state):
    return wheel.state_mark(state)
