"""Sentences in which names from a list stand, some of them written from right to left."""

import re
import unicodedata

from django import template

register = template.Library()

QUOTED = re.compile("“([^”]*)”")
FIRST_STRONG, END = "\u2068", "\u2069"


@register.filter(is_safe=True)
def isolated(sentence):
    """The sentence with each quoted name of another direction kept apart from the words around.

    One that is escaped already, as by `join`, stays so and is not escaped once more.
    """
    return QUOTED.sub(lambda found: f"“{apart(found[1])}”", str(sentence))


def apart(name):
    is_rtl = any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in name)
    return f"{FIRST_STRONG}{name}{END}" if is_rtl else name
