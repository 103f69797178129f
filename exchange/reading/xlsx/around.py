"""What stands around the rows of a sheet: hidden columns, links and tables."""

from .names import YES, corners, id_of, whole_number

MOST_LINKED_CELLS = 20_000
MOST_MERGED = 20_000
WIDEST = 16_384


class AroundRows:
    """`hidden_columns`: from 0. `links`: (row, column, id or None, place) of cells with a link.
    `tables`: the ids of the tables on the sheet. `merged`: see `Appearance`."""

    def __init__(self):
        self.hidden_columns = set()
        self.links = []
        self.tables = []
        self.merged = []
        self.has_rows = False

    def start(self, name, attributes):
        if name == "sheetData":
            self.has_rows = True
        elif name == "col":
            self.read_column(attributes)
        elif name == "hyperlink":
            self.read_link(attributes, id_of(attributes))
        elif name == "tablePart":
            self.tables.append(id_of(attributes))
        elif name == "mergeCell" and len(self.merged) < MOST_MERGED:
            if area := corners(attributes.get("ref", "")):
                self.merged.append(area)

    def read_column(self, attributes):
        if attributes.get("hidden") in YES or is_nothing(attributes.get("width")):
            first, last = (whole_number(attributes.get(name, "1")) for name in ("min", "max"))
            self.hidden_columns.update(range(first - 1, min(last, WIDEST)))

    def read_link(self, attributes, id):
        area = corners(attributes.get("ref", ""))
        if area is None or id is None:
            return
        first, left, last, right = area
        if (last - first + 1) * (right - left + 1) + len(self.links) > MOST_LINKED_CELLS:
            return
        place = attributes.get("location", "")
        for row in range(first, last + 1):
            self.links += [(row, column, id, place) for column in range(left, right + 1)]


def is_nothing(size):
    """Whether a width or height is written and is 0."""
    try:
        return size is not None and float(size) == 0
    except ValueError:
        return False
