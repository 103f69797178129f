"""What the pages of the index draw and write."""

from django import template
from django.utils.html import format_html

from catalogue.atoms import Text
from catalogue.models import OFFICIAL_LANGUAGE
from report.drawings import index, index_layout

from .profile import words

register = template.Library()


@register.simple_tag
def index_bar(entry, name):
    """The bar of an edition or a component; `name` makes its id unique within the page."""
    drawn = index_layout.bar(entry.total, entry.max_points)
    said = f"{entry.name}: {entry.state}"
    return index.bar(drawn, said, f"{name}-bar-{entry.code}")


@register.simple_tag
def index_course(edition, title, name):
    """The chart over the years; nothing where nothing can be compared."""
    drawn = index_layout.chart(edition.course)
    return index.course(drawn, title, f"{name}-chart") if drawn else ""


@register.simple_tag(takes_context=True)
def basis_label(context, basis):
    """How points came about, in the words of the document."""
    return words(context["view"].texts(f"cbi.basis.{basis}"))


@register.filter
def official(value):
    """Words of the catalogue that are there in English only, marked as such."""
    return words(Text(value, OFFICIAL_LANGUAGE))


@register.filter
def source_link(source):
    """A source: a link where it is an address, else its words."""
    if not str(source).startswith(("https://", "http://")):
        return official(str(source))
    return format_html('<a href="{0}" rel="noopener nofollow">{0}</a>', source)
