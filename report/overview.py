"""Chapter 1: facts about the city, number of actions, achievements."""

from dataclasses import dataclass

import achievements.section
from achievements.section import AchievementsSection
from catalogue.atoms import ChapterHead, Fact, Figure, Text
from catalogue.translated import OFFICIAL_LANGUAGE
from profiles.record import summaries_of, text_of
from profiles.writing_systems import language_of, platform_text

from . import place
from .place import Place


@dataclass(frozen=True, slots=True)
class AboutSection:
    """`summaries`: in the language of the city's texts, and in its second one."""

    title: Text
    summaries: tuple[Text, ...]
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
    place: Place
    about: AboutSection
    facts: FactsSection
    statistics: FactsSection
    achievements: AchievementsSection


def build(record, context, action_count):
    """The chapter of a record; `action_count` is what chapter 2 prints."""
    texts = context.texts
    statistic = Fact(
        "actions", Figure.of(action_count), texts("overview.statistics.actions"), "#actions"
    )
    return OverviewChapter(
        head=texts.chapter(1, "overview"),
        place=place.build(record, context),
        about=_about(record.city, texts),
        facts=FactsSection(texts("overview.facts"), tuple(_facts(record.city, context))),
        statistics=FactsSection(texts("overview.statistics"), (statistic,)),
        achievements=achievements.section.build(record, context),
    )


def _about(city, texts):
    statement = text_of(city.head_statement)
    return AboutSection(
        title=texts("overview.about"),
        summaries=summaries_of(city),
        body=text_of(city.about),
        empty=None if city.about else texts("overview.about.empty", city=text_of(city.name)),
        statement_title=texts("overview.head.statement") if statement else None,
        statement=statement,
    )


def _facts(city, context):
    """The facts that the city has given, in the order in which they are printed."""
    texts, country = context.texts, context.city.country
    if city.population is not None:
        label = texts("overview.population")
        if city.population_year:
            label = texts("overview.population.year", year=city.population_year)
        yield Fact("population", Figure.of(city.population), label)
    if city.area_km2 is not None:
        area = texts("overview.area.value", area=Figure.of(city.area_km2))
        yield Fact("area", area, texts("overview.area"))
    yield Fact("country", platform_text(country.label, texts.language), texts("overview.country"))
    if country.region:
        yield Fact("region", country.region.text(), texts("overview.region"))
    if city.latitude is not None:
        place = texts(
            "overview.location.value",
            latitude=Figure.of(city.latitude),
            longitude=Figure.of(city.longitude),
        )
        yield Fact("location", place, texts("overview.location"))
    if city.head_name:
        words = ", ".join(filter(None, (city.head_name, city.head_title)))
        head = Text(words, language_of(words, city.language))
        yield Fact("head-of-government", head, texts("overview.head"))
    if city.website:
        website = Text(city.website, OFFICIAL_LANGUAGE)
        yield Fact("website", website, texts("overview.website"), city.website)
