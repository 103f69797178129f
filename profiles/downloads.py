"""The name under which a browser saves a file."""

from urllib.parse import quote

from django.utils.http import content_disposition_header


def content_disposition(as_attachment, ascii_name, full_name):
    """The header Content-Disposition with a name in ASCII and one in Unicode.

    Django's own header has only the Unicode form where a name is not ASCII. A program that does
    not know that form would find no name.
    """
    first = content_disposition_header(as_attachment, ascii_name)
    return f"{first}; filename*=UTF-8''{quote(full_name, safe='')}"
