"""Finds the rows that use a resource or a file."""

from dataclasses import dataclass

from django.contrib.admin import site
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import ngettext

from profiles.models import CityOwned

from .models.upload import city_row_relations_to


@dataclass(frozen=True)
class Use:
    """A row that uses a resource or a file; `role` is the name of its foreign key."""

    row: CityOwned
    role: str

    def to_html(self):
        """Its kind, role and name, with a link to its admin page or to that of a parent."""
        kind = f"{capfirst(self.row._meta.verbose_name)}, {self.role}"
        page = self.row
        for name in self.row.city_path.split("__"):
            address = admin_url_of(page)
            if address:
                return format_html('{}: <a href="{}">{}</a>', kind, address, self.row)
            page = getattr(page, name)
        return format_html("{}: {}", kind, self.row)


def admin_url_of(row):
    if not site.is_registered(type(row)):
        return None
    label = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    try:
        return reverse(label, args=[row.pk])
    except NoReverseMatch:
        return None


def uses_by_key(model, keys):
    """Primary key of a row of `model` → its uses; one query per relation, not per row."""
    uses = {key: [] for key in keys}
    for field, rows in rows_using(model, list(uses)):
        for row in rows:
            uses[getattr(row, field.attname)].append(Use(row, field.verbose_name))
    return uses


def uses_as_html(model, keys, user):
    """The uses of these rows as HTML: named with a link if `user` may see them, else counted."""
    lines, others = [], 0
    for field, rows in rows_using(model, keys):
        mine = [Use(row, field.verbose_name) for row in rows.managed_by(user)]
        lines += [use.to_html() for use in mine]
        others += rows.count() - len(mine)
    if others:
        lines.append(
            ngettext("%(number)d row of another city", "%(number)d rows of other cities", others)
            % {"number": others}
        )
    return lines


def rows_using(model, keys):
    """(field, rows) for each foreign key to `model`: the rows that refer to one of `keys`.

    Their parents are selected too: `Use.to_html` links to them.
    """
    for relation in city_row_relations_to(model):
        field = relation.field
        above, *_rest = field.model.city_path.split("__")
        rows = field.model._default_manager.filter(**{f"{field.name}__in": keys})
        yield field, rows.select_related(above).order_by("pk")


class NoDeletionWhileUsed:
    """For admins: rows that are in use cannot be deleted; the page lists their uses."""

    delete_selected_confirmation_template = "admin/hub/chosen_delete.html"

    def get_deleted_objects(self, objs, request):
        uses = uses_as_html(self.model, [row.pk for row in objs], request.user)
        if uses:
            return [], {}, set(), uses
        names = [f"{self.opts.verbose_name}: {row}" for row in objs]
        return names, {self.opts.verbose_name_plural: len(names)}, set(), []
