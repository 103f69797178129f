"""Tags of the pages that tell of versions."""

from django import template

from catalogue.atoms import Day
from publishing.differences import summary

register = template.Library()


@register.filter
def day(moment):
    """The day of a moment, as the document writes days."""
    return Day.of(moment.date()).text


register.filter("summary", summary)
