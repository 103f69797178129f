"""Doubts about what the ends of lines and pages may have done to a text."""

import re

from django.utils.translation import gettext as _

from .stream import Place, key_of


def doubt_breaks(stream, start, end, official, profile, cell, headings=(), statement=None):
    """Doubt the text between two positions at its `cell`.

    `headings`: numbers of its lines that are doubted as headings already. `statement`: of which it
    is the text; its figures may be in a value instead.
    """
    one_number = _("Is this one number or two? A line ends between these figures.")
    rows = _("Are these rows of a table? They are joined into one line: part them if they are.")
    page = _("Is this the number of a page, or do these figures belong elsewhere? They are kept.")
    own_words = _(
        "The document prints these words itself: are they a heading, or the head or foot of a "
        "page? They are kept in the text."
    )
    address = _(
        "Does this address go on in the next line? Look at how its parts are joined in the text."
    )
    left_out = _(
        "This is left out as the head or foot of a page. If it belongs to this text, add it."
    )
    of_document = [
        (place, words)
        for place, words in stream.lines_in(start, end)
        if place.line not in headings and (official.is_of_former(words) or words == profile.name)
    ]
    dropped = stream.take_left_out(start, end)
    words_dropped = ", ".join(dict.fromkeys(line.text for line in dropped))
    for spots, message in (
        (stream.torn_numbers(start, end), one_number),
        (stream.rows_of_table(start, end), rows),
        (stream.perhaps_elsewhere(start, end), page),
        (of_document, own_words),
        (stream.broken_addresses(start, end), address),
        ([(Place(line.number, line.page), words_dropped) for line in dropped[:1]], left_out),
    ):
        for place, words in spots:
            value = value_with(words, statement) if statement else None
            own = {**cell, "thing": value, "header": "Value"} if value else cell
            profile.doubt(place, words, message, needs_person=True, **own)


def value_with(words, statement):
    """The value of a statement that has these figures; None where they stand elsewhere."""
    figures = re.escape(key_of(words.replace("|", "")))
    whole = re.compile(rf"(?<!\d){figures}(?!\d)")
    return next((one for one in statement.values if whole.search(key_of(one.words))), None)
