"""Where a resource or a file is used, as somebody may know it."""

from dataclasses import dataclass

from django.contrib.admin import site
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import ngettext

from profiles.models import CityOwned

from .models.upload import relations_to


@dataclass(frozen=True)
class Use:
    """A row that uses something, by its field `role`."""

    row: CityOwned
    role: str

    def to_html(self):
        """What it is, with a link to the page on which it is edited: its own or its parent's."""
        kind = f"{capfirst(self.row._meta.verbose_name)}, {self.role}"
        page = self.row
        for name in self.row.city_path.split("__"):
            address = page_of(page)
            if address:
                return format_html('{}: <a href="{}">{}</a>', kind, address, self.row)
            page = getattr(page, name)
        return format_html("{}: {}", kind, self.row)


def page_of(row):
    if not site.is_registered(type(row)):
        return None
    label = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    try:
        return reverse(label, args=[row.pk])
    except NoReverseMatch:
        return None


def uses_by_key(model, keys):
    """Key of a row of `model` → its uses; one query for each relation, not for each row."""
    uses = {key: [] for key in keys}
    for field, rows in users_of(model, list(uses)):
        for row in rows:
            uses[getattr(row, field.attname)].append(Use(row, field.verbose_name))
    return uses


def uses_of(model, keys, user):
    """What uses one of these rows, as HTML: what `user` works with by name and address, the
    rest as a number."""
    told, others = [], 0
    for field, rows in users_of(model, keys):
        mine = [Use(row, field.verbose_name) for row in rows.managed_by(user)]
        told += [use.to_html() for use in mine]
        others += rows.count() - len(mine)
    if others:
        told.append(
            ngettext("%(number)d row of another city", "%(number)d rows of other cities", others)
            % {"number": others}
        )
    return told


def users_of(model, keys):
    """(field, rows) for each relation that leads to `model`: the rows that use one of `keys`.

    Each comes with the row above it, which has a page where the row itself has none.
    """
    for relation in relations_to(model):
        field = relation.field
        above, *_rest = field.model.city_path.split("__")
        rows = field.model._default_manager.filter(**{f"{field.name}__in": keys})
        yield field, rows.select_related(above).order_by("pk")


class KeptWhileUsed:
    """For admins: what is in use is not deleted, and the page says by what it is used."""

    delete_selected_confirmation_template = "admin/hub/chosen_delete.html"

    def get_deleted_objects(self, objs, request):
        uses = uses_of(self.model, [row.pk for row in objs], request.user)
        if uses:
            return [], {}, set(), uses
        names = [f"{self.opts.verbose_name}: {row}" for row in objs]
        return names, {self.opts.verbose_name_plural: len(names)}, set(), []
