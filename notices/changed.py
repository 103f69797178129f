"""What a publication or a submission changes, for mails: in the active language."""

from django.utils.translation import ngettext

from catalogue import frozen
from profiles.models import Publication, PublicCity
from publishing import record as records
from publishing.differences import differences, find_titles, summary

MOST_LINES, LONGEST = 8, 80
"""How many changes a mail names, and how many characters of a value it shows."""


def lines_of_publication(publication):
    """A line for each of the first differences to the version before; a summary of a first one."""
    earlier = Publication.objects.filter(city=publication.city_id, number__lt=publication.number)
    found = found_between(earlier.order_by("-number").first(), publication)
    if publication.number == 1:
        return (summary(found),) if found else ()
    return lines_of(found)


def lines_of(found):
    """A line for each of the first of these `Difference`s, and how many more there are."""
    lines = [line(one) for one in found[:MOST_LINES]]
    more = len(found) - len(lines)
    if more:
        words = ngettext("and %(count)d more change", "and %(count)d more changes", more)
        lines.append(words % {"count": more})
    return tuple(lines)


def summary_of_submission(submission):
    """On one line, what is new against what the city has published; empty where that is unknown."""
    public = PublicCity.objects.filter(pk=submission.city_id).select_related("publication").first()
    found = found_between(public and public.publication, submission)
    return summary(found) if found else ""


def found_between(before, after):
    """The differences; none where a record cannot be read, so that the mail is sent all the same.

    `before`: a publication or None; `after`: a publication or a submission.
    """
    try:
        earlier, later = before and records.read(before.record), records.read(after.record)
    except records.UnreadableRecord:
        return []
    catalogue = frozen.find(after.catalogue.sha256)
    titles = find_titles(after.city_id, earlier, later)
    return differences(earlier, later, catalogue, titles)


def line(difference):
    """Such as “Action 3: Trees · Year: 2020 → 2021”; without long texts, which the page shows."""
    name = " · ".join(filter(None, (difference.place, difference.label)))
    values = [" ".join(str(one).split()) for one in (difference.before, difference.after)]
    if max(map(len, values)) > LONGEST:
        return name
    before, after = values
    return f"{name}: {before or '–'} → {after or '–'}"
