"""What reviewers ask about single fields, for the forms in which the city's people answer it."""

from django.utils import timezone

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
