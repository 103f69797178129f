"""Recognises text that was read in the wrong encoding, such as “ZÃ¼rich” for “Zürich”."""

import codecs
import re
import unicodedata

UNDEFINED = {number: chr(number) for number in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
"""Bytes without a letter in Windows-1252. Programs read them as control characters."""

LATIN = {byte: UNDEFINED.get(byte) or bytes([byte]).decode("cp1252") for byte in range(256)}
FOLLOWING = "".join(LATIN[byte] for byte in range(0x80, 0xC0)) + "".join(
    chr(byte) for byte in range(0x80, 0xA0)
)
"""What the second and further bytes of a letter in UTF-8 become."""

CLOSING = "\u00a0…–—‘’“”„‚»«™"
"""Those of them that also follow a word of a real text."""

ONLY_GARBLED = "".join(letter for letter in FOLLOWING if letter not in CLOSING)
RUNS = re.compile(
    f"[Â-ß][{re.escape(FOLLOWING)}]|[à-ï][{re.escape(FOLLOWING)}]{{2}}"
    f"|[ð-ô][{re.escape(FOLLOWING)}]{{3}}"
)
CERTAIN_RUNS = re.compile(f"[ÂÃÄÅ][{re.escape(ONLY_GARBLED)}]|â€[{re.escape(FOLLOWING)}]")
"""Runs that occur in no language, also beside letters that were read well."""

LEADS = {"mac_roman": ("√", "¬", "‚Ä"), "cp850": ("├", "┬", "ÔÇ"), "cp437": ("├", "┬", "ΓÇ")}
"""Other encodings → how letters of Western Europe and quotation marks begin in them."""

CYRILLIC = re.compile("[РС](?:[^\\s\\w]|[Ђ-ЏђѓєѕіїљњќўџҐґё])")
"""How Cyrillic letters begin in the Cyrillic encoding of Windows."""

BEGINNINGS = re.compile(f"[Â-ô][{re.escape(FOLLOWING)}]")
"""How all `RUNS` begin."""

OTHER_BEGINNINGS = re.compile(
    f"[РС{''.join(lead[0] for leads in LEADS.values() for lead in leads)}]"
)
"""How letters in the other encodings begin. A text with neither is as it was written."""

MOST_ROUNDS = 4

PLAUSIBLE = ((0xA0, 0x17F), (0x386, 0x3CE), (0x400, 0x45F), (0x5D0, 0x5EA), (0x620, 0x64A))
"""Letters of two bytes in UTF-8 that texts have. Others arise by chance, as from “É” and a dash."""


def probable_text(text):
    """What `text` probably was; an empty text where nothing is wrong with it."""
    if not has_beginnings(text):
        return ""
    found = text
    for _round in range(MOST_ROUNDS):
        better = read_anew(found)
        if not better:
            break
        found = better
    return found if found != text else ""


def has_beginnings(text):
    """Whether a text has anything for `read_anew` to look at. Most texts have nothing."""
    return not text.isascii() and (BEGINNINGS.search(text) or OTHER_BEGINNINGS.search(text))


def read_anew(text):
    """`text` read in the right encoding, once; an empty text if it is right."""
    if RUNS.search(text) and (found := whole_in_latin(text)):
        return found
    for encoding, leads in LEADS.items():
        if any(lead in text for lead in leads) and (found := decoded(text, encoding)):
            return found
    if CYRILLIC.search(text) and (found := decoded(text, "cp1251")):
        return found
    better = CERTAIN_RUNS.sub(decode_run, text)
    return better if better != text else ""


def whole_in_latin(text):
    """The text if all its letters beyond ASCII are UTF-8 that was read as Windows-1252."""
    runs = RUNS.findall(text)
    if len(runs) == 1 and runs[0][-1] in CLOSING:
        before = text[: text.index(runs[0])][-1:]
        if before.isupper() or runs[0][0] not in "ÂÃâ":
            return ""
    found = bytes_in_latin(text)
    return plausible(found) if found else ""


def bytes_in_latin(text):
    try:
        return codecs.charmap_encode(text, "strict", TO_BYTES)[0]
    except UnicodeEncodeError:
        return b""


def decode_run(match):
    try:
        return bytes_in_latin(match[0]).decode()
    except UnicodeDecodeError:
        return match[0]


def decoded(text, encoding):
    try:
        return plausible(text.encode(encoding))
    except UnicodeEncodeError:
        return ""


def plausible(content):
    """The text of bytes in UTF-8, if it may be a text; else an empty one."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return ""
    return text if all(map(is_plausible, filter(lambda c: c > "\x7f", text))) else ""


def is_plausible(letter):
    code = ord(letter)
    if code > 0x7FF:
        return unicodedata.category(letter) not in ("Cn", "Co", "Cs")
    if code < 0xA0:
        # What is garbled twice passes through these.
        return True
    return any(first <= code <= last for first, last in PLAUSIBLE)


TO_BYTES = {ord(letter): byte for byte, letter in LATIN.items()} | {
    code: code for code in range(0x80, 0xA0)
}
