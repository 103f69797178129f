"""Names what a PDF does to scripts that are written from right to left."""

import re

from django.utils.translation import gettext as _

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")


def order_unknown():
    return _(
        "Words and figures of a script from right to left may have changed places in the PDF: "
        "compare it, or send the text of the profile as .txt."
    )


def doubt_order(profile, start):
    """Doubt each cell with such a script. `start`: the place of the first line."""
    for sheet, thing, header, place, words in cells(profile, start):
        if RIGHT_TO_LEFT.search(words):
            about = {"sheet": sheet, "thing": thing, "header": header, "needs_person": True}
            profile.doubt(place, words, order_unknown(), **about)


def cells(profile, start):
    """(sheet, thing, header, place, words) of each text that came from the document."""
    facts = (
        *(("Name", profile.name), ("About", profile.about), ("Country", profile.country)),
        *(("Head of government", profile.head_name),),
        ("Title of the head of government", profile.head_title),
        ("Statement of the head of government", profile.head_statement),
    )
    for header, words in facts:
        yield "Cities", profile, header, start, words
    for action in profile.actions:
        yield "Actions", action, "Description", action.place, action.description
        for statement in action.statements:
            yield statement.kind, statement, "Text", statement.place, statement.text
            yield statement.kind, statement, "Source", statement.place, statement.source
            for value in statement.values:
                yield statement.kind, value, "Value", statement.place, value.words
    for item in profile.items:
        sheet = "Pathway" if item.step else "Resources"
        yield sheet, item, "Title", item.place, f"{item.title} {item.summary}"
