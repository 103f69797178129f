"""Sentences in which names from a list stand, some of them written from right to left."""

import re
import unicodedata

from django import template

register = template.Library()

QUOTED = re.compile("“([^”]*)”")
FIRST_STRONG, END = "\u2068", "\u2069"


@register.filter
def isolated(sentence):
    """The sentence with each quoted name of another direction kept apart from the words around."""
    return QUOTED.sub(lambda found: f"“{apart(found[1])}”", str(sentence))


def apart(name):
    is_rtl = any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in name)
    return f"{FIRST_STRONG}{name}{END}" if is_rtl else name
