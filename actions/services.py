"""Writes of the Action Platform that touch several rows."""

from django.db.models import Exists, F, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest, Least
from django.dispatch import receiver

from profiles.changes import current_recording
from profiles.deleted import brought_back
from profiles.models import ChangeSet, City

from .models import Action


def next_number(city):
    """Take the next action number of `city`; no number is given twice."""
    current_recording()
    City.objects.filter(pk=city.pk).update(last_action_number=F("last_action_number") + 1)
    return City.objects.values_list("last_action_number", flat=True).get(pk=city.pk)


def used_numbers():
    """History rows of the actions whose numbers may not be given again.

    These are all actions, present and deleted, except those removed by taking back an import: an
    import that was taken back leaves no trace.
    """
    later = Action.history.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    taken_back = Action.history.filter(
        ~Exists(later), id=OuterRef("id"), history_type="-", change_set__kind=ChangeSet.Kind.UNDO
    )
    return Action.history.filter(~Exists(taken_back)).order_by()


def raise_counters(cities):
    """Raise the counters of `cities` to their highest number, after actions came with numbers."""
    highest = _highest(Action.objects.filter(city=OuterRef("pk")).order_by())
    cities.update(last_action_number=Greatest("last_action_number", highest))


@receiver(brought_back, sender=Action)
@receiver(brought_back, sender=City)
def keep_numbers_of(sender, row, **kwargs):
    """Numbers that have come back are not given again."""
    raise_counters(City.objects.filter(pk=row.owning_city_id))


def lower_counters(cities):
    """Lower the counters of `cities` after an import was taken back: its numbers are free again."""
    highest = _highest(used_numbers().filter(city=OuterRef("pk")))
    cities.update(last_action_number=Least("last_action_number", highest))


def _highest(actions):
    """A subquery on cities: the highest number of `actions`; 0 if there are none."""
    found = actions.values("city").annotate(highest=Max("number")).values("highest")
    return Coalesce(Subquery(found), 0)
