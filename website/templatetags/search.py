"""Filters of the search."""

import html

from django import template
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def marks(pieces):
    """The `Piece`s of a text as HTML, the words found in `mark`."""
    return SafeString(
        "".join(
            f"<mark>{html.escape(piece.words)}</mark>" if piece.hit else html.escape(piece.words)
            for piece in pieces
        )
    )
