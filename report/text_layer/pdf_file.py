"""The objects of a PDF file as Typst writes it: one table of offsets, no compressed objects."""

import re
import zlib

STREAM = re.compile(rb"(.*?)stream\n(.*)\nendstream", re.DOTALL)


class PdfFile:
    def __init__(self, data):
        table = int(re.search(rb"startxref\s+(\d+)\s+%%EOF\s*\Z", data)[1])
        head = re.compile(rb"xref\s+0 (\d+)\s+").match(data, table)
        self.count = int(head[1])
        entries = [data[at : at + 20] for at in range(head.end(), head.end() + 20 * self.count, 20)]
        offsets = {n: int(entry[:10]) for n, entry in enumerate(entries) if entry[17:18] == b"n"}
        order = sorted(offsets, key=offsets.get)
        starts = [*map(offsets.get, order), table]
        self.head = data[: starts[0]]
        self.tail = data[head.end() + 20 * self.count :]
        self.objects = {n: data[starts[at] : starts[at + 1]] for at, n in enumerate(order)}

    def find(self, words):
        """The numbers of the objects whose dictionary has `words`."""
        return [n for n, content in self.objects.items() if words in content[:2000]]

    def reference(self, number, name):
        """The number of the object that the entry `name` of an object refers to; None if none."""
        found = re.search(rb"/" + name + rb"[ \[](\d+) 0 R", self.objects[number])
        return found and int(found[1])

    def replace(self, number, pattern, words):
        self.objects[number] = re.sub(pattern, lambda _: words, self.objects[number], count=1)

    def stream(self, number):
        head, content = STREAM.search(self.objects[number]).groups()
        return zlib.decompress(content) if b"/FlateDecode" in head else content

    def set_stream(self, number, content, entries=b""):
        content = zlib.compress(content)
        head = b"<<%s/Length %d/Filter/FlateDecode>>" % (entries, len(content))
        self.objects[number] = b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n\n" % (
            number,
            head,
            content,
        )

    def content(self):
        """The bytes of the file."""
        offsets, at = {}, len(self.head)
        for number, content in self.objects.items():
            offsets[number] = at
            at += len(content)
        entries = [
            b"%010d 00000 n\r\n" % offsets[n] if n in offsets else b"0000000000 65535 f\r\n"
            for n in range(self.count)
        ]
        table = [b"xref\n0 %d\n" % self.count, *entries]
        tail = re.sub(rb"startxref\s+\d+", b"startxref\n%d" % at, self.tail)
        return b"".join([self.head, *self.objects.values(), *table, tail])
