"""What an officer can do next: at most three small steps, each with what it brings and how long it
takes. Which steps, their order and their minutes are ours."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from achievements.models import Fact
from achievements.section import open_levels
from actions.figures_in_text import offer_for, rank
from actions.models import Statement
from profiles.admin_areas import model_of_category
from profiles.returning import returning

MOST = 3

MOST_READ = 40
"""In the texts of so many actions figures are looked for."""

MINUTES = {
    **dict.fromkeys((Fact.ABOUT, Fact.ABOUT_LENGTH), 10),
    **dict.fromkeys((Fact.HEAD_STATEMENT, Fact.ACTIONS, Fact.RESOURCES), 5),
    **dict.fromkeys((Fact.STEP_ITEMS, Fact.STEPS_WITH_ITEMS, Fact.RESOURCES_WITH_FILE), 5),
    **dict.fromkeys((Fact.RESOURCE_TOPICS, Fact.RESOURCE_KINDS), 5),
    **dict.fromkeys((Fact.BASELINES, Fact.TARGETS, Fact.PROGRESS_REPORTS), 3),
    **dict.fromkeys((Fact.COMMITMENTS, Fact.COMMITMENT_AREAS), 2),
    **dict.fromkeys((Fact.INDICATORS_SCORED, Fact.COMPONENTS_STARTED), 20),
    Fact.ASSESSMENTS: 20,
}
"""Fact of a rule → about how many minutes one more of it takes; 1 for any other fact."""

IN_ACTIONS = (Fact.BASELINES, Fact.TARGETS, Fact.PROGRESS_REPORTS)
"""Facts for which there is a step of its own, which names the action."""

FIELDS = {
    Fact.ABOUT: "about",
    Fact.ABOUT_LENGTH: "about",
    Fact.POPULATION: "population",
    Fact.POPULATION_YEAR: "population_year",
    Fact.LOCATION: "latitude",
    Fact.HEAD_OF_GOVERNMENT: "head_name",
    Fact.HEAD_TITLE: "head_title",
    Fact.HEAD_STATEMENT: "head_statement",
    Fact.AREA: "area_km2",
    Fact.WEBSITE: "website",
}
"""Fact of a rule about the city itself → its field in the city's form."""


@dataclass(frozen=True, slots=True)
class Step:
    """`gain`: what it brings, in words; "" where that is plain."""

    words: str
    url: str
    gain: str
    minutes: int


def next_steps(city, record, context, pages):
    """The `Step`s of a `City`, the shortest of each kind first.

    `record`: the `ProfileRecord` of its rows, with its document's `context`; `pages`: number of an
    action → the address of its form.
    """
    open_rules = list(_open_rules(record, context))
    kinds = (
        _figure_in_text(record.actions.actions, pages, open_rules),
        _year_of_target(record.actions.actions, pages),
        _rule(city, open_rules),
        _start(record.actions.actions, pages, open_rules),
        _target(record.actions.actions, pages, open_rules),
        *(_rule(city, open_rules[place:]) for place in range(1, MOST)),
    )
    return list(dict.fromkeys(filter(None, kinds)))[:MOST]


def _open_rules(record, context):
    """(rule, gain) of the rules that are missing for the next level of each category, the quickest
    first, and of those the ones that complete a level."""
    found = []
    for level in open_levels(record, context):
        for rule in level.missing:
            if len(level.missing) == 1:
                gain = _("%(level)s complete") % {"level": level.name}
            else:
                words = ngettext(
                    "1 of %(number)d left for %(level)s",
                    "1 of %(number)d left for %(level)s",
                    len(level.missing),
                )
                gain = words % {"number": len(level.missing), "level": level.name}
            found.append((MINUTES.get(rule.fact, 1), len(level.missing), rule, gain))
    found.sort(key=lambda one: one[:2])
    return [(rule, gain) for _minutes, _left, rule, gain in found]


def _rule(city, open_rules):
    """The quickest of the rules that no other step is about."""
    for rule, gain in open_rules:
        if rule.fact in IN_ACTIONS:
            continue
        url = model_of_category(rule.category).list_url(city)
        url = returning(url, reverse("admin:index"))
        if field := FIELDS.get(rule.fact):
            url = f"{url}#id_{field}"
        return Step(capfirst(str(rule.text())), url, gain, MINUTES.get(rule.fact, 1))
    return None


def _gain(fact, open_rules, words):
    """`words`, and what it brings besides where a rule asks for it."""
    more = next((gain for rule, gain in open_rules if rule.fact == fact), None)
    return _("%(one)s; %(other)s") % {"one": words, "other": more} if more else words


def _figure_in_text(actions, pages, open_rules):
    """A figure that stands in the text of an action and in none of its values.

    Of the first actions without a starting point, else with one, areas are offered before counts.
    """
    first = sorted(actions, key=_has_start)[:MOST_READ]
    found = [(action, offer) for action in first if (offer := offer_for(action))]
    if not found:
        return None
    action, offer = min(found, key=lambda one: (_has_start(one[0]), rank(one[1])))
    words = _("Give action %(number)d a figure: “%(excerpt)s” stands in its text")
    words %= {"number": action.number, "excerpt": offer.excerpt}
    gain = _("a figure beside the words")
    if not _has_start(action):
        gain = _gain(Fact.BASELINES, open_rules, _("fills a petal"))
    return Step(words, f"{pages[action.number]}#baseline-group", gain, 1)


def _has_start(action):
    return bool(_kinds(action)[Statement.Kind.BASELINE])


def _year_of_target(actions, pages):
    for action in actions:
        for statement in action.statements:
            if statement.kind == Statement.Kind.TARGET and statement.due_year is None:
                words = _("Set a year for the target of action %(number)d")
                url = f"{pages[action.number]}#target-group"
                return Step(words % {"number": action.number}, url, _("it can be judged then"), 1)
    return None


def _kinds(action):
    return Counter(statement.kind for statement in action.statements)


def _start(actions, pages, open_rules):
    for action in actions:
        if not _has_start(action):
            words = _("Say where action %(number)d starts") % {"number": action.number}
            gain = _gain(Fact.BASELINES, open_rules, _("fills a petal"))
            return Step(words, f"{pages[action.number]}#baseline-group", gain, 3)
    return None


def _target(actions, pages, open_rules):
    """A target for the first action that has a starting point in figures and no target."""
    for action in actions:
        kinds = _kinds(action)
        if kinds[Statement.Kind.TARGET] or not _has_number(action):
            continue
        words = _("Set a target for action %(number)d") % {"number": action.number}
        gain = _gain(Fact.TARGETS, open_rules, _("a petal grows"))
        return Step(words, f"{pages[action.number]}#target-group", gain, 3)
    return None


def _has_number(action):
    return any(value.number is not None for one in action.statements for value in one.values)
