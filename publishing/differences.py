"""Differences between two profile records, in words and in the order of the document."""

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

import actions.differences
import cbi.differences
import hub.differences
import hub.picture_differences
import pathway.differences
import profiles.differences
from hub.context import find_resources
from hub.record import resource_ids
from profiles.comparison import ADDED, CHANGED, REMOVED, Comparison, Difference, KnownTexts, Spot

__all__ = ["Difference", "differences", "edit_address", "find_titles", "summary"]

PARTS = {
    "city": profiles.differences,
    "pictures": hub.picture_differences,
    "actions": actions.differences,
    "pathway": pathway.differences,
    "assessments": cbi.differences,
    "resources": hub.differences,
}
"""Field of a `ProfileRecord` → the module that compares it, in the order of the document."""


def differences(before, after, catalogue, titles=None):
    """The `Difference`s between two `ProfileRecord`s, in the active language. No query.

    Two records that differ have at least one. `before` is None for a first publication: then they
    are a short list of what each chapter has. `catalogue`: a `catalogue.frozen.Catalogue`; what it
    does not know goes by its code. `titles`: those of the resources, from `find_titles`.
    """
    language = after.city.language
    languages = (before.city.language if before else language, language)
    texts, followed = KnownTexts(catalogue), frozenset({languages})
    comparison = Comparison(catalogue, texts, languages, titles or {}, followed)
    if before is None:
        return [*_contents(after, comparison)]
    found = []
    for name, part in PARTS.items():
        found += part.differences(getattr(before, name), getattr(after, name), comparison)
    return found


def _contents(record, comparison):
    for name, part in PARTS.items():
        for path, label, words in part.counts(getattr(record, name), comparison):
            if words:
                line = comparison.own(words)
                yield Spot(path, part.CHAPTER).whole(label, line, is_added=True)


def find_titles(city_id, *records):
    """Id of a resource → its title as a `Text`, for those in `records` of a city; one query.

    Only of resources that readers of the profile may see. `records` may be None.
    """
    records = [record for record in records if record is not None]
    ids = set().union(*map(resource_ids, records))
    language = records[-1].city.language if records else ""
    return {row.pk: row.text("title") for row in find_resources(city_id, ids, language)}


def edit_address(slug, difference):
    """The address that leads to the page of the admin where one edits what differs. No query.

    `difference`: a `Difference`, or anything else with such a `path`.
    """
    return reverse("website:edit_field", args=[slug, difference.path])


LONGEST_SUMMARY = 100
MOST_NAMED = 2

FACTS = {
    ADDED: gettext_lazy("%(field)s added"),
    CHANGED: gettext_lazy("%(field)s changed"),
    REMOVED: gettext_lazy("%(field)s removed"),
}
PHRASES = {
    ("city", CHANGED): ngettext_lazy(
        "%(number)d fact about the city changed",
        "%(number)d facts about the city changed",
        "number",
    ),
    ("pictures", ADDED): ngettext_lazy(
        "%(number)d picture added", "%(number)d pictures added", "number"
    ),
    ("pictures", CHANGED): ngettext_lazy(
        "%(number)d picture changed", "%(number)d pictures changed", "number"
    ),
    ("pictures", REMOVED): ngettext_lazy(
        "%(number)d picture removed", "%(number)d pictures removed", "number"
    ),
    ("commitments", ADDED): ngettext_lazy(
        "%(number)d commitment made", "%(number)d commitments made", "number"
    ),
    ("commitments", CHANGED): ngettext_lazy(
        "%(number)d commitment changed", "%(number)d commitments changed", "number"
    ),
    ("commitments", REMOVED): ngettext_lazy(
        "%(number)d commitment removed", "%(number)d commitments removed", "number"
    ),
    ("actions", ADDED): ngettext_lazy(
        "%(number)d action added", "%(number)d actions added", "number"
    ),
    ("actions", CHANGED): ngettext_lazy(
        "%(number)d action changed", "%(number)d actions changed", "number"
    ),
    ("actions", REMOVED): ngettext_lazy(
        "%(number)d action removed", "%(number)d actions removed", "number"
    ),
    ("plans", ADDED): ngettext_lazy("%(number)d plan added", "%(number)d plans added", "number"),
    ("plans", CHANGED): ngettext_lazy(
        "%(number)d plan changed", "%(number)d plans changed", "number"
    ),
    ("plans", REMOVED): ngettext_lazy(
        "%(number)d plan removed", "%(number)d plans removed", "number"
    ),
    ("pathway", CHANGED): ngettext_lazy(
        "%(number)d step changed", "%(number)d steps changed", "number"
    ),
    ("cbi", ADDED): ngettext_lazy(
        "%(number)d assessment added", "%(number)d assessments added", "number"
    ),
    ("cbi", CHANGED): ngettext_lazy(
        "%(number)d assessment changed", "%(number)d assessments changed", "number"
    ),
    ("cbi", REMOVED): ngettext_lazy(
        "%(number)d assessment removed", "%(number)d assessments removed", "number"
    ),
    ("resources", ADDED): ngettext_lazy(
        "%(number)d resource added", "%(number)d resources added", "number"
    ),
    ("resources", REMOVED): ngettext_lazy(
        "%(number)d resource removed", "%(number)d resources removed", "number"
    ),
}
"""(how a path begins, kind) → the phrase of a summary."""


def summary(found):
    """The `Difference`s on a short line, such as "Population size changed; 3 actions changed".

    For feeds, lists and mails. What does not fit into some 100 characters is counted. Of a first
    publication it is what each chapter has, such as "30 actions; 2 assessments".
    """
    if contents := [one for one in found if "." not in one.path]:
        phrases = [str(one.after) for one in contents if one.row != "city"]
        return _joined(phrases or [contents[0].label])
    facts = [one for one in found if one.row == "city"]
    named = facts if len(facts) <= MOST_NAMED else []
    rows = {}
    for one in found:
        if one.row != "city":
            rows.setdefault(_kind_of_phrase(one), set()).add(one.row)
        elif not named:
            rows.setdefault(_kind_of_phrase(one), set()).add(one.path)
    counted = [PHRASES[kind] % {"number": len(rows[kind])} for kind in PHRASES if kind in rows]
    return _joined([*(FACTS[one.kind] % {"field": one.label} for one in named), *counted])


def _kind_of_phrase(difference):
    begin = difference.row.partition(".")[0]
    kind = difference.kind if difference.is_whole_row and begin != "pathway" else CHANGED
    return begin, kind


def _joined(phrases):
    """As many of `phrases` as fit; at least the first."""
    shown = phrases
    while shown:
        words = "; ".join(shown)
        if rest := len(phrases) - len(shown):
            more = ngettext("and %(number)d more", "and %(number)d more", rest)
            words = "; ".join([words, more % {"number": rest}])
        if len(words) <= LONGEST_SUMMARY or len(shown) == 1:
            return words
        shown = shown[:-1]
    return ""
