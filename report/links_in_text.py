"""Finds the addresses in a text, for the page and the documents alike.

An address is https://…, http://…, www.… or an e-mail address. Words may touch it on both sides
where a script has no blanks, and so may brackets and the stop that ends a sentence: it is cut
there. (Django's `urlize` cuts at blanks alone. It misses an address behind a Chinese word, and
takes the words after one for a part of it.)
"""

import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_letters, digits
from urllib.parse import quote

from django.utils.encoding import iri_to_uri

LONGEST = 2000
"""Letters of an address; the typesetter refuses one of 8,000."""

START = re.compile(
    r"(?<![a-z0-9])https?://"
    r"|(?<![a-z0-9@./_-])www\."
    r"|(?<![a-z0-9._%+@/-])[a-z0-9][a-z0-9._%+-]{0,63}@",
    re.IGNORECASE | re.ASCII,
)
NEXT = re.compile(r"[,;](?:https?://|www\.)", re.IGNORECASE | re.ASCII)
"""Where another address follows without a blank."""
PORT = re.compile(r"(?::\d{1,5})?")
NAME_OF_HOST = re.compile(r"(?:[^.]+\.)+[^.]+")
TOP_LEVEL = re.compile(r"[^\d]{2,}")

OF_HOST = frozenset(ascii_letters + digits + "-.")
OF_PATH = frozenset(ascii_letters + digits + "-._~:/?#[]@!$&'()*+,;=%")
AFTER = frozenset(".,;:!?'*\u0f0b\u0f0d\u104a\u104b\u17d4\u30fb")
"""Signs that belong to the sentence if they stand at the end."""
BRACKETS = {")": "(", "]": "["}
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"

UNSPACED = re.compile(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u19e0-\u19ff\u3005-\u3007"
    "\u3040-\u318f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\uff66-\uffdc\U0001b000-\U0001b2ff\U00020000-\U0003ffff]"
)
"""Letters of scripts whose words touch an address: of East and South-East Asia, of Tibet.

Behind a sign within the path they belong to the address (`/wiki/安吉县`). Behind a letter of
another script, or the stroke that ends the name of the host, they are the next word.
"""
BEFORE_UNSPACED = frozenset("/=_#&+~-")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text. `url` is where it leads, in ASCII; empty for words."""

    text: str
    url: str = ""


def may_have_links(text):
    return "://" in text or "@" in text or "www." in text or "WWW." in text


@lru_cache(maxsize=2048)
def pieces_of(text):
    """The text as `Piece`s, which together are the text."""
    pieces, written, looked_at = [], 0, 0
    for start in START.finditer(text) if may_have_links(text) else ():
        if start.start() < looked_at:
            continue
        looked_at, url = _address(text, start)
        if url:
            before = Piece(text[written : start.start()])
            pieces += [before, Piece(text[start.start() : looked_at], url)]
            written = looked_at
    return tuple(piece for piece in (*pieces, Piece(text[written:])) if piece.text)


def _address(text, start):
    """(end, url) of the address that begins with the match `start`; no url where it is none."""
    begins = start.group().lower()
    behind_host = _end(text, start.end(), OF_HOST, _is_in_host)
    host = text[start.end() : behind_host].rstrip(".-")
    behind_host = start.end() + len(host)
    is_page = not begins.endswith("@")
    end = _end_of_path(text, behind_host) if is_page else behind_host
    if not NAME_OF_HOST.fullmatch(host) or end - start.start() > LONGEST:
        return _end(text, start.end(), OF_PATH, _is_in_path), ""
    if not begins.startswith("http") and not TOP_LEVEL.fullmatch(host.rpartition(".")[2]):
        return behind_host, ""
    if not is_page:
        return end, f"mailto:{quote(start.group()[:-1], safe='+')}@{_in_ascii(host)}"
    scheme = begins if begins.startswith("http") else f"https://{begins}"
    url = scheme + _in_ascii(host) + iri_to_uri(text[behind_host:end])
    return end, url if len(url) <= LONGEST else ""


def _end_of_path(text, start):
    """Where port, path and query end, which follow the host; what ends a sentence is left out."""
    begins = PORT.match(text, start).end()
    if text[begins : begins + 1] not in ("/", "?", "#"):
        return begins
    following = NEXT.search(text, begins, begins + LONGEST)
    most = following.start() if following else len(text)
    path = text[begins : _end(text, begins, OF_PATH, _is_in_path, most)]
    while path[-1:] in AFTER or _is_unmatched(path):
        path = path[:-1]
    return begins + len(path)


def _is_unmatched(path):
    last = path[-1:]
    return last in BRACKETS and path.count(last) > path.count(BRACKETS[last])


def _end(text, start, signs, is_part, most=sys.maxsize):
    """The place, `most` at most, of the first character that cannot belong to the address.

    `signs` are those of ASCII that can; `is_part` tells it of a letter of a script without blanks.
    """
    most = min(most, len(text), start + LONGEST)
    return next(
        (at for at in range(start, most) if not _is_part(text, start, at, signs, is_part)), most
    )


def _is_part(text, start, place, signs, is_part):
    letter = text[place]
    if letter.isascii():
        return letter in signs
    if UNSPACED.match(letter):
        return is_part(text, start, place)
    return letter in JOINERS or unicodedata.category(letter)[0] in "LMN"


def _is_in_host(text, start, place):
    before = text[start:place][-2:]
    if not before or UNSPACED.match(before[-1]) or text[start:place].lower() == "www.":
        return True
    return before[-1] in ".-" and UNSPACED.match(before) is not None


def _is_in_path(text, start, place):
    before = text[max(start, place - 2) : place]
    if before == "/" or not before:  # the stroke behind the host
        return False
    return before[-1] in BEFORE_UNSPACED or before == "_(" or bool(UNSPACED.match(before[-1]))


def _in_ascii(host):
    """The name of a host as browsers send it: Punycode for labels of other letters."""
    labels = (unicodedata.normalize("NFKC", label).lower() for label in host.split("."))
    return ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels
    )
