"""When a workbook was written, by what stands in it beside the sheets."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from intake.refusals import WORKBOOK_REFUSALS, Refused
from intake.xml import NamespaceParser

PROPERTY = "CitiesNature written at"
"""The property in which our own workbooks say so. Programs keep it when they save the file."""

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/"
OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = {
    "docProps/custom.xml": (
        *(OFFICE + "custom-properties", OFFICE + "docPropsVTypes"),
        *(STRICT_OFFICE + "customProperties", STRICT_OFFICE + "docPropsVTypes"),
    ),
    "docProps/core.xml": (
        "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        "http://purl.org/dc/terms/",
    ),
    "meta.xml": (
        *(OPEN_DOCUMENT + "office:1.0", OPEN_DOCUMENT + "meta:1.0"),
        "http://purl.org/dc/elements/1.1/",
    ),
}
"""Part of the file → the namespaces of its elements that count."""

OURS = {
    "docProps/custom.xml": ("property", "name"),
    "meta.xml": ("user-defined", OPEN_DOCUMENT + "meta:1.0 name"),
}
"""Part of the file → element and attribute with the name of our property."""

SAVED = {"docProps/core.xml": "modified", "meta.xml": "date"}
"""Part of the file → element with the time at which a program saved it last."""

ROUNDED = datetime.timedelta(seconds=1)
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Written:
    """`is_ours`: the platform wrote the file at this moment, with what was stored then.

    Otherwise a program has saved it then, and nobody knows when its content was taken.
    """

    at: datetime.datetime
    is_ours: bool


def find_written(archive):
    """The `Written` of the workbook in `archive`; None where it does not say."""
    for part, (element, attribute) in OURS.items():
        moment = text_in(archive, part, element, attribute)
        if moment is not None:
            return Written(moment, is_ours=True)
    for part, element in SAVED.items():
        moment = text_in(archive, part, element)
        if moment is not None:
            return Written(moment + ROUNDED, is_ours=False)
    return None


def text_in(archive, part, element, attribute=""):
    """The moment in the first such element (of our property) of a part; None where there is none.

    It is a courtesy: a part that is damaged says nothing and hinders nothing.
    """
    if part not in archive:
        return None
    reader = Reader(element, attribute)
    try:
        content = archive.whole_xml(part)
        NamespaceParser(
            WORKBOOK_REFUSALS,
            NAMESPACES[part],
            start=reader.start,
            text=reader.text,
            end=reader.end,
        ).parse_all([content])
        moment = parse_datetime("".join(reader.found).strip()[:LONGEST])
    except (Refused, ValueError):
        return None
    if moment is None:
        return None
    moment = moment if timezone.is_aware(moment) else moment.replace(tzinfo=datetime.UTC)
    return moment if moment <= timezone.now() else None


class Reader:
    """Gathers the text of the first wanted element, also that of the elements in it."""

    def __init__(self, element, attribute):
        self.element, self.attribute = element, attribute
        self.found, self.depth, self.is_done = [], 0, False

    def start(self, name, attributes):
        if self.depth:
            self.depth += 1
        elif not self.is_done and name == self.element:
            if not self.attribute or attributes.get(self.attribute) == PROPERTY:
                self.depth = 1

    def text(self, data):
        if self.depth:
            self.found.append(data)

    def end(self, name):
        if self.depth:
            self.depth -= 1
            self.is_done = not self.depth
