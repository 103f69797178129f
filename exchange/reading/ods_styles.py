"""What the styles of an .ods file hide or strike through."""

import re

OFFICE_NAMES = "urn:oasis:names:tc:opendocument:xmlns:%s:1.0 "
TABLE, STYLE = OFFICE_NAMES % "table", OFFICE_NAMES % "style"
LINE_THROUGH = (STYLE + "text-line-through-style", STYLE + "text-line-through-type")
SIZES = {
    STYLE + "table-row-properties": STYLE + "row-height",
    STYLE + "table-column-properties": STYLE + "column-width",
}
NOTHING = re.compile(r"0*(?:\.0*)?[a-z]*")
MOST_PARENTS = 20
NO_STYLE = ("", {})


class OdsStyles:
    """Gets the start of each element. Styles are known by their family and name."""

    def __init__(self):
        self.styles = {}
        self.key = None
        self.strikes = False
        """Whether any style strikes text through."""

    def start(self, name, attributes):
        if name in (STYLE + "style", STYLE + "default-style"):
            self.key = attributes.get(STYLE + "family", ""), attributes.get(STYLE + "name", "")
            self.styles[self.key] = (attributes.get(STYLE + "parent-style-name", ""), {})
        elif self.key is None:
            return
        elif name == STYLE + "text-properties":
            lines = [attributes[each] for each in LINE_THROUGH if each in attributes]
            if lines:
                self.note(is_struck="none" not in lines)
        elif name == STYLE + "table-properties":
            self.note(is_hidden=attributes.get(TABLE + "display") == "false")
        elif name in SIZES:
            size = attributes.get(SIZES[name])
            self.note(is_hidden=size is not None and NOTHING.fullmatch(size) is not None)

    def note(self, **found):
        self.styles[self.key][1].update(found)
        self.strikes = self.strikes or found.get("is_struck", False)

    def says(self, what, family, name):
        """`what` a style says itself or by its parents: `is_hidden` or `is_struck`."""
        for _step in range(MOST_PARENTS):
            parent, found = self.styles.get((family, name or ""), NO_STYLE)
            if what in found:
                return found[what]
            if not name:
                break
            name = parent
        return False
