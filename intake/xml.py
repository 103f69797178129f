"""XML of strangers: without a document type, so without entities of its own."""

import math
from xml.parsers import expat

from .refusals import Refused

COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
TRANSPARENT = ("AlternateContent", "Fallback")
EXTENSIONS = "extLst"
"""What newer programs add to a part, for those of their own version."""

MOST_NAMES = 1_000
"""Names that a parser remembers. A format has some hundred."""


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


class NamespaceParser(Parser):
    """Passes on the elements of some `namespaces` only, under their local names.

    An element of another namespace is left out with all that is in it, and so is a list of
    extensions. Of alternatives (`mc:AlternateContent`) the fallback is taken. Attributes with a
    prefix are named “namespace name”. `most`: how many elements there may be, wanted or not.
    """

    def __init__(self, refusals, namespaces, *, start, text=None, end=None, most=math.inf):
        super().__init__(
            refusals,
            start=self.start_element,
            text=text and self.text,
            end=self.end_element,
            namespace_separator=" ",
        )
        self.names = LocalNames(namespaces)
        self.call_start, self.call_text, self.call_end = start, text, end
        self.elements_left = most
        self.skipped_depth = 0

    def start_element(self, name, attributes):
        self.elements_left -= 1
        if self.elements_left < 0:
            raise self.refusals.too_large()
        if self.skipped_depth:
            self.skipped_depth += 1
        elif name := self.names[name]:
            self.call_start(name, attributes)
        elif name is None:
            self.skipped_depth = 1

    def text(self, data):
        if not self.skipped_depth:
            self.call_text(data)

    def end_element(self, name):
        if self.skipped_depth:
            self.skipped_depth -= 1
        elif self.call_end and (name := self.names[name]):
            self.call_end(name)


class LocalNames(dict):
    """“namespace name” → the local name; None where the element is left out, and an empty one
    where only what is in it counts."""

    def __init__(self, namespaces):
        super().__init__()
        self.namespaces = frozenset(namespaces)

    def __missing__(self, full):
        namespace, _, name = full.rpartition(" ")
        if namespace == COMPATIBILITY and name in TRANSPARENT:
            found = ""
        elif namespace in self.namespaces and name != EXTENSIONS:
            found = name
        else:
            found = None
        if len(self) < MOST_NAMES:
            self[full] = found
        return found


def elements(content, refusals, namespaces, *wanted, most=math.inf):
    """(local name, attributes) of the `wanted` elements of a small part; of all if none.

    See `NamespaceParser`, also for `most`.
    """
    found = []

    def start(name, attributes):
        if not wanted or name in wanted:
            found.append((name, attributes))

    NamespaceParser(refusals, namespaces, start=start, most=most).parse_all([content])
    return found


def has_element(content, refusals, name):
    """Whether a part has an element of this local name, in any namespace at all."""
    found = set()
    parser = Parser(refusals, start=lambda each, _attributes: found.add(each.rpartition(":")[2]))
    parser.parse_all([content])
    return name in found
