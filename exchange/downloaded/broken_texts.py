"""Doubts about what the ends of lines and pages may have done to a text."""

from django.utils.translation import gettext as _

from .stream import Place


def doubt_breaks(stream, start, end, official, profile, cell, headings=()):
    """Doubt the text between two positions at its `cell`.

    `headings`: numbers of its lines that are doubted as headings already.
    """
    one_number = _("Is this one number or two? A line ends between these figures.")
    page = _(
        "Is this the number of a page, or do these figures belong elsewhere? They are kept in the "
        "text."
    )
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
        (stream.perhaps_elsewhere(start, end), page),
        (of_document, own_words),
        (stream.broken_addresses(start, end), address),
        ([(Place(line.number, line.page), words_dropped) for line in dropped[:1]], left_out),
    ):
        for place, words in spots:
            profile.doubt(place, words, message, needs_person=True, **cell)
