"""What the first page of the admin says of one city to somebody who works for it."""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

import updates.asking
import updates.rows
from achievements.section import open_levels
from actions.models import Action, Statement
from actions.petals import in_order, petals_of
from hub.models import Resource
from notices.models import Question
from profiles.admin_areas import linked_models, model_of_category
from profiles.deleted import numbers_of_deleted
from profiles.models import City
from profiles.people import display_name
from profiles.returning import returning
from report.drawings.rosette_layout import is_grouped
from report.sources import working_context

from .next_steps import next_steps

CHANGES, PLACES = 3, 2
"""How many changes are named, and how many places of each."""


@dataclass
class Lack:
    """The first incomplete level of a category, what it lacks, and the page to fill that in."""

    category: str
    level: str
    percent: int
    missing: tuple
    url: str


@dataclass
class Change:
    """A change set in short: `places` are (words, address) of what it changed, and
    `has_more` tells whether it changed more than those."""

    who: str
    when: Any
    places: list
    has_more: bool


@dataclass
class CityWork:
    """`petals` and `empty_petals` (place, address, words) are for the rosette.

    `deleted`: (name, number, address) of what can be brought back.
    `waiting_for`: the requests to colleagues that are not answered, the first for `waiting_days`;
    `answered`: how many answers of colleagues are to be looked at.
    """

    city: City
    may_edit: bool
    links: list
    update: Any = None
    petals: tuple = ()
    empty_petals: list = field(default_factory=list)
    steps: list = field(default_factory=list)
    waiting_for: list = field(default_factory=list)
    waiting_days: int = 0
    answered: int = 0
    returned: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    lacks: list = field(default_factory=list)
    deleted: list = field(default_factory=list)
    repeated: int = 0
    questions: int = 0


def work_of(city, user):
    """The `CityWork` of a `City` for `user`; its country is loaded."""
    may_edit = City.objects.editable_by(user).filter(pk=city.pk).exists()
    work = CityWork(city, may_edit, _links(city, may_edit))
    if not may_edit:
        return work
    record, context = working_context(city)
    pages = _pages(city)
    work.update = updates.rows.overview_of(city)
    work.petals = petals_of(record, context.catalogue)
    work.empty_petals = _empty_petals(record, context, work.petals, pages)
    work.steps = next_steps(city, record, context, pages)
    work.waiting_for, work.answered = updates.asking.waiting_for(city)
    if work.waiting_for:
        work.waiting_days = (timezone.now() - work.waiting_for[0].asked_at).days
    work.returned = list(city.resources.filter(state=Resource.State.RETURNED))
    work.changes = _changes(city, user, pages)
    work.lacks = _lacks(city, record, context)
    work.questions = Question.objects.unanswered().filter(city=city).count()
    work.deleted = _deleted(city)
    work.repeated = Action.objects.filter(city=city).repeated().count()
    return work


def _pages(city):
    """Number of an action → the address of its form."""
    rows = Action.objects.filter(city=city).values_list("number", "pk")
    return {
        number: from_here(reverse("admin:actions_action_change", args=[pk])) for number, pk in rows
    }


def from_here(url):
    """`url`, so that a save leads back to the first page."""
    return returning(url, reverse("admin:index"))


def _links(city, may_edit):
    """(name, number of rows or None, URL, URL to add a row or None) of each part of the profile."""
    return [
        (
            model.link_name,
            getattr(city, model.rows).count() if model.rows else None,
            from_here(model.city_url(city)),
            from_here(model.add_url(city)) if may_edit and model.can_add else None,
        )
        for model in linked_models(may_edit)
    ]


def _deleted(city):
    """(name, number, address of their list) of each kind of rows that can be brought back."""
    kinds = {apps.get_model(one.label): one for one in linked_models(True) if one.rows}
    return [
        (kinds[model].link_name, number, kinds[model].deleted_url(city))
        for model, number in numbers_of_deleted(list(kinds), city.pk).items()
    ]


def _empty_petals(record, context, petals, pages):
    """(place, address, words) of each petal of an action without a starting point."""
    if is_grouped(petals):
        return []
    found = []
    for place, action in enumerate(in_order(record, context.catalogue)):
        if not petals[place].has_start and action.number in pages:
            title = context.catalogue.action_types[action.action_type].text()
            words = _("Action %(number)d, %(title)s: no starting point yet")
            words %= {"number": action.number, "title": title}
            found.append((place, f"{pages[action.number]}#baseline-group", words))
    return found


def _changes(city, user, pages):
    """The last `Change`s of the city and of its actions, the newest first."""
    actions = Action.history.filter(city=city.pk).values_list("id", "number")
    numbers = dict(actions.order_by("history_id"))
    trails = (
        (City.history.filter(id=city.pk), lambda row: None),
        (Action.history.filter(city=city.pk), lambda row: row.number),
        (
            Statement.history.filter(action_id__in=list(numbers)),
            lambda row: numbers[row.action_id],
        ),
    )
    rows = []
    for history, number_of in trails:
        newest = history.select_related("change_set__user").order_by("-history_id")[: 4 * CHANGES]
        rows += [(row.change_set, number_of(row)) for row in newest]
    rows.sort(key=lambda one: one[0].pk, reverse=True)
    touched = {}
    for change_set, number in rows:
        touched.setdefault(change_set, {}).setdefault(number)
    return [
        _change(change_set, list(numbers), city, user, pages)
        for change_set, numbers in list(touched.items())[:CHANGES]
    ]


def _change(change_set, numbers, city, user, pages):
    own = from_here(reverse("admin:profiles_city_change", args=[city.pk]))
    places = [
        (_("the city"), own)
        if number is None
        else (_("action %(number)d") % {"number": number}, pages.get(number))
        for number in numbers[:PLACES]
    ]
    return Change(
        who=_("you") if change_set.user == user else display_name(change_set.user, user),
        when=change_set.created_at,
        places=places,
        has_more=len(numbers) > PLACES,
    )


def _lacks(city, record, context):
    """A `Lack` for each category that has an incomplete level."""
    names = context.texts
    return [
        Lack(
            category=str(names(f"achievements.{level.category}")),
            level=str(level.name),
            percent=level.share.percent,
            missing=tuple(rule.text() for rule in level.missing),
            url=from_here(model_of_category(level.category).list_url(city)),
        )
        for level in open_levels(record, context)
    ]
