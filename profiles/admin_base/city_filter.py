"""The filter by city of the admin's lists."""

from django.contrib import admin
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..city_search import find_cities
from ..models import City

FEW_CITIES = 25
"""So many cities are offered as links. Among more, one is found by its name."""


class CityFilter(admin.SimpleListFilter):
    """Filters by one of the user's cities, or by a name that is typed.

    Hidden for a user with a single city. `is_narrow`: whether the rows left are those of few
    cities.
    """

    title = _("city")
    parameter_name = "city__id__exact"
    name_parameter = "city_name"
    template = "admin/city_filter.html"

    def __init__(self, request, params, model, model_admin):
        self.typed = params.pop(self.name_parameter, [""])[-1].strip()
        self.model = model
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        """The cities to choose from; where there are many, those that have been asked for."""
        cities = City.objects.managed_by(request.user)
        named = cities.values_list("pk", "name")
        chosen = self.value() or ""
        self.is_searched = len(named.order_by()[: FEW_CITIES + 1]) > FEW_CITIES
        if not self.is_searched:
            found = list(named)
        elif self.typed:
            found = list(find_cities(named, self.typed)[: FEW_CITIES + 1])
        else:
            found = list(named.filter(pk=chosen)) if chosen.isdecimal() else []
        self.found = [key for key, _name in found]
        self.has_more = len(found) > FEW_CITIES
        self.is_narrow = not self.is_searched or (bool(found) and not self.has_more)
        return found[:FEW_CITIES]

    def has_output(self):
        return self.is_searched or len(self.lookup_choices) > 1

    def expected_parameters(self):
        return [self.parameter_name, self.name_parameter]

    def choices(self, changelist):
        own = self.expected_parameters()
        self.kept = [pair for pair in changelist.params.items() if pair[0] not in own]
        everything, *found = super().choices(changelist)
        everything["selected"] = self.value() is None and not self.typed
        everything["query_string"] = changelist.get_query_string(remove=own)
        yield everything
        for choice, (key, _name) in zip(found, self.lookup_choices, strict=True):
            query = changelist.get_query_string({self.parameter_name: key}, [self.name_parameter])
            yield {**choice, "query_string": query}

    @property
    def suggestions_url(self):
        """Where a script asks for the cities whose names fit what is typed."""
        names = {"app_label": self.model._meta.app_label, "model_name": self.model._meta.model_name}
        return reverse("admin:autocomplete", query={**names, "field_name": "city"})

    def get_facet_queryset(self, changelist):
        """Count the rows of all cities in one query; Django's own has a condition for each city."""
        rows = changelist.get_queryset(self.request, self.expected_parameters())
        counts = dict(rows.order_by().values_list("city").annotate(rows=Count("pk")))
        return {
            f"{index}__c": counts.get(city, 0)
            for index, (city, _name) in enumerate(self.lookup_choices)
        }

    def queryset(self, request, queryset):
        chosen = self.value() or ""
        if chosen.isdecimal():
            return queryset.filter(city=chosen)
        if self.typed and self.is_narrow:
            return queryset.filter(city__in=self.found)
        if self.typed:
            cities = find_cities(City.objects.managed_by(request.user), self.typed)
            return queryset.filter(city__in=cities.order_by().values("pk"))
        return queryset
