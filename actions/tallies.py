"""How many cities are public and how many act, with how many actions, in all and under each row of
the catalogue.

The counts of each city are a row of its own, and the totals move by what changes in it. To count
60,000 actions anew takes a sixth to a third of a second, too long for each publication or visitor.
"""

from collections import Counter

from django.db import transaction

from .models import PublicCounts, PublicTotals

ALL, AREA, COMMITMENT, TYPE, TARGET = "all", "area", "commitment", "type", "target"

PUBLIC = "public"
"""Every public city counts here with all its actions: also with none, or with types unknown now."""


def place(scope, code):
    """What names a row of the catalogue among the counts."""
    return f"{scope}/{code}"


def count_rows(published):
    for one in published:
        actions = one.record.actions.actions
        counts = {PUBLIC: len(actions), **count(actions, one.catalogue)}
        yield PublicCounts(city_id=one.city.pk, is_sample=one.city.is_sample, actions=counts)


def count(actions, catalogue):
    """Place → number of these actions; types that are no longer in the catalogue do not count."""
    found = Counter()
    for code, number in Counter(action.action_type for action in actions).items():
        if kind := catalogue.action_types.get(code):
            for one in places(kind, catalogue):
                found[one] += number
    return found


def places(kind, catalogue):
    """All places under which an action of this type counts."""
    yield from (ALL, place(TYPE, kind.code), place(COMMITMENT, kind.commitment))
    yield place(AREA, catalogue.commitments[kind.commitment].area)
    yield from (place(TARGET, target) for target in kind.kmgbf_targets)


def move_totals(before, after):
    """Change the totals by the difference between two lists of `PublicCounts`."""
    if contents(before) == contents(after):
        return
    totals = lock_totals({row.is_sample for row in (*before, *after)})
    for rows, sign in ((before, -1), (after, 1)):
        for row in rows:
            add(totals[row.is_sample].counts, row.actions, sign)
    save_all(totals)


def recount():
    """Make the totals anew from the counts of all cities."""
    with transaction.atomic():
        totals = lock_totals({False, True})
        for is_sample, counts in counted().items():
            totals[is_sample].counts = counts
        save_all(totals)


def is_miscounted():
    """Whether the totals are not what a count of all cities finds."""
    with transaction.atomic():
        # Under their locks: nobody counts meanwhile.
        rows = PublicTotals.objects.order_by("is_sample").select_for_update()
        stored = {False: {}, True: {}, **dict(rows.values_list("is_sample", "counts"))}
        return stored != counted()


def counted():
    """is_sample → the counts of all cities together."""
    found = {False: {}, True: {}}
    rows = PublicCounts.objects.values_list("is_sample", "actions")
    for is_sample, actions in rows.iterator():
        add(found[is_sample], actions, 1)
    return found


def contents(rows):
    return [(row.city_id, row.is_sample, row.actions) for row in rows]


def lock_totals(kinds):
    """is_sample → its totals. Whoever counts at the same time waits here for the end of this."""
    PublicTotals.objects.bulk_create(
        [PublicTotals(is_sample=kind) for kind in kinds], ignore_conflicts=True
    )
    rows = PublicTotals.objects.filter(is_sample__in=kinds).order_by("is_sample")
    return {row.is_sample: row for row in rows.select_for_update()}


def add(counts, actions, sign):
    """Add the actions of a city to the counts, or take them away; leaves no place without one."""
    for one, number in actions.items():
        cities, total = counts.pop(one, (0, 0))
        if cities + sign:
            counts[one] = [cities + sign, total + sign * number]


def save_all(totals):
    for total in totals.values():
        total.save(update_fields=["counts"])
