"""What reviewers ask, beside the fields of the admin's forms, with a box to tick what is done.

The box is part of the form: what is mended and what is done are saved together.
"""

from django.urls import reverse

from ..comments import mark_done, open_comments, place_of

DONE = "comments_done"
"""The name of the boxes; their values are the keys of the comments."""


def find_comments(request, city, path):
    """The open comments on what lies at `path` in the record of a city, ready to be shown."""
    ticked = set(request.POST.getlist(DONE))
    found = [one for one in open_comments(city.pk) if is_below(one.path, path)]
    for comment in found:
        comment.place = place_of(comment.path)
        comment.is_ticked = str(comment.pk) in ticked
        if comment.path:
            comment.edit_url = reverse("website:edit_field", args=[city.slug, comment.path])
    return found


def is_below(path, upper):
    return not upper or f"{path}.".startswith(f"{upper}.")


def place_beside(comments, path, fields):
    """Put each comment beside its field; returns those whose field is not among `fields`.

    `fields`: the rest of the path of a field, after `path` → the form field.
    """
    left = []
    for comment in comments:
        field = _find(comment.path[len(path) :].removeprefix("."), fields)
        if field is None:
            left.append(comment)
        else:
            comment.is_beside = True
            field.comments = [*getattr(field, "comments", ()), comment]
    return left


def _find(rest, fields):
    """The field at `rest`; of a path within a field, that field."""
    while rest and rest not in fields:
        rest = rest.rpartition(".")[0]
    return fields.get(rest)


def mark_ticked(request, city):
    """Mark as done what was ticked in the form that is being saved."""
    ticked = set(request.POST.getlist(DONE))
    if ticked:
        for comment in open_comments(city.pk).select_related("submission"):
            if str(comment.pk) in ticked:
                mark_done(comment, request.user)
