"""The names under which the files of a document are saved."""

from profiles.downloads import content_disposition


def file_name(document, ending):
    """In ASCII. `ending`: such as `.pdf`."""
    return f"{document.slug}-{_day_of(document)}{ending}"


def content_disposition_of(document, ending=".pdf"):
    """Content-Disposition with a name in ASCII, and one with the city's name in its own script."""
    names = (document.cover.title, document.cover.local_name, _day_of(document))
    full_name = " ".join(str(name) for name in names if name).replace("/", "-") + ending
    return content_disposition(False, file_name(document, ending), full_name)


def _day_of(document):
    day = document.cover.day.date.isoformat()
    if document.cover.earlier_note:
        return f"version-{document.version.number}-{day}"
    return day if document.version else f"working-copy-{day}"
