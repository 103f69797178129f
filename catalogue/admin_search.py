"""The search of the admin's lists: folded, as that of the public pages."""

from functools import reduce
from operator import or_

from django.contrib import admin
from django.db.models import Q

from .folding import fold, search_words


class FoldedSearch(admin.ModelAdmin):
    """Finds the rows that contain each word in one of `search_fields`.

    A field may be one of folded text (`is_folded`), `=name` of a whole number, or any other text.
    Other texts are folded here, row by row: on both databases with the same result, and without a
    column for each. They are fields of the rows of the list, or of a catalogue, or of people: tens
    of thousands at most. What there may be more of has its folded text stored.
    """

    def get_search_results(self, request, queryset, search_term):
        if words := search_words(search_term):
            fields = [_field_of(self.model, queryset, path) for path in self.search_fields]
            for word in words:
                queryset = queryset.filter(reduce(or_, (field.having(word) for field in fields)))
        return queryset, False


def _field_of(model, queryset, path):
    if path.startswith("="):
        return _Number(path[1:])
    *relations, name = path.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    if getattr(model._meta.get_field(name), "is_folded", False):
        return _Folded(path)
    rows = model._default_manager.all() if relations else queryset
    return _Text("__".join((*relations, "pk")), rows, name)


class _Number:
    MOST_DIGITS = 9
    """Digits that an integer of every database has."""

    def __init__(self, path):
        self.path = path

    def having(self, word):
        is_number = word.isdecimal() and len(word) <= self.MOST_DIGITS
        return Q(**{self.path: int(word)}) if is_number else Q(pk__in=())


class _Folded:
    def __init__(self, path):
        self.path = path

    def having(self, word):
        return Q(**{f"{self.path}__contains": word})


class _Text:
    """`path` leads to the primary key of the rows whose field `name` is searched."""

    def __init__(self, path, rows, name):
        self.path = path
        texts = rows.exclude(**{name: ""}).order_by().values_list("pk", name)
        self.folded = [(pk, fold(text)) for pk, text in texts if text]

    def having(self, word):
        return Q(**{f"{self.path}__in": [pk for pk, text in self.folded if word in text]})
