"""What the pages of the explorer draw and write: amounts in the reader's unit, bars, sentences."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.atoms import Run, Text
from catalogue.models import gaps_of
from catalogue.texts import split

from .profile import sentence

register = template.Library()

WIDTH, GROUND, HIGHEST = 480, 138, 112


@register.filter
def unlocalised(number):
    """A number as SVG writes it, whatever the reader's habit."""
    return str(number)


@register.simple_tag
def amount(column, value):
    """A number with its unit smaller beside it."""
    if not column.symbol or column.symbol == "%":
        return column.with_unit(value)
    return format_html('{} <span class="unit">{}</span>', column.figure(value), column.symbol)


@register.simple_tag
def template_sentence(action_type):
    """The official baseline sentence, its gaps as blanks."""
    text = action_type.text("baseline_template")
    blank = Run(Text("…", text.language), strong=True)
    return sentence(split(text, dict.fromkeys(gaps_of(text.value), blank)))


@register.inclusion_tag("website/actions/bars.html")
def bar_chart(column, summary):
    """How many cities lie in which range: a bar each, its start written below."""
    most = max(count for _low, _high, count in summary.bars) or 1
    step = WIDTH / len(summary.bars)
    bars, told = [], []
    for place, (low, high, count) in enumerate(summary.bars):
        height = round(count / most * HIGHEST, 1)
        bars.append(
            {
                "x": round(place * step + 2, 1),
                "left": round(place * step, 1),
                "middle": round((place + 0.5) * step, 1),
                "width": round(step - 4, 1),
                "y": round(GROUND - height, 1),
                "over": round(GROUND - height - 5, 1),
                "height": height,
                "count": count,
                "low": column.with_unit(low) if not place else column.figure(low),
            }
        )
        told.append(in_words(column, low, high, count))
    return {
        "bars": bars,
        "width": WIDTH,
        "name": f"bars-{column.measure.key}",
        "label": column.measure.text(),
        "description": "; ".join(told),
    }


@register.simple_tag
def map_dots(dots):
    """The dots of the map, each with its words."""
    return format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="{}"><title>{}</title></circle>',
        ((str(dot["x"]), str(dot["y"]), str(dot["r"]), dot_words(dot["point"])) for dot in dots),
    )


def dot_words(point):
    if point.name:
        return point.name
    return ngettext("%(n)d city", "%(n)d cities", point.cities) % {"n": point.cities}


@register.simple_tag
def countries_counted(countries):
    return format_html_join(", ", '{}&nbsp;<span class="count">{}</span>', countries)


def in_words(column, low, high, count):
    given = {"low": column.with_unit(low), "count": count}
    if high is None:
        return _("%(low)s or more: %(count)d") % given
    return _("%(low)s to %(high)s: %(count)d") % {**given, "high": column.with_unit(high)}
