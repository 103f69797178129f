"""Which answers of colleagues the officers who asked for them do not know of yet."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from django.db.models import Count, F, Max, Min, Q
from django.utils import timezone

from .models import ColleagueRequest, RequestedFigure

QUIET, LONGEST = timedelta(minutes=15), timedelta(hours=2)
"""Answers are told together once no more have come for so long, and at the latest after so long."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Requests of one update by one person, each with `new_answers`: how many are not told."""

    requests: list

    @property
    def update(self):
        return self.requests[0].update

    @property
    def asked_by(self):
        """None where the account is gone."""
        return self.requests[0].asked_by

    @property
    def count(self):
        return sum(one.new_answers for one in self.requests)

    def claimed(self):
        """Those of these requests of which this process tells; no other tells of them then."""
        return Answered(
            [
                one
                for one in self.requests
                if ColleagueRequest.objects.filter(pk=one.pk, told_at=one.told_at).update(
                    told_at=one.newest
                )
            ]
        )


def to_be_told():
    """The `Answered` of which it is time to tell; those that wait for nobody are left out."""
    figures = Q(figures__state=RequestedFigure.State.ANSWERED) & (
        Q(told_at=None) | Q(figures__answered_at__gt=F("told_at"))
    )
    waiting = (
        ColleagueRequest.objects.filter(figures, revoked_at=None)
        .annotate(
            new_answers=Count("figures"),
            newest=Max("figures__answered_at"),
            oldest=Min("figures__answered_at"),
        )
        .select_related("update__city__country", "asked_by")
        .order_by("update_id", "asked_by_id", "pk")
    )
    now = timezone.now()
    for _key, requests in groupby(waiting, lambda one: (one.update_id, one.asked_by_id)):
        found = list(requests)
        is_quiet = max(one.newest for one in found) < now - QUIET
        if is_quiet or min(one.oldest for one in found) < now - LONGEST:
            yield Answered(found)
