"""The picture of a city for links that people share: PNG, 1200 to 630 pixels, set by Typst."""

import json
from decimal import Decimal
from io import BytesIO

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from PIL import Image

from actions.petals import Petal
from catalogue.atoms import Text
from catalogue.translated import OFFICIAL_LANGUAGE

from . import fonts
from .drawings import rosette
from .drawings.style import COLOURS
from .making import make_once
from .plain import plain
from .typesetting import typeset

WIDTH, HEIGHT = 1200, 630
COLOURS_KEPT = 96

PLATFORM_PETALS = {
    1: (9, None, 6, 10, None, 8, 3, None),
    2: (5, 8, None, 7),
    3: (None, 10, 4, None, 7, 9),
}
"""Number of an area → tenths of the way of its petals; None for one without a target."""


def share_picture(document, key=""):
    """The bytes of the picture of a city, from its document. Raises ReportError.

    `key`: the picture is stored under it (`stored_pdfs`), or taken from there.
    """
    return _picture(document.slug, _payload_of(document), key)


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
    payload = _payload(language, OFFICIAL_LANGUAGE, name=Text(headline, language), **words)
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


def _payload_of(document):
    language, petals = document.language, document.actions.petals
    with override(language):
        sentence, invented = rosette.words_of(petals), _("Invented")
    words = _payload(
        language,
        document.content_language,
        name=document.cover.title,
        local_name=document.cover.local_name,
        place=document.overview.place.words,
        sentence=Text(sentence, language),
        note=Text(invented, language) if document.cover.sample_note else None,
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
    return plain(Text(fonts.fit(text.value)[0], text.language))
