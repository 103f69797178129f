"""Names of files: as they are shown to people, and as they are compared.

A name that is shown is safe on every system and may be in every script.
"""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 150
LONGEST_ENDING = 16
NAMELESS = "file"

UTF8 = 1 << 11
"""The flag of an entry of a ZIP file whose name is in UTF-8."""

FORBIDDEN = re.compile(r'[<>:"|?*]')
"""What Windows does not allow in a name, beside the two slashes."""

PORTS = {f"{port}{number}" for port in ("COM", "LPT") for number in range(10)}
DEVICES = {"CON", "PRN", "AUX", "NUL", *PORTS}
"""What Windows takes for a device, whatever ending follows."""


def plain_name(name):
    """`name` without folders, invisible characters and reserved words, its ending in lower case.

    Letters of every script stay. Invisible characters go, because some turn the reading direction,
    so that an ending looks like another.
    """
    last = re.split(r"[/\\]", str(name or ""))[-1]
    stem, ending = split(" ".join(visible_text(last).split()).rstrip(". "))
    stem = FORBIDDEN.sub("_", stem).strip(". ") or NAMELESS
    if stem.partition(".")[0].rstrip().upper() in DEVICES:
        stem = f"_{stem}"
    tail = f".{ending}" if ending else ""
    return stem[: LONGEST - len(tail)].rstrip(". ") + tail


def visible_text(text):
    """`text` composed (NFC), without invisible characters, every kind of space as a plain one."""
    kept = []
    for character in unicodedata.normalize("NFC", text):
        if character.isspace():
            kept.append(" ")
        elif unicodedata.category(character)[0] != "C":
            kept.append(character)
    return "".join(kept)


def split(name):
    """The stem and the ending in lower case; what is too long for an ending is part of the stem."""
    stem, dot, ending = name.rpartition(".")
    ending = FORBIDDEN.sub("_", ending.strip().lower())
    if not dot or not ending or len(ending) > LONGEST_ENDING:
        return name, ""
    return stem, ending


def ending_of(name):
    """The ending of a plain name, without its dot."""
    return split(name)[1]


def folded_name(name):
    """What names of files are compared by."""
    return plain_name(name).casefold()


def folded_path(path):
    """What paths of files are compared by, folder by folder."""
    return tuple(map(folded_name, PurePosixPath(path).parts))


# Names in a ZIP file


def name_of_entry(entry):
    """The name may be in UTF-8 without the flag that says so: not every program sets it."""
    if entry.flag_bits & UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def relative_path(name):
    """The name of an entry as a path with forward slashes that starts at no root."""
    return name.replace("\\", "/").lstrip("/")


def folded_part(name):
    """What the parts of an office document are compared by."""
    return relative_path(name).casefold()
