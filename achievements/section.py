"""The achievements of a city as plain data: how much of each level is met and what is missing."""

from dataclasses import dataclass

from catalogue.atoms import Share, Text

from .facts import facts_of
from .lists import FrozenRule
from .models import Rule

FACTS_FOR_SENTENCE = {
    Rule.Category.PROFILE: ("about", "population", "head_of_government"),
    Rule.Category.PATHWAY: ("step_items",),
    Rule.Category.HUB: ("resources",),
    Rule.Category.ACTIONS: (),
    Rule.Category.CBI: (),
}
"""Facts of which one must hold for the official sentence; else the neutral sentence is printed,
because the official one would praise what the city has not done. Empty: always official."""

FACT_FOR_CATEGORY = {Rule.Category.CBI: "assessments"}
"""The fact without which a category is left out: the official document has no category for it."""


@dataclass(frozen=True, slots=True)
class LevelEntry:
    """`missing` are the rules that are not met yet, in words."""

    code: str
    name: Text
    share: Share
    state: Text
    missing: tuple[Text, ...]
    missing_text: Text | None


@dataclass(frozen=True, slots=True)
class CategoryEntry:
    code: str
    name: Text
    sentence: Text
    levels: tuple[LevelEntry, ...]


@dataclass(frozen=True, slots=True)
class AchievementsSection:
    title: Text
    note: Text
    categories: tuple[CategoryEntry, ...]


def build(record, context):
    facts, texts = facts_of(record, context), context.texts
    rules = _current_rules(context.catalogue)
    return AchievementsSection(
        title=texts("achievements.title"),
        note=texts("achievements.rules.note"),
        categories=tuple(
            _category(category, rules, facts, texts) for category in _categories(facts)
        ),
    )


@dataclass(frozen=True, slots=True)
class OpenLevel:
    """The first level of a category that is not complete; `missing`: the rules that it lacks."""

    category: str
    name: Text
    share: Share
    missing: tuple[FrozenRule, ...]


def open_levels(record, context):
    """The `OpenLevel` of each category that has one, of which the document tells."""
    facts, texts = facts_of(record, context), context.texts
    rules = _current_rules(context.catalogue)
    found = []
    for category in _categories(facts):
        for level in Rule.Level:
            checklist = _checklist(rules, category, level)
            missing = _missing(checklist, facts)
            if missing:
                share = Share(len(checklist) - len(missing), len(checklist))
                name = texts(f"achievements.{level}")
                found.append(OpenLevel(category.value, name, share, missing))
                break
    return found


def _missing(checklist, facts):
    return tuple(rule for rule in checklist if facts[rule.fact] < rule.threshold)


def levels_of(record, context):
    """Category → the highest level that is complete, of the categories that have one."""
    facts = facts_of(record, context)
    rules = _current_rules(context.catalogue)
    levels = {}
    for category in _categories(facts):
        for level in Rule.Level:
            checklist = _checklist(rules, category, level)
            if checklist and all(facts[rule.fact] >= rule.threshold for rule in checklist):
                levels[category.value] = level.value
    return levels


def _current_rules(catalogue):
    return [rule for rule in catalogue.rules.values() if not rule.retired]


def _categories(facts):
    """The categories of which the document of a city with these facts tells."""
    return [
        category
        for category in Rule.Category
        if category not in FACT_FOR_CATEGORY or facts[FACT_FOR_CATEGORY[category]]
    ]


def _checklist(rules, category, level):
    return [rule for rule in rules if (rule.category, rule.level) == (category, level)]


def _category(category, rules, facts, texts):
    needed = FACTS_FOR_SENTENCE[category]
    is_official = not needed or any(facts[name] for name in needed)
    sentence = "sentence" if is_official else "neutral"
    return CategoryEntry(
        code=category.value,
        name=texts(f"achievements.{category}"),
        sentence=texts(f"achievements.{category}.{sentence}"),
        levels=tuple(
            _level(level, _checklist(rules, category, level), facts, texts) for level in Rule.Level
        ),
    )


def _level(level, rules, facts, texts):
    missing = tuple(rule.text() for rule in _missing(rules, facts))
    share = Share(len(rules) - len(missing), len(rules))
    words = "; ".join(text.value for text in missing)
    return LevelEntry(
        code=level.value,
        name=texts(f"achievements.{level}"),
        share=share,
        state=texts("achievements.state", percent=share.percent),
        missing=missing,
        missing_text=texts("achievements.missing", rules=words) if missing else None,
    )
