"""The admin's list of actions: under their areas and commitments, with what each of them lacks."""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.templatetags.admin_list import items_for_result
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, ChangeList
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

from .models import Action, Statement
from .models.city import twins_of


def has(**statement):
    return Exists(Statement.objects.filter(action=OuterRef("pk"), **statement))


LACKS = {
    "no-baseline": (_("without a baseline"), ~has(kind=Statement.Kind.BASELINE)),
    "no-target": (_("without a target"), ~has(kind=Statement.Kind.TARGET)),
    "no-due-year": (
        _("with a target without a due year"),
        has(kind=Statement.Kind.TARGET, due_year__isnull=True),
    ),
    "no-progress": (_("without progress"), ~has(kind=Statement.Kind.PROGRESS)),
}
"""What an action may lack: a code in addresses → words, and the condition on the action."""


class ToLookAt(SimpleListFilter):
    title = _("to look at")
    parameter_name = "look"

    def lookups(self, request, model_admin):
        lacks = [(code, words) for code, (words, _condition) in LACKS.items()]
        return [*lacks, ("repeated", _("same type or words as another"))]

    def queryset(self, request, queryset):
        if self.value() == "repeated":
            return queryset.repeated()
        if self.value() in LACKS:
            return queryset.filter(LACKS[self.value()][1])
        return queryset


@dataclass(frozen=True)
class Lacking:
    """How many of the listed actions lack something, and the address that lists those."""

    count: int
    words: str
    query: str
    is_chosen: bool


NO_DUE_YEAR = _("no due year")


def lacks_of(action):
    """What a listed action lacks, in words."""
    if not action.baselines:
        yield _("baseline")
    if not action.targets:
        yield _("target")
    elif any(target.due_year is None for target in action.targets):
        yield _("due year")
    if not action.reports:
        yield _("progress")


def joined(parts):
    """The cell of a column: its parts, or that there is nothing."""
    return format_html_join(", ", "{}", ((part,) for part in parts)) or missing(_("missing"))


def missing(words):
    return format_html('<span class="missing">{}</span>', words)


class ActionList(ChangeList):
    """Rows know their statements and their twin; a page of them costs the same few queries."""

    def __init__(self, request, *args, **kwargs):
        self.request = request
        super().__init__(request, *args, **kwargs)

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        statements = Statement.objects.order_by("due_year", "date", "pk")
        prefetch_related_objects(self.result_list, Prefetch("statements", statements))
        twins = numbers_of_twins([action.pk for action in self.result_list])
        for action in self.result_list:
            action.twin_number = twins.get(action.pk)
            of_kind = {kind: [] for kind in Statement.Kind}
            for statement in action.statements.all():
                of_kind[statement.kind].append(statement)
            action.baselines, action.targets, action.reports = of_kind.values()

    @property
    def is_grouped(self):
        """Somebody who sorts by a column gets one list."""
        return not self.params.get(ORDER_VAR)

    def groups(self):
        """(commitment or None, the rows under it): each row is a list of the cells' HTML."""
        by = attrgetter("action_type.commitment") if self.is_grouped else lambda action: None
        for commitment, actions in groupby(self.result_list, key=by):
            yield commitment, [list(items_for_result(self, action, None)) for action in actions]

    @cached_property
    def lacking(self):
        """What is lacking among the actions that the other filters and the search leave."""
        rows = self.get_queryset(self.request, exclude_parameters=[ToLookAt.parameter_name])
        counts = rows.order_by().aggregate(
            actions=Count("pk"),
            **{
                code: Count("pk", filter=Q(condition))
                for code, (_words, condition) in LACKS.items()
            },
        )
        chosen = self.params.get(ToLookAt.parameter_name)
        kinds = [
            Lacking(
                count=counts[code],
                words=words,
                query=self.get_query_string({ToLookAt.parameter_name: code}, [PAGE_VAR]),
                is_chosen=code == chosen,
            )
            for code, (words, _condition) in LACKS.items()
        ]
        return {"actions": counts["actions"], "kinds": kinds}


def numbers_of_twins(keys):
    """Key of an action → number of another one of its city that says the same; one query."""
    twins = twins_of(
        city=OuterRef("city"),
        action_type=OuterRef("action_type"),
        description=OuterRef("description"),
    ).exclude(pk=OuterRef("pk"))
    numbers = Subquery(twins.order_by("number").values("number")[:1])
    actions = Action.objects.filter(pk__in=keys, confirmed="").annotate(twin_number=numbers)
    return dict(actions.values_list("pk", "twin_number"))
