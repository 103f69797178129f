"""The packages of Office Open XML: what their parts are, and which parts they refer to."""

from dataclasses import dataclass
from posixpath import join, normpath, split

from .xml import elements

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
"""The two forms of the format. What its own relationships are called begins with one of these."""

MOST_ELEMENTS = 300_000


@dataclass(frozen=True, slots=True)
class Relationship:
    """`kind`: such as “worksheet”, empty for kinds of other formats. `target`: the path of a part;
    outside the package the address as it is written."""

    kind: str
    target: str
    is_external: bool


def relationships(archive, part):
    """Id → `Relationship` of what a part refers to, such as the sheets of a workbook.

    `part`: its path; an empty one stands for the package.
    """
    folder, name = split(part)
    content = archive.whole_xml(join(folder, "_rels", f"{name}.rels"))
    found = elements(content, archive.refusals, {RELATIONSHIPS}, "Relationship", most=MOST_ELEMENTS)
    return {attributes.get("Id"): relationship(folder, attributes) for _name, attributes in found}


def relationship(folder, attributes):
    namespace, _, kind = attributes.get("Type", "").rpartition("/")
    target = attributes.get("Target", "")
    is_external = attributes.get("TargetMode") == "External"
    if not is_external:
        target = normpath(join("/", folder, target.replace("\\", "/"))).lstrip("/")
    return Relationship(kind if namespace in (TRANSITIONAL, STRICT) else "", target, is_external)


def main_path(archive):
    """The path of the part that the package is about; None where there is no such part."""
    if "_rels/.rels" not in archive:
        return None
    found = (each for each in relationships(archive, "").values() if each.kind == "officeDocument")
    return next((each.target for each in found if each.target in archive), None)


class ContentTypes:
    """The types that the table of contents declares, in lower case."""

    def __init__(self, content, refusals):
        self.of_parts, self.of_endings = {}, {}
        for name, attributes in elements(content, refusals, {TYPES}):
            declared = attributes.get("ContentType", "").lower()
            if name == "Override":
                self.of_parts[attributes.get("PartName", "").lstrip("/").lower()] = declared
            elif name == "Default":
                self.of_endings[attributes.get("Extension", "").lower()] = declared

    def __iter__(self):
        yield from self.of_parts.values()
        yield from self.of_endings.values()

    def type_of(self, path):
        path = path.lower()
        return self.of_parts.get(path) or self.of_endings.get(path.rpartition(".")[2], "")

    def parts_of_type(self, wanted):
        """Those that are declared by their names."""
        return [path for path, declared in self.of_parts.items() if declared == wanted]
