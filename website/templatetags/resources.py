"""Filters and tags of the pages of the hub."""

from django import template
from django.utils.text import capfirst

from catalogue.languages import language_name

register = template.Library()


@register.filter
def kind_name(resource):
    return capfirst(resource.get_kind_display())


@register.filter
def languages_named(resource):
    """The names of the resource's languages in the reader's language, each once."""
    names = (language_name(tag) for tag in resource.languages.split())
    return ", ".join(dict.fromkeys(names))


@register.simple_tag(takes_context=True)
def without(context, name):
    """The address of this page without the parameter `name`, on the first page of the list."""
    asked = context["request"].GET.copy()
    asked.pop(name, None)
    asked.pop("page", None)
    rest = asked.urlencode()
    return f"{context['request'].path}?{rest}" if rest else context["request"].path
