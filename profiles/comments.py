"""What reviewers ask about single fields, for the pages on which the city's people answer it."""

from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import City, Comment


def open_comments(city_id):
    """The comments on submissions of a city that nobody has marked as done, in the order made."""
    comments = Comment.objects.filter(submission__city=city_id, done_at=None)
    return comments.select_related("author")


def mark_done(comment, by):
    """Note that the city has done what a comment asks for; returns whether `by` is the first."""
    own = City.objects.editable_by(by).filter(pk=comment.submission.city_id)
    still_open = Comment.objects.filter(pk=comment.pk, done_at=None)
    if not own.exists():
        return False
    return bool(still_open.update(done_by=by, done_at=timezone.now()))


def place_of(path):
    """Where a path leads, in words, without asking what stands there."""
    kind, _dot, rest = path.partition(".")
    first, _dot, second = rest.partition(".")
    if kind == "city":
        return (
            _("The city: %(field)s") % {"field": _field_of_city(first)} if first else _("The city")
        )
    if kind == "actions" and first.isdecimal():
        return _("Action %(number)s") % {"number": first}
    if kind == "cbi" and second:
        names = {"edition": first, "year": second.partition(".")[0]}
        return _("Biodiversity index %(edition)s, %(year)s") % names
    words = {
        "": _("The whole"),
        "actions": _("Actions"),
        "commitments": _("Commitments"),
        "pathway": _("Nature Pathway"),
        "cbi": _("Biodiversity index"),
        "resources": _("Tools & resources"),
    }
    return words.get(kind, path)


def _field_of_city(name):
    name = {"language": "content_language"}.get(name, name)
    try:
        return City._meta.get_field(name).verbose_name
    except FieldDoesNotExist:
        return name
