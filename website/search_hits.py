"""How what a search has found is shown: a link, and the words found in what stands around them."""

import logging
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions import search
from actions.models import Statement
from actions.record import ActionRecord
from catalogue.atoms import Text
from catalogue.translated import OFFICIAL_LANGUAGE
from profiles.models import Publication
from profiles.record import text_of
from profiles.search import Piece
from profiles.terms import excerpt, marked
from publishing import record as records

logger = logging.getLogger(__name__)

FROM = {
    Statement.Kind.BASELINE: gettext_lazy("Starting point"),
    Statement.Kind.TARGET: gettext_lazy("Target"),
    Statement.Kind.PROGRESS: gettext_lazy("Progress"),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A text around the words that are found. `label` tells what it is, where that is not plain."""

    label: str
    language: str
    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, text, terms, label=""):
        return cls(label, text.language, excerpt(text.value, terms))


@dataclass(frozen=True, slots=True)
class Hit:
    """A line of the results: a link, and the passages below it.

    `home`: the city whose it is, before the title; `language`: that of the title.
    """

    url: str
    title: tuple[Piece, ...]
    language: str
    passages: tuple[Passage, ...] = ()
    home: str = ""
    note: str = ""
    is_sample: bool = False


def action_url(slug, number):
    return reverse("website:city_action", args=[slug, number])


def action_hits(keys, terms, catalogue):
    """A `Hit` for each of these actions; two queries, and one more to show what statements say."""
    actions = search.load(keys)
    left = {one.pk: [term for term in terms if not is_told(one, term)] for one in actions}
    unseen = [one for one in actions if any(t.is_in(one.search_text) for t in left[one.pk])]
    said = statements_of(unseen)
    for action in actions:
        city, kind = action.city, action.action_type.text()
        texts = texts_of_type(action.action_type.code, catalogue)
        further = [*said.get((city.pk, action.number), ()), *texts]
        yield Hit(
            action_url(city.slug, action.number),
            marked(kind.value, terms),
            kind.language,
            (Passage.of(action.text("description"), terms), *passages(further, left[action.pk])),
            home=city.name,
            note=city.country.label,
            is_sample=city.is_sample,
        )


def is_told(action, term):
    """Whether the term is marked in the name of the type or in the description."""
    shown = (str(action.action_type.text()), action.description, action.city.name)
    return any(map(term.stands_in, shown))


def passages(texts, terms):
    """The first of the labelled `texts` that has a term, for each of the `terms`."""
    left = list(terms)
    for label, text in texts:
        if found := [term for term in left if term.stands_in(text.value)]:
            left = [term for term in left if term not in found]
            yield Passage.of(text, terms, label)


def texts_of_type(code, catalogue):
    """(label, text) of what else the catalogue says of the action type of this code."""
    if row := catalogue.action_types.get(code):
        yield _("Commitment"), catalogue.commitments[row.commitment].text()
        yield _("Action type, in other words"), Text(row.synonyms, OFFICIAL_LANGUAGE)


def statements_of(actions):
    """(key of the city, number of the action) → (label, text) of what its statements say."""
    publications = {action.city.publication_id for action in actions}
    wanted = {(action.city_id, action.number) for action in actions}
    found = {}
    for one in Publication.objects.filter(pk__in=publications).only("city", "record"):
        try:
            stored = records.read(one.record).actions.actions
        except records.UnreadableRecord:
            logger.exception("Publication %d cannot be read.", one.pk)
            continue
        for action in stored:
            if (one.city_id, action.number) in wanted:
                found[one.city_id, action.number] = list(statement_texts(action))
    return found


def statement_texts(action: ActionRecord):
    for statement in action.statements:
        for texts in (statement.text, *(value.text for value in statement.values)):
            if text := text_of(texts):
                yield FROM[statement.kind], text
