"""Answers that are the same for everybody, kept in the shared cache under a `document_key`.

Nothing of a visitor may be in them: no session, no token, no message. So they may be compressed: a
page that has a secret must not be, because the length of a compressed page tells of its words.
"""

import gzip
import logging
import re
import time
from typing import NamedTuple

from django.core.cache import cache
from django.http import HttpResponse

logger = logging.getLogger(__name__)

KEPT_SECONDS = 2 * 24 * 60 * 60
"""A key names a day, so nobody asks for an answer after it."""

PAUSE_SECONDS = 10
"""So long a cache that failed is left alone: waiting for it with each request would take longer
than to do without."""

LEVEL = 6
"""Of compression: the highest takes half as long again, for less than a hundredth."""

TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")


class KeptAnswer(NamedTuple):
    """The body of an answer, compressed, and the headers that belong to it."""

    compressed: bytes
    headers: dict

    @classmethod
    def of(cls, response):
        # The time of compression would make equal answers differ.
        return cls(gzip.compress(response.content, LEVEL, mtime=0), dict(response.items()))

    def for_request(self, request):
        """The answer as this browser takes it."""
        if TAKES_GZIP.search(request.headers.get("Accept-Encoding", "")):
            response = HttpResponse(self.compressed, headers=self.headers)
            response["Content-Encoding"] = "gzip"
        else:
            response = HttpResponse(gzip.decompress(self.compressed), headers=self.headers)
        return response


class KeptAnswers:
    """The shared cache, without which all goes on, only slower."""

    def __init__(self):
        self.away_until = 0

    def find(self, key):
        """The `KeptAnswer` under this key; None where there is none."""
        kept = self._ask(cache.get, key)
        return kept and KeptAnswer(*kept)

    def keep(self, key, answer):
        self._ask(cache.set, key, tuple(answer), KEPT_SECONDS)

    def _ask(self, call, *given):
        if time.monotonic() < self.away_until:
            return None
        try:
            return call(*given)
        except Exception as error:  # noqa: BLE001 (each kind of cache has its own errors)
            self.away_until = time.monotonic() + PAUSE_SECONDS
            logger.error("The cache is away, pages are made anew for each visitor: %r", error)
            return None


kept_answers = KeptAnswers()
