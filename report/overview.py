"""Chapter 1: facts about the city, number of actions, achievements."""

from dataclasses import dataclass

import achievements.section
from achievements.section import AchievementsSection
from catalogue.atoms import ChapterHead, Fact, Figure, Text
from catalogue.models import OFFICIAL_LANGUAGE
from profiles.writing_systems import language_of


@dataclass(frozen=True, slots=True)
class AboutSection:
    title: Text
    body: Text | None
    empty: Text | None
    statement_title: Text | None
    statement: Text | None


@dataclass(frozen=True, slots=True)
class FactsSection:
    title: Text
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class OverviewChapter:
    head: ChapterHead
    about: AboutSection
    facts: FactsSection
    statistics: FactsSection
    achievements: AchievementsSection


def build(city, texts, action_count):
    """The chapter of `city`; `action_count` is what chapter 2 prints."""
    statistic = Fact(
        "actions", Figure.of(action_count), texts("overview.statistics.actions"), "#actions"
    )
    return OverviewChapter(
        head=texts.chapter(1, "overview"),
        about=_about(city, texts),
        facts=FactsSection(texts("overview.facts"), tuple(_facts(city, texts))),
        statistics=FactsSection(texts("overview.statistics"), (statistic,)),
        achievements=achievements.section.build(city, texts),
    )


def _about(city, texts):
    statement = city.text("head_statement") if city.head_statement else None
    return AboutSection(
        title=texts("overview.about"),
        body=city.text("about") if city.about else None,
        empty=None if city.about else texts("overview.about.empty", city=city.name),
        statement_title=texts("overview.head.statement") if statement else None,
        statement=statement,
    )


def _facts(city, texts):
    """The facts that the city has given, in the order in which they are printed."""
    if city.population is not None:
        label = texts("overview.population")
        if city.population_year:
            label = texts("overview.population.year", year=city.population_year)
        yield Fact("population", Figure.of(city.population), label)
    if city.area_km2 is not None:
        area = texts("overview.area.value", area=Figure.of(city.area_km2))
        yield Fact("area", area, texts("overview.area"))
    yield Fact("country", Text(city.country.label, texts.language), texts("overview.country"))
    if city.country.region:
        yield Fact("region", city.country.region.text(), texts("overview.region"))
    if city.has_location:
        place = texts(
            "overview.location.value",
            latitude=Figure.of(city.latitude),
            longitude=Figure.of(city.longitude),
        )
        yield Fact("location", place, texts("overview.location"))
    if city.head_name:
        words = ", ".join(filter(None, (city.head_name, city.head_title)))
        head = Text(words, language_of(words, city.content_language))
        yield Fact("head-of-government", head, texts("overview.head"))
    if city.website:
        website = Text(city.website, OFFICIAL_LANGUAGE)
        yield Fact("website", website, texts("overview.website"), city.website)
