"""Where a resource is used, as somebody may know it."""

from django.contrib.admin import site
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import ngettext

from profiles.models import CityOwned

from .models import Resource


def relations_to_resources():
    """The relations of rows of cities, of whatever app, that lead to a resource."""
    relations = Resource._meta.related_objects
    return [one for one in relations if issubclass(one.related_model, CityOwned)]


def uses_of(resources, user):
    """The rows that use one of `resources`, as HTML: those that `user` works with by name and
    address, the others as a number."""
    told, others = [], 0
    for relation in relations_to_resources():
        model = relation.related_model
        rows = model._default_manager.filter(**{f"{relation.field.name}__in": resources})
        own = rows.managed_by(user).select_related(model.city_path.replace("__city", ""))
        mine = list(own.order_by("pk"))
        told += [told_with_page(row) for row in mine]
        others += rows.count() - len(mine)
    if others:
        told.append(
            ngettext("%(number)d row of another city", "%(number)d rows of other cities", others)
            % {"number": others}
        )
    return told


def told_with_page(row):
    """What it is, with a link to the page on which it is edited: its own or its parent's."""
    kind = capfirst(row._meta.verbose_name)
    page = row
    for name in row.city_path.split("__"):
        address = page_of(page)
        if address:
            return format_html('{}: <a href="{}">{}</a>', kind, address, row)
        page = getattr(page, name)
    return format_html("{}: {}", kind, row)


def page_of(row):
    if not site.is_registered(type(row)):
        return None
    label = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    try:
        return reverse(label, args=[row.pk])
    except NoReverseMatch:
        return None
