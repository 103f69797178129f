"""XML of strangers: without a document type, so without entities of its own."""

import math
from xml.parsers import expat

from .refusals import Refused


class Parser:
    """An expat parser that calls `start(name, attributes)`, `text(data)` and `end(name)`."""

    def __init__(self, refusals, *, start, text=None, end=None, namespace_separator=None):
        self.refusals = refusals
        self.expat = expat.ParserCreate(namespace_separator=namespace_separator)
        self.expat.buffer_text = True
        self.expat.StartDoctypeDeclHandler = self.refuse_document_type
        self.expat.StartElementHandler = start
        self.expat.CharacterDataHandler = text
        self.expat.EndElementHandler = end

    def refuse_document_type(self, *_declaration):
        raise self.refusals.damaged()

    def parse(self, piece, *, is_last=False):
        """Raises what the handlers raise, and `damaged` for what is no XML."""
        try:
            self.expat.Parse(piece, is_last)
        except Refused:
            raise
        # For encodings that expat asks Python for: LookupError where Python does not know them,
        # ValueError where their letters have several bytes.
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise self.refusals.damaged() from error

    def parse_all(self, pieces):
        for piece in pieces:
            self.parse(piece)
        self.parse(b"", is_last=True)


def local_name(name):
    """The name of an element without its prefix."""
    return name.rpartition(":")[2]


def elements(content, refusals, *wanted, most=math.inf):
    """(name without prefix, attributes) of the `wanted` elements of a small part; of all if none.

    `most`: how many elements the part may have, wanted or not.
    """
    found, count = [], 0

    def start(name, attributes):
        nonlocal count
        count += 1
        if count > most:
            raise refusals.too_large()
        if not wanted or local_name(name) in wanted:
            found.append((local_name(name), attributes))

    Parser(refusals, start=start).parse_all([content])
    return found
