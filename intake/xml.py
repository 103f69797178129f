"""XML parsers for files of strangers: no document type, so no entities of their own."""

from xml.parsers import expat

from .refusals import damaged_workbook, workbook_too_large_unpacked

MOST_ELEMENTS = 300_000
"""In one small part; the styles of a workbook have at most some 200,000."""


def parser(**options):
    made = expat.ParserCreate(**options)

    def refuse(*_arguments):
        raise damaged_workbook()

    made.StartDoctypeDeclHandler = refuse
    made.buffer_text = True
    return made


def parse(reading, piece, last=False):
    try:
        reading.Parse(piece, last)
    except expat.ExpatError as error:
        raise damaged_workbook() from error


def feed(reading, pieces):
    for piece in pieces:
        parse(reading, piece)
    parse(reading, b"", True)


def local(name):
    return name.rpartition(":")[2]


def elements(content, *wanted):
    """(name without prefix, attributes) of the `wanted` elements of a small part."""
    found, count = [], 0

    def start(name, attributes):
        nonlocal count
        count += 1
        if count > MOST_ELEMENTS:
            raise workbook_too_large_unpacked()
        if local(name) in wanted:
            found.append((local(name), attributes))

    reading = parser()
    reading.StartElementHandler = start
    feed(reading, [content])
    return found
