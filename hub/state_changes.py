"""Tells which resources have got another state, whoever wrote it: a form, a sheet, an undo."""

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.dispatch import Signal, receiver

from profiles.changes import batches, rows_written

from .models import Resource

resources_moved = Signal()
"""Sent inside the transaction.

Arguments: change_set, rows (the history rows of resources whose state it changed, each with
`before`, the state until then, empty for a new resource).
"""


@receiver(rows_written)
def announce_moves(sender, touched, **kwargs):
    ids = sorted(touched.get(Resource, ()))
    rows = [row for some in batches(ids) for row in moved(some)]
    if rows:
        resources_moved.send(sender=Resource, change_set=rows[0].change_set, rows=rows)


def moved(ids):
    """The newest history row of each of these resources, where its state is a new one."""
    history = Resource.history.filter(id=OuterRef("id")).order_by("-history_id")
    newest = Resource.history.filter(id__in=ids, history_id=Subquery(history.values("pk")[:1]))
    earlier = history.filter(change_set__lt=OuterRef("change_set")).values("state")[:1]
    told = newest.annotate(before=Coalesce(Subquery(earlier), Value(""))).exclude(history_type="-")
    rows = told.exclude(before=F("state")).select_related("change_set__user")
    return list(rows.order_by("id"))
