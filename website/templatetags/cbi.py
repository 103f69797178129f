"""Filters and tags of the pages of the City Biodiversity Index."""

from django import template
from django.utils.html import format_html

from catalogue.atoms import Text
from catalogue.translated import OFFICIAL_LANGUAGE
from report.drawings import index, index_layout

from .profile import words

register = template.Library()


@register.simple_tag
def index_bar(entry, name):
    """The bar of an edition or a component; `name` makes its id unique within the page."""
    layout = index_layout.lay_out_bar(entry.total, entry.max_points)
    description = f"{entry.name}: {entry.state}"
    return index.draw_bar(layout, description, f"{name}-bar-{entry.code}")


@register.simple_tag
def index_course(edition, title, name):
    """The chart over the years; "" if there are no two assessments to compare."""
    layout = index_layout.lay_out_chart(edition.course)
    return index.draw_chart(layout, title, f"{name}-chart") if layout else ""


@register.simple_tag(takes_context=True)
def basis_label(context, basis):
    """The label of how points were given, from the fixed texts."""
    return words(context["view"].texts(f"cbi.basis.{basis}"))


@register.filter
def official(value):
    """Words of the catalogue that exist only in English, marked with that language."""
    return words(Text(value, OFFICIAL_LANGUAGE))


@register.filter
def source_link(source):
    """A source: as a link if it is an address, else as words."""
    if not str(source).startswith(("https://", "http://")):
        return official(str(source))
    return format_html('<a href="{0}" rel="noopener nofollow">{0}</a>', source)
