"""Filters and tags of the pages of the explorer: amounts, bars, sentences, dots of the map."""

from html import escape

from django import template
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.models import Value
from catalogue.atoms import Run, Text
from catalogue.models import gap_names
from catalogue.texts import fill_gaps
from report.drawings.world import dot_radius, project

from .profile import sentence

register = template.Library()


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
    return sentence(fill_gaps(text, dict.fromkeys(gap_names(text.value), blank)))


# Parts that a page has by the hundred are written in Python: a template is several times slower.


@register.inclusion_tag("website/actions/bars.html")
def bar_chart(column, summary):
    """How many cities lie in which range: the chart and its table in one."""
    bars = [(range_words(column, low, high), count) for low, high, count in summary.bars]
    return {
        "caption": _("Cities by the size of their figure"),
        "head": _("Number"),
        "bars": bars,
    }


@register.inclusion_tag("website/actions/bars.html")
def status_chart(summary):
    """How many cities say yes, partly, no."""
    names = dict(Value.Status.choices)
    bars = [(names[status], count) for status, count in summary.statuses]
    return {"caption": _("Cities by their status"), "head": _("Status"), "bars": bars}


def range_words(column, low, high):
    if high is None:
        return _("%(low)s or more") % {"low": column.with_unit(low)}
    return _("%(low)s to %(high)s") % {"low": column.figure(low), "high": column.with_unit(high)}


@register.simple_tag
def bar_rows(bars):
    """Rows of words, a bar and a number; the longest bar is 100 wide."""
    most = max((count for _words, count in bars), default=0) or 1
    return safe_join(
        f'<tr><th scope="row">{escape(str(words))}</th><td><svg viewBox="0 0 100 10"'
        f' preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect height="10"'
        f' width="{count / most * 100:.1f}"/></svg><span>{group_digits(count)}</span></td></tr>'
        for words, count in bars
    )


@register.simple_tag
def map_dots(points):
    """The dots of the map, each with its words; large ones first, so that they cover no other."""
    points = sorted(points, key=lambda point: -point.cities)
    counts = {point.cities for point in points}
    words = {n: ngettext("%(n)d city", "%(n)d cities", n) % {"n": n} for n in counts}
    return safe_join(map_dot(point, point.name or words[point.cities]) for point in points)


def map_dot(point, words):
    x, y = project(point.latitude, point.longitude)
    return (
        f'<circle cx="{x}" cy="{y}" r="{dot_radius(point.cities)}">'
        f"<title>{escape(words)}</title></circle>"
    )


@register.simple_tag
def countries_counted(countries):
    return safe_join(
        (
            f'<li>{escape(name)}&nbsp;<span class="count">{group_digits(count)}</span></li>'
            for name, count in countries
        )
    )


@register.simple_tag
def city_rows(lines, columns, countries):
    """The rows of the table: a city, its country, its newest values or how many actions."""
    invented = render_to_string("website/parts/invented.html", {"city": {"is_sample": True}})
    nothing = f'<span class="none">{escape(_("nothing"))}</span>'
    rows = []
    for line in lines:
        url, city = escape(line.city.get_absolute_url()), line.city
        cells = "".join(
            f'<td class="number">{value(cell, url, nothing)}</td>' for cell in line.cells
        )
        if not columns:
            cells = f'<td class="number">{group_digits(line.actions)}</td>'
        mark = invented.rstrip() if city.is_sample else ""
        rows.append(
            f'<tr><th scope="row"><a href="{url}#action-{line.action_number}">'
            f"{escape(city.name)}</a>{mark}</th>"
            f"<td>{escape(countries[city.country_id])}</td>{cells}</tr>"
        )
    return safe_join(rows)


def value(cell, url, nothing):
    if cell.standing is None:
        return nothing
    return (
        f'<a href="{url}#action-{cell.standing.number}">{escape(cell.text)}</a>'
        f' <span class="when">{escape(cell.when)}</span>'
    )


def group_digits(number):
    """A whole number with its digits grouped as in the reader's language."""
    return str(number) if number < 1000 else number_format(number, force_grouping=True)


def safe_join(parts):
    return mark_safe("".join(parts))  # noqa: S308 (every part is escaped where it is written)
