"""What a city has confirmed as unchanged, in a profile record."""

from django.utils.translation import gettext as _

from catalogue.atoms import Day
from profiles.writing_systems import platform_text


def confirmed_on(statement):
    """The newest day on which the city said that a `StatementRecord`, or a value of it, holds."""
    days = (row.unchanged_on for row in (statement, *statement.values))
    return max(filter(None, days), default=None)


def confirmation_texts(statement, measures, language):
    """Sentences on what the city confirmed; without names where it is all that the statement says.

    The words are the platform's, not the catalogue's: a version's catalogue may be older.
    """
    said = [(value.unchanged_on, measures[value.measure].text()) for value in statement.values]
    if statement.text:
        said.append((statement.unchanged_on, _("the words")))
    days = {day for day, _label in said}
    for day in sorted(days - {None}):
        gaps = {"day": Day.of(day).text}
        words = _("Confirmed unchanged on %(day)s")
        if len(days) > 1:
            gaps["what"] = ", ".join(str(label) for on, label in said if on == day)
            words = _("Confirmed unchanged on %(day)s: %(what)s")
        yield platform_text(words % gaps, language)
