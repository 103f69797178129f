"""The charts in words, for those who hear them: sentences, not every value.

A table beside each chart has all values. The words say how many there are, where they begin and
end, the lowest and the highest where these are others, and the targets.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.models import Statement

MOST_TARGETS = 3


def describe_course(course):
    """A `Course`: its values from the first to the last, then its targets."""
    targets = [mark for mark in course.marks if mark.kind == Statement.Kind.TARGET]
    values = [mark for mark in course.marks if mark.kind != Statement.Kind.TARGET]
    sentences = [_values(values)] if values else []
    sentences += [_target(mark) for mark in targets[:MOST_TARGETS]]
    if more := len(targets[MOST_TARGETS:]):
        sentences.append(ngettext("%(n)d more target.", "%(n)d more targets.", more) % {"n": more})
    return " ".join(sentences)


def _values(marks):
    if len(marks) == 1:
        return _("One value: %(value)s.") % {"value": _dated(marks[0])}
    words = {"n": len(marks), "first": _dated(marks[0]), "last": _dated(marks[-1])}
    said = _("%(n)d values, from %(first)s to %(last)s.") % words
    lowest, *_others, highest = sorted(marks, key=lambda mark: mark.amount)
    if {lowest.amount, highest.amount} == {marks[0].amount, marks[-1].amount}:
        return said
    words = {"lowest": _amount(lowest), "highest": _amount(highest)}
    extremes = _("The lowest is %(lowest)s, and the highest is %(highest)s.") % words
    return f"{said} {extremes}"


def _target(mark):
    words = {"value": _amount(mark), "when": mark.when}
    if mark.when:
        return _("The target for %(when)s is %(value)s.") % words
    return _("The target is %(value)s.") % words


def _dated(mark):
    words = {"value": _amount(mark), "when": mark.when or _("year not given")}
    if mark.kind == Statement.Kind.BASELINE:
        return _("%(value)s (baseline, %(when)s)") % words
    return _("%(value)s (%(when)s)") % words


def _amount(mark):
    """In the unit of the measure, so that all can be compared."""
    return str(mark.converted or mark.text)


def describe_assessments(entries):
    """Two or more `CourseEntry`s that can be compared: how the last differs from the first."""
    first, *later = entries
    words = {"n": len(entries), "first": first.year, "last": later[-1].year}
    sentences = [
        _("%(n)d assessments, from %(first)s to %(last)s.") % words,
        _("Compared with %(first)s, %(year)s has %(change)s.") % (words | _changed(later[-1])),
    ]
    lowest = min(later, key=lambda entry: entry.difference)
    highest = max(later, key=lambda entry: entry.difference)
    if lowest is not later[-1]:
        sentences.append(_("Lowest: %(year)s, %(change)s.") % _changed(lowest))
    if highest is not later[-1]:
        sentences.append(_("Highest: %(year)s, %(change)s.") % _changed(highest))
    return " ".join(sentences)


def _changed(entry):
    return {"year": entry.year, "change": str(entry.change).rstrip(".")}
