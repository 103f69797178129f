"""Limits the admin to the rows that the user may see, edit and choose by `profiles.access`."""

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.http import Http404
from django.utils.translation import gettext

from ..access import is_platform_staff
from ..models import City, CityOwned
from ..number_fields import form_options


def may_edit(request, row):
    """Whether the user may change `row`; one query per city and request."""
    return may_edit_city(request, row.owning_city_id)


def may_edit_city(request, city_id):
    return _is_among(request, city_id, City.objects.editable_by)


def may_see(request, row):
    return _is_among(request, row.owning_city_id, City.objects.managed_by)


def _is_among(request, city_id, cities_for):
    """Whether the city is in the queryset `cities_for(user)`."""
    if is_platform_staff(request.user):
        return True
    answers = request.__dict__.setdefault("_cities_asked_for", {})
    key = (cities_for.__name__, city_id)
    if key not in answers:
        answers[key] = cities_for(request.user).filter(pk=city_id).exists()
    return answers[key]


def visible_name(request, row):
    """The name of a row that a row of the user's city points to.

    Of a row of another city only the title is told that the public reads, as its `public_title`. A
    row that is not public any more has none: the other city may have renamed it since.
    """
    if may_see(request, row):
        return str(row)
    if public_title := getattr(row, "public_title", None):
        return public_title
    words = gettext("%(kind)s %(number)d, which is no longer public")
    return words % {"kind": row._meta.verbose_name, "number": row.pk}


def works_for_one_city(user):
    """Whether a list need not say to which city each row belongs; read once per request."""
    if is_platform_staff(user):
        return False
    if not hasattr(user, "_works_for_one_city"):
        user._works_for_one_city = len(City.objects.managed_by(user)[:2]) < 2
    return user._works_for_one_city


def editable_rows(model, user):
    return model._default_manager.editable_by(user)


class ReadsNumbers:
    """For admins and inlines: the fields of `profiles.number_fields` read numbers, years, days."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        kwargs = {**form_options(db_field), **kwargs}
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class ScopedChoices(ReadsNumbers):
    """For admins and inlines: foreign keys offer only cities and rows that the user may edit.

    The buttons to add or change a related row are left out.
    """

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        related = db_field.remote_field.model
        if issubclass(related, (City, CityOwned)):
            kwargs["queryset"] = editable_rows(related, request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


class ScopedAdmin(ScopedChoices, admin.ModelAdmin):
    """Shows only rows of the user's cities; any other row is a 404."""

    city_column = "city"
    """The column that lists leave out for a user with a single city."""

    def get_queryset(self, request):
        return super().get_queryset(request).managed_by(request.user)

    def get_list_display(self, request):
        columns = super().get_list_display(request)
        if self.city_column in columns and works_for_one_city(request.user):
            return [name for name in columns if name != self.city_column]
        return columns

    def get_object(self, request, object_id, from_field=None):
        row = super().get_object(request, object_id, from_field)
        if row is None:
            raise Http404
        return row

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Offers “View the page” only to those for whom the page exists."""
        response = super().render_change_form(request, context, add, change, form_url, obj)
        if response.context_data["has_absolute_url"]:
            response.context_data["has_absolute_url"] = self.has_page_for(request.user, obj)
        return response

    def has_page_for(self, user, row):
        """Whether the page on the site exists for somebody who may see the row here."""
        return True

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and (obj is None or may_see(request, obj))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (
            obj is None or may_edit(request, obj)
        )

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (
            obj is None or may_edit(request, obj)
        )
