"""Files of what cities have published, made ahead of those who ask, under the keys of the views."""

from typing import NamedTuple

from accounts.site_url import site_url
from catalogue import frozen
from profiles.dates import today

from . import stored_pdfs
from .document_key import document_key, find_public_city, find_source
from .slots import in_background
from .sources import published_document

TRIES = 3
"""A city may publish while its document is read."""


class NotPublic(Exception):
    """Nothing of the city is public."""


class Ready(NamedTuple):
    """The content of a file; `was_stored`: nothing had to be made."""

    content: bytes
    was_stored: bool


def ready_file(slug, form, site="", day=None):
    """The `Ready` file of a public city in a `Form`, in the active language.

    The file is stored for the next visitor of the day. Raises NotPublic, ReportError, or
    publishing.record.UnreadableRecord. Without `site` and `day`: the address of this site, today.
    """
    site, day = site or site_url(), day or today()
    for _try in range(TRIES):
        source = find_source(slug.lower())
        if source is None:
            break
        key = document_key(f"city_{form.code}", source, day, site)
        if stored := stored_pdfs.find(key):
            return Ready(stored.content, was_stored=True)
        city = find_public_city(source)
        if city is not None:
            catalogue = source.catalogue and frozen.find(source.catalogue)
            document = published_document(city, day, catalogue)
            with in_background():
                return Ready(form.render(document, site, key), was_stored=False)
    raise NotPublic(slug)
