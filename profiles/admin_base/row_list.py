"""The admin's lists of rows that cities own, which do no work for rows that nobody sees."""

from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.paginator import Paginator
from django.utils.functional import cached_property

from .city_filter import CityFilter

MOST_COUNTED = 10_000
"""A list says of more rows only that there are more: nobody looks through so many pages."""


class CappedPaginator(Paginator):
    """Counts `MOST_COUNTED` rows, and one more where there are more; the last page ends there."""

    @cached_property
    def count(self):
        rows = self.object_list.order_by().values("pk")
        return rows[: MOST_COUNTED + 1].count()


class RowList(ChangeList):
    """Finds the keys of a page first, then loads its rows alone.

    The rows of many cities come newest first, in the order of an index, and nothing is counted
    beside the filters: other orders and counts take all rows.
    """

    def __init__(self, request, *args, **kwargs):
        super().__init__(request, *args, **kwargs)
        if self.is_of_many_cities:
            self.add_facets = self.is_facets_optional = False

    @property
    def is_of_many_cities(self):
        filters = (spec for spec in self.filter_specs if isinstance(spec, CityFilter))
        return any(not spec.is_narrow for spec in filters)

    @property
    def is_newest_first(self):
        return self.is_of_many_cities and not self.params.get(ORDER_VAR)

    @property
    def most_counted(self):
        """How many rows are counted, where there are more; else None."""
        return MOST_COUNTED if self.result_count > MOST_COUNTED else None

    def get_ordering(self, request, queryset):
        return ["-pk"] if self.is_newest_first else super().get_ordering(request, queryset)

    def get_ordering_field_columns(self):
        return {} if self.is_newest_first else super().get_ordering_field_columns()

    def get_results(self, request):
        super().get_results(request)
        if self.multi_page and not (self.show_all and self.can_show_all):
            self.result_list = self.queryset.filter(pk__in=self.result_list.values("pk"))
