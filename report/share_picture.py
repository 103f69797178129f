"""The picture of a city for links that people share: PNG, 1200 to 630 pixels, set by Typst."""

import json
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from PIL import Image

from actions.petals import Petal, petals_of
from catalogue.atoms import Text
from catalogue.texts import Texts
from catalogue.translated import OFFICIAL_LANGUAGE
from hub.context import Context
from profiles.record import text_of
from profiles.writing_systems import platform_text

from . import fonts, place
from .drawings import rosette
from .drawings.style import COLOURS
from .making import make_once
from .plain import plain
from .shortening import shortened
from .typesetting import typeset

WIDTH, HEIGHT = 1200, 630
COLOURS_KEPT = 96
LONGEST_NAME = 76
"""So many letters of a name leave room for the counts below it."""

PLATFORM_PETALS = {
    1: (9, None, 6, 10, None, 8, 3, None),
    2: (5, 8, None, 7),
    3: (None, 10, 4, None, 7, 9),
}
"""Number of an area → tenths of the way of its petals; None for one without a target."""


@dataclass(frozen=True, slots=True)
class Pictured:
    """What the picture shows of a city, with the names that the same has in a `Document`."""

    slug: str
    language: str
    content_language: str
    title: Text
    local_name: Text | None
    place: tuple[Text, ...]
    petals: tuple[Petal, ...]
    is_sample: bool


def build(record, city, resources, catalogue, *, language, day, **about):
    """The `Pictured` of a record, of what `document.build` takes; that makes much more of it."""
    with override(language):
        context = Context(city, resources, catalogue, Texts(catalogue), day)
        return Pictured(
            slug=record.city.slug,
            language=get_language() or OFFICIAL_LANGUAGE,
            content_language=record.city.language,
            title=text_of(record.city.name),
            local_name=text_of(record.city.local_name),
            place=place.build(record, context).parts,
            petals=petals_of(record, catalogue),
            is_sample=city.is_sample,
        )


def share_picture(pictured, key=""):
    """The bytes of the picture of a city, from what `build` makes. Raises ReportError.

    `key`: the picture is stored under it (`stored_pdfs`), or taken from there.
    """
    return _picture(pictured.slug, _payload_of(pictured), key)


def platform_picture():
    """The picture of the platform, for pages of no city: an invented flower without a number."""
    petals = [
        Petal(area, True, share is not None, share and Decimal(share) / 10)
        for area, shares in PLATFORM_PETALS.items()
        for share in shares
    ]
    headline = _("What cities do for nature, in their own words and figures")
    language = get_language() or OFFICIAL_LANGUAGE
    words = dict.fromkeys(("local_name", "place", "sentence", "note", "site"))
    payload = _payload(language, OFFICIAL_LANGUAGE, name=platform_text(headline, language), **words)
    flower = rosette.draw_rosette(petals, size=rosette.SMALL - 1, style=rosette.PRINTED)
    return _picture("the platform", payload | {"rosette": flower}, "")


def _picture(name, payload, key):
    def make():
        return with_few_colours(typeset(json.dumps(payload).encode()))

    return make_once(f"The picture of {name}", make, key, "inline")


def with_few_colours(content):
    """The same picture at a third of its size: it has seven colours and what lies between two."""
    made = BytesIO()
    with Image.open(BytesIO(content)) as picture:
        reduced = picture.convert("RGB").quantize(COLOURS_KEPT, dither=Image.Dither.NONE)
        reduced.save(made, "PNG", optimize=True)
    return made.getvalue()


def _payload_of(pictured):
    language, petals = pictured.language, pictured.petals
    with override(language):
        sentence, invented = rosette.words_of(petals), _("Invented")
    words = _payload(
        language,
        pictured.content_language,
        name=shortened(pictured.title, LONGEST_NAME),
        local_name=pictured.local_name and shortened(pictured.local_name, LONGEST_NAME),
        place=pictured.place,
        sentence=platform_text(sentence, language),
        note=platform_text(invented, language) if pictured.is_sample else None,
        site=Text(settings.SITE_NAME, OFFICIAL_LANGUAGE),
    )
    return words | {"rosette": rosette.draw_rosette(petals, style=rosette.PRINTED)}


def _payload(language, content_language, **words):
    return {
        "template": "share_picture.typ",
        "is_picture": True,
        "colours": COLOURS,
        "language": language,
        "content_language": content_language,
        "width": WIDTH,
        "height": HEIGHT,
    } | {name: _printable(text) for name, text in words.items()}


def _printable(text):
    if not text:
        return None
    if isinstance(text, tuple):
        return [_printable(part) for part in text]
    return plain(Text(fonts.fit(text.value)[0], text.language))
