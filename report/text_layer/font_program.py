"""A TrueType font as it is embedded in a PDF, to which glyphs made of its own glyphs are added."""

import struct

WORDS, OFFSETS, MORE = 0x0001, 0x0002, 0x0020
"""Flags of a component: its offsets have two bytes each; they are offsets; another one follows."""
MOST_GLYPHS, FARTHEST = 65_000, 16_000


class FontProgram:
    def __init__(self, data):
        (count,) = struct.unpack_from(">H", data, 4)
        self.version = data[:4]
        self.tables = {}
        for at in range(12, 12 + 16 * count, 16):
            tag, _checksum, start, length = struct.unpack_from(">4sIII", data, at)
            self.tables[tag] = data[start : start + length]
        (self.units,) = struct.unpack_from(">H", self.tables[b"head"], 18)
        (is_long,) = struct.unpack_from(">h", self.tables[b"head"], 50)
        (self.count,) = struct.unpack_from(">H", self.tables[b"maxp"], 4)
        places = struct.unpack_from(
            f">{self.count + 1}{'I' if is_long else 'H'}", self.tables[b"loca"]
        )
        self.places = [place * (1 if is_long else 2) for place in places]
        self.metrics = self._metrics()
        self.added = []
        self.deepest = 1

    def _metrics(self):
        """[(advance, left side bearing)] of each glyph."""
        (full,) = struct.unpack_from(">H", self.tables[b"hhea"], 34)
        pairs = list(struct.iter_unpack(">Hh", self.tables[b"hmtx"][: 4 * full]))
        rest = struct.unpack_from(f">{self.count - full}h", self.tables[b"hmtx"], 4 * full)
        return pairs + [(pairs[-1][0], bearing) for bearing in rest]

    def box(self, glyph):
        """(left, bottom, right, top) of the outline; None of a blank."""
        start, end = self.places[glyph : glyph + 2]
        if start == end:
            return None
        return struct.unpack_from(">4h", self.tables[b"glyf"], start + 2)

    def add(self, parts, advance):
        """The number of a new glyph. `parts`: (glyph, x, y) each, in units of the font."""
        parts = [(glyph, _within(x), _within(y), self.box(glyph)) for glyph, x, y in parts]
        parts = [
            (glyph, x + self.metrics[glyph][1] - box[0], y, box)
            for glyph, x, y, box in parts
            if box
        ]
        boxes = [(box[0] + x, box[1] + y, box[2] + x, box[3] + y) for _glyph, x, y, box in parts]
        lefts, bottoms, rights, tops = zip(*boxes, strict=True) if boxes else ((0,),) * 4
        left, bottom, right, top = min(lefts), min(bottoms), max(rights), max(tops)
        record = [struct.pack(">5h", -1, left, bottom, right, top)] if parts else []
        for at, (glyph, x, y, _box) in enumerate(parts, 1):
            flags = WORDS | OFFSETS | (MORE if at < len(parts) else 0)
            record.append(struct.pack(">HHhh", flags, glyph, x, y))
        self.added.append(b"".join(record))
        self.metrics.append((min(advance, 0xFFFF), left))
        self.deepest = max(self.deepest, len(parts))
        return self.count + len(self.added) - 1

    def content(self):
        """The bytes of the font."""
        tables = dict(self.tables)
        count = self.count + len(self.added)
        places = list(self.places)
        for record in self.added:
            places.append(places[-1] + len(record))
        tables[b"glyf"] = tables[b"glyf"][: self.places[-1]] + b"".join(self.added)
        tables[b"loca"] = struct.pack(f">{count + 1}I", *places)
        tables[b"hmtx"] = b"".join(struct.pack(">Hh", *metric) for metric in self.metrics)
        tables[b"hhea"] = _patched(tables[b"hhea"], 34, ">H", count)
        tables[b"head"] = _patched(tables[b"head"], 50, ">h", 1)
        tables[b"maxp"] = self._limits(tables[b"maxp"], count)
        if b"post" in tables:  # without the names of glyphs
            tables[b"post"] = _patched(tables[b"post"][:32], 0, ">I", 0x00030000)
        return _written(self.version, tables)

    def _limits(self, table, count):
        table = _patched(table, 4, ">H", count)
        points, contours, most_points, most_contours = struct.unpack_from(">4H", table, 6)
        parts, depth = struct.unpack_from(">2H", table, 28)
        limits = (
            min(0xFFFF, max(points, most_points) * self.deepest),
            min(0xFFFF, max(contours, most_contours) * self.deepest),
        )
        table = _patched(table, 10, ">2H", *limits)
        return _patched(table, 28, ">2H", max(parts, self.deepest), depth + 1)


def _within(offset):
    """An offset that the format can hold: marks may be piled up as high as a page."""
    return max(-FARTHEST, min(FARTHEST, offset))


def _patched(table, at, kinds, *values):
    table = bytearray(table)
    struct.pack_into(kinds, table, at, *values)
    return bytes(table)


def _written(version, tables):
    count = len(tables)
    power = count.bit_length() - 1
    head = struct.pack(">4s4H", version, count, 16 << power, power, 16 * (count - (1 << power)))
    tables[b"head"] = _patched(tables[b"head"], 8, ">I", 0)
    entries, contents, at = [], [], 12 + 16 * count
    for tag, table in sorted(tables.items()):
        padded = table + bytes(-len(table) % 4)
        entries.append(struct.pack(">4sIII", tag, _checksum(padded), at, len(table)))
        contents.append(padded)
        at += len(padded)
    data = head + b"".join(entries) + b"".join(contents)
    adjustment = (0xB1B0AFBA - _checksum(data)) & 0xFFFFFFFF
    start = data.index(tables[b"head"][:8] + bytes(4))
    return data[: start + 8] + struct.pack(">I", adjustment) + data[start + 12 :]


def _checksum(data):
    return sum(struct.unpack(f">{len(data) // 4}I", data)) & 0xFFFFFFFF
