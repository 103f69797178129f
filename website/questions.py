"""The questions with which the home page and an empty search begin: ours, each with a place.

A question leads to an action type; it is left out while the catalogue does not have that.
"""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue import frozen

ASKED = (
    ("urban-heat", _("Which cities cool their streets with trees?")),
    ("restoration", _("Who restores rivers and wetlands?")),
    ("access-to-nature", _("Where does everybody live near green?")),
    ("threatened-habitats", _("Which species come back?")),
)


class Question(NamedTuple):
    url: str
    words: str


def questions():
    known = frozen.current().action_types
    return [
        Question(reverse("website:action_type", args=[code]), words)
        for code, words in ASKED
        if code in known and not known[code].retired
    ]
