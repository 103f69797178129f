"""The admin's list of actions, grouped by commitment, with what is missing in each action."""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.templatetags.admin_list import items_for_result
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR
from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    prefetch_related_objects,
)
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from profiles.admin_base import RowList

from .models import Action, OwnFigure, Statement
from .models.city import twins_of


def has_statement(**statement):
    return Exists(Statement.objects.filter(action=OuterRef("pk"), **statement))


LACK_CONDITIONS = {
    "no-baseline": (_("without a starting point"), ~has_statement(kind=Statement.Kind.BASELINE)),
    "no-target": (_("without a target"), ~has_statement(kind=Statement.Kind.TARGET)),
    "no-due-year": (
        _("with a target without a due year"),
        has_statement(kind=Statement.Kind.TARGET, due_year__isnull=True),
    ),
    "no-progress": (_("without progress"), ~has_statement(kind=Statement.Kind.PROGRESS)),
}
"""What can be missing in an action: code in the query string → (label, condition on the action)."""


class AttentionFilter(SimpleListFilter):
    title = _("to look at")
    parameter_name = "look"

    def lookups(self, request, model_admin):
        lacks = [(code, words) for code, (words, _condition) in LACK_CONDITIONS.items()]
        return [*lacks, ("repeated", _("same type or words as another"))]

    def queryset(self, request, queryset):
        if self.value() == "repeated":
            return queryset.repeated()
        if self.value() in LACK_CONDITIONS:
            return queryset.filter(LACK_CONDITIONS[self.value()][1])
        return queryset


@dataclass(frozen=True)
class LackCount:
    """How many of the listed actions lack one thing, and the query string that lists them."""

    count: int
    words: str
    query: str
    is_chosen: bool


NO_DUE_YEAR = _("no due year")


def missing_parts(action):
    """The labels of what is missing in an action of the list (see `ActionList.get_results`)."""
    if not action.baselines:
        yield _("starting point")
    if not action.targets:
        yield _("target")
    elif any(target.due_year is None for target in action.targets):
        yield _("due year")
    if not action.reports:
        yield _("progress")


def joined_html(parts):
    """The cell of a column: its parts, or "missing" where there are none."""
    return format_html_join(", ", "{}", ((part,) for part in parts)) or missing_html(_("missing"))


def missing_html(words):
    return format_html('<span class="missing">{}</span>', words)


class ActionList(RowList):
    """Adds statements and twin to each action of the page, in a fixed number of queries."""

    def __init__(self, request, *args, **kwargs):
        self.request = request
        super().__init__(request, *args, **kwargs)

    def get_queryset(self, request, exclude_parameters=None):
        own = OwnFigure.objects.filter(action=OuterRef("pk"), is_key_figure=True)
        rows = super().get_queryset(request, exclude_parameters)
        return rows.annotate(has_own_key_figure=Exists(own))

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        statements = Statement.objects.order_by("due_year", "date", "pk")
        prefetch_related_objects(self.result_list, Prefetch("statements", statements))
        twins = twin_numbers([action.pk for action in self.result_list])
        for action in self.result_list:
            action.twin_number = twins.get(action.pk)
            by_kind = {kind: [] for kind in Statement.Kind}
            for statement in action.statements.all():
                by_kind[statement.kind].append(statement)
            action.baselines, action.targets, action.reports = by_kind.values()

    @property
    def is_grouped(self):
        """Another order breaks the groups, so the list then has none."""
        return not (self.params.get(ORDER_VAR) or self.is_newest_first)

    def groups(self):
        """Pairs (commitment or None, rows); each row is a list of the cells' HTML."""
        key = attrgetter("action_type.commitment") if self.is_grouped else lambda action: None
        for commitment, actions in groupby(self.result_list, key=key):
            yield commitment, [list(items_for_result(self, action, None)) for action in actions]

    @cached_property
    def lacking(self):
        """Counts of what is missing in the actions that the other filters and the search leave.

        None for the actions of many cities.
        """
        if self.is_of_many_cities:
            return None
        rows = self.get_queryset(self.request, exclude_parameters=[AttentionFilter.parameter_name])
        counts = rows.order_by().aggregate(
            actions=Count("pk"),
            **{
                code: Count("pk", filter=Q(condition))
                for code, (_words, condition) in LACK_CONDITIONS.items()
            },
        )
        chosen = self.params.get(AttentionFilter.parameter_name)
        kinds = [
            LackCount(
                count=counts[code],
                words=words,
                query=self.get_query_string({AttentionFilter.parameter_name: code}, [PAGE_VAR]),
                is_chosen=code == chosen,
            )
            for code, (words, _condition) in LACK_CONDITIONS.items()
        ]
        return {"actions": counts["actions"], "kinds": kinds}


def twin_numbers(keys):
    """Action id → number of its first twin (see `twins_of`), or None; one query."""
    twins = twins_of(
        city=OuterRef("city"),
        action_type=OuterRef("action_type"),
        description=OuterRef("description"),
    ).exclude(pk=OuterRef("pk"))
    numbers = Subquery(twins.order_by("number").values("number")[:1])
    actions = Action.objects.filter(pk__in=keys, confirmed="").annotate(twin_number=numbers)
    return dict(actions.values_list("pk", "twin_number"))
