"""The search within the profile of one city: in its document, as everybody reads it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue.atoms import Text
from catalogue.folding import word_line
from catalogue.translated import OFFICIAL_LANGUAGE
from profiles.terms import has_all, marked
from publishing.record import UnreadableRecord
from report.sources import published_document

from .search_hits import FROM, Hit, Passage, action_url, passages, texts_of_type


@dataclass(frozen=True, slots=True)
class Part:
    """Something of a profile with an address; `texts`: (label, text), `lead` is shown anyhow."""

    url: str
    title: Text
    texts: tuple[tuple[str, Text], ...]
    lead: Text | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProfileGroup:
    title: Any
    hits: tuple[Hit, ...]

    @property
    def count(self):
        return len(self.hits)


def find_in_profile(city, asked):
    """A `ProfileGroup` of each kind of part that has all words; `city` is a `PublicCity`."""
    try:
        document = published_document(city, catalogue=asked.catalogue)
    except UnreadableRecord:
        return []
    groups = []
    for title, parts in parts_of(document, city, asked.catalogue):
        hits = tuple(hit_of(part, asked.terms) for part in parts if is_found(part, asked.terms))
        groups.append(ProfileGroup(title, hits))
    return [group for group in groups if group.hits]


def is_found(part, terms):
    texts = (part.title, part.lead, *(text for _label, text in part.texts))
    return has_all(terms, word_line("\n".join(str(text) for text in texts if text)))


def hit_of(part, terms):
    lead = (Passage.of(part.lead, terms),) if part.lead else ()
    shown = f"{part.title}\n{part.lead or ''}"
    left = [term for term in terms if not term.stands_in(shown)]
    return Hit(
        part.url,
        marked(part.title.value, terms),
        part.title.language,
        (*lead, *passages(part.texts, left)),
        note=part.note,
    )


def parts_of(document, city, catalogue):
    """(title, parts) of the kinds of parts, in the order of the document."""
    page = city.get_absolute_url()
    yield _("Actions"), [action_part(one, city, catalogue) for one in document.actions.actions]
    yield _("About the city"), facts_of(document, page)
    yield document.pathway.head.title, steps_of(document, page)
    yield document.cbi.head.title, results_of(document, page)
    yield document.resources.head.title, resources_of(document)


def action_part(action, city, catalogue):
    texts = [
        (FROM[statement.kind], text)
        for statement in action.statements
        for text in texts_in(statement)
    ]
    return Part(
        action_url(city.slug, action.number),
        action.title,
        (
            *(("", text) for text in action.summaries),
            *texts,
            *texts_of_type(action.action_type, catalogue),
        ),
        lead=action.description,
        note=_("Action %(number)d") % {"number": action.number},
    )


def texts_in(statement):
    """What a `StatementEntry` says: its sentence, its values, the city's own words and the plan."""
    if statement.sentence:
        words = "".join(str(run.text) for run in statement.sentence)
        yield Text(words, statement.sentence[0].text.language)
    for value in statement.values:
        yield Text(f"{value.label}: {value.text}", value.text.language)
    plan = statement.plan and statement.plan.name
    yield from filter(None, (statement.words, statement.source, plan))


def facts_of(document, page):
    about = document.overview.about
    url = f"{page}#{document.overview.head.anchor}"
    for text in about.summaries:
        yield Part(url, about.title, (("", text),))
    for title, text in ((about.title, about.body), (about.statement_title, about.statement)):
        if text:
            yield Part(url, title, (("", text),))
    for fact in document.overview.facts.facts:
        value = Text(str(fact.value), getattr(fact.value, "language", OFFICIAL_LANGUAGE))
        yield Part(url, fact.label, (("", value),))


def steps_of(document, page):
    for phase in document.pathway.phases:
        for step in phase.steps:
            titles = [version.title for item in step.items for version in item.versions]
            if titles or step.state_text:
                texts = (*titles, *filter(None, (step.state_text,)))
                yield Part(
                    f"{page}#step-{step.number}", step.title, tuple(("", text) for text in texts)
                )


def results_of(document, page):
    url = f"{page}#{document.cbi.head.anchor}"
    for edition in document.cbi.editions:
        for component in edition.components:
            for result in component.results:
                values = [f"{one.label}: {one.value}" for one in result.inputs]
                language = get_language() or OFFICIAL_LANGUAGE
                texts = tuple(("", Text(value, language)) for value in values)
                yield Part(url, result.name, texts)


def resources_of(document):
    for resource in document.resources.resources:
        texts = filter(None, (resource.summary, resource.organisation))
        yield Part(resource.link.url, resource.link.title, tuple(("", text) for text in texts))
