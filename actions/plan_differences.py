"""Differences between the plans of two records, in words."""

from operator import attrgetter

from django.utils.translation import gettext as _

from profiles.comparison import Spot, Wording, changed_rows, compare, resource_of, year_of

from .models import Plan
from .plan_chapter import plan_name
from .plan_record import PlanRecord

PLAN = Wording(
    PlanRecord,
    Plan,
    words={"year": year_of("year"), "resource": resource_of("resource")},
    apart=("id",),
)


def plan_names(before, after):
    """Id → the name of the plan in two `ActionsRecord`s, where it was renamed the present one."""
    return {plan.id: plan_name(plan) for plan in (*before.plans, *after.plans)}


def plan_of(row, comparison):
    """The words of the plan of a `StatementRecord`; its number where it was taken out."""
    if row.plan is None:
        return None
    own = comparison.own(_("plan %(number)d") % {"number": row.plan})
    return comparison.plans.get(row.plan) or own


def plan_differences(before, after, chapter, comparison):
    """The differences between the plans of two `ActionsRecord`s."""
    for key, then, now in changed_rows(before.plans, after.plans, attrgetter("id")):
        path, name = f"plans.{key}", plan_name(now or then)
        if then is None or now is None:
            yield Spot(path, chapter).whole(_("plan"), name, is_added=then is None)
        else:
            place = _("Plan: %(name)s") % {"name": name}
            yield from compare(then, now, PLAN, Spot(path, chapter, place), comparison)
