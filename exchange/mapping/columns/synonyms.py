"""What a header says, in many languages: which meanings it has, and how surely."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from profiles.country_names import MARKS, is_of_word

from ..years.header_years import year_in_header

FILE = Path(__file__).with_suffix(".toml")

EXACT = 100
"""The score of a header that is one of the words."""

LEAST = 45
"""The score that a header needs at least for a field of which there is one."""

WEAK = 28
"""The score below which nothing is known of a header."""

VAGUE = ("name",)
LEAST_OF_VAGUE = 60
"""The same for words that stand in headers of all sorts, as in “Your name or a nickname”."""

LEAF = 0.9
LAST_RESORT = 0.75
"""How much the last words of a header count, read for themselves where nothing else is known."""

CLOSE = 88
"""How alike, of 100, a header must be to a word to be read as its misspelling."""

SHORTEST_MISSPELT = 7
SHORTEST_COMPOUND = 5
"""Letters of a word that is looked for at the end of a longer one, as in “Projektbeschreibung”."""

ALIKE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ة": "ه", "ى": "ي"})
ARABIC_MARKS = re.compile("[\u0640\u064b-\u0655]")
ARTICLE = re.compile(r"\bال(?=\w{3})")
"""The Arabic article, written as a part of the word behind it."""

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
MOST_WORDS = 40
"""Words of a header that are looked at: more are no header, but a text."""

LONGEST_PHRASE = 9
COMPOUNDING = ("de", "nl", "nordic")
LINKS = frozenset(
    (
        *("of", "the", "a", "an", "and", "for", "in", "to", "by", "on", "de", "des", "du", "d"),
        *("la", "le", "les", "l", "et", "en", "pour", "par", "del", "el", "los", "las", "y", "o"),
        *("para", "por", "da", "do", "das", "dos", "e", "der", "die", "den", "dem", "und", "fur"),
        *("zu", "im", "am", "della", "dello", "dei", "delle", "di", "il", "lo", "gli", "van"),
        *("het", "voor", "w", "z", "i", "na", "dla", "или", "и", "в", "на", "по", "ve", "och"),
        *(
            "og",
            "au",
            "aux",
            "sur",
            "with",
            "till",
            "til",
            "con",
            "com",
            "mit",
            "met",
            "your",
            "this",
            "or",
            "ou",
        ),
    )
)
"""Words that join others, and say nothing by themselves."""

COUNTS = frozenset(
    (
        *("number", "no", "nr", "numero", "num", "n", "nummer", "numer", "nombre", "anzahl"),
        *("sayi", "nomor", "antal"),
    )
)

BRACKETS = re.compile(r"[(\[（【{<].*?[)\]）】}>]")
CAMEL = re.compile(r"(?<=[a-zß-ÿ0-9])(?=[A-Z][a-zß-ÿ])|(?<=[a-zß-ÿ])(?=[A-Z])")
LETTERS_AND_DIGITS = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
INCLUSIVE = re.compile(r"[·•.⋅]e?s?(?:[·•.⋅]s)?\b|\((?:e|s|es|in|innen|n|a|as|os)\)")
PARTS = re.compile(r"\s*[/|:;\n?]\s*|\s[-–—]\s")
CAPITALS = re.compile(r"(?<=[a-zß-ÿ\d)] )[A-ZÀ-Ý](?=[a-zß-ÿ])")
"""Capitals within a header, where the name of a group of columns may end."""

UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Letters of scripts whose words are not kept apart by blanks, or often not."""

CURRENCY = re.compile(
    r"[€$£¥₹₽₩₺฿₫]|\b(?:EUR|USD|GBP|CHF|PLN|SEK|NOK|DKK|CZK|HUF|BRL|MXN|CLP|COP|ZAR|INR|CNY|JPY|KRW|IDR|VND"
    r"|TRY|TL|Rp|CFA|FCFA|HT|TTC)\b|\bzł|руб|грн|万元|萬元|千円|万円|百万円|백만원|천원|억원|만원|บาท"
)
"""Signs that make a column one of money, whatever else its header says."""

YEAR = re.compile(r"(?<!\d)(?:19|20|25)\d\d(?:\s?[-–/]\s?\d{2,4})?(?!\d)")

LONGEST = 300
"""Letters of a header, or of a cell, that are looked at."""


class Match(NamedTuple):
    """`meaning`: a table of the file of synonyms; `word`: the one that was found."""

    meaning: str
    score: float
    word: str


@lru_cache(maxsize=2048)
def matches(header, leaf=""):
    """The `Match`es of a header, the surest first; each meaning once.

    `leaf`: its end, where what stands before it is the name of a group of columns.
    """
    found = {}
    header, leaf = header[:LONGEST], leaf[:LONGEST]
    for text, share in readings(header, leaf):
        if share == LAST_RESORT and found:
            break
        for match in matches_of(text):
            score = match.score * share
            least = LEAST_OF_VAGUE if match.meaning in VAGUE else WEAK
            if score >= least and score > found.get(match.meaning, NONE).score:
                found[match.meaning] = match._replace(score=score)
    if sign := CURRENCY.search(header):
        found["money"] = Match("money", EXACT + 1, sign.group())
    return tuple(sorted(found.values(), key=lambda match: -match.score))


NONE = Match("", 0, "")


def readings(header, leaf):
    """(text, how much of its score counts): a header as it stands, then without its brackets,
    then the parts around a sign that divides it, as of headers in two languages."""
    yield header, 1
    if leaf:
        yield leaf, LEAF
    bare = BRACKETS.sub(" ", header)
    if bare.strip() and bare != header:
        yield bare, 0.99
    parts = [part for part in PARTS.split(bare) if part.strip()]
    if len(parts) > 1:
        for part in parts:
            yield part, 0.8
    starts = [found.start() for found in CAPITALS.finditer(bare)]
    if starts:
        before = bare[: starts[-1]].split()[-1]
        is_group = before[0].islower() and not is_link(before)
        yield bare[starts[-1] :], LEAF if is_group else LAST_RESORT


def matches_of(text):
    words = words_of(text)[:MOST_WORDS]
    if not words:
        return []
    known = index()
    found = [Match(one, EXACT, text) for one in known.exact.get(words, ())]
    if found:
        return found
    if UNSPACED.search(text):
        return list(inside_unspaced("".join(words)))
    found = list(inside(words))
    if not any(match.score >= LEAST for match in found):
        found += misspelt(words)
        if is_count(words, 0, 1):
            found.append(Match("value", LEAST, words[0]))
    return found


@lru_cache(maxsize=16384)
def words_of(text):
    """The words of a header or a synonym, as they are compared; digits at the end do not count."""
    text = INCLUSIVE.sub("", CAMEL.sub(" ", unicodedata.normalize("NFKC", text)))
    plain = text.casefold().replace("№", "no")
    bare = ARABIC_MARKS.sub("", MARKS.sub("", unicodedata.normalize("NFKD", plain)))
    bare = unicodedata.normalize("NFC", LETTERS_AND_DIGITS.sub(" ", bare)).translate(ALIKE)
    bare = ARTICLE.sub("", bare)
    words = "".join(letter if is_of_word(letter) else " " for letter in bare).split()
    while len(words) > 1 and words[-1].isdecimal():
        words.pop()
    return tuple(words)


def is_link(word):
    return all(part in LINKS for part in words_of(word))


def weight(words):
    """Letters of the words that say something."""
    return sum(len(word) for word in words if word not in LINKS and not word.isdecimal())


def inside(words):
    """Matches of synonyms that are a part of a header: whole words, or the end of a compound."""
    total = weight(words) or 1
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + LONGEST_PHRASE) + 1):
            part = words[start:end]
            if end - start == len(words) or not weight(part):
                continue
            for meaning in index().exact.get(part, ()):
                if meaning == "key" and is_count(words, start, end):
                    continue
                yield Match(meaning, score_of(words, start, end, total), " ".join(part))
    for meaning, word in compounds(words[-1]):
        score = 40 * len(word) / total + (25 if len(words) == 1 else 15)
        yield Match(meaning, score, word)


def is_count(words, start, end):
    """Whether a word for the number of a row counts something, as in “number of trees”."""
    return words[start] in COUNTS and any(word in LINKS for word in words[end : end + 1])


def score_of(words, start, end, total):
    """The more of the header a synonym is, the better; its first and its last words weigh most, and
    those before an “of”."""
    score = 55 * weight(words[start:end]) / total
    rest = [word for word in words[end:] if not word.isdecimal()]
    if all(word in LINKS for word in words[:start]):
        score += 40 if rest and rest[0] in LINKS else 20
    elif rest and rest[0] in LINKS and words[start - 1] not in LINKS:
        score += 25
    elif not rest:
        score += 24 if sum(word not in LINKS for word in words) == 2 else 20
    return score


def compounds(word):
    for end in range(2, len(word) - SHORTEST_COMPOUND + 1):
        tail = word[end:]
        for meaning in index().compounding.get(tail, ()):
            yield meaning, tail


def inside_unspaced(text):
    """Matches in scripts without blanks: the last words weigh most, in Thai the first."""
    for word, meanings in index().unspaced.items():
        at = text.rfind(word)
        if at < 0 or len(word) < 2:
            continue
        score = 55 * len(word) / len(text)
        is_head = at == 0 if "\u0e00" <= text[0] <= "\u0e7f" else at + len(word) == len(text)
        for meaning in meanings:
            yield Match(meaning, score + (30 if is_head else 15), word)


def misspelt(words):
    text = " ".join(words)
    if len(text) < SHORTEST_MISSPELT:
        return
    choices = index().spellings
    for word, ratio, _at in process.extract(
        text, choices, scorer=fuzz.ratio, score_cutoff=CLOSE, limit=3
    ):
        for meaning in index().exact[tuple(word.split())]:
            yield Match(meaning, 0.9 * ratio, word)


class Index:
    """The synonyms, ready to be found. Each maps words to the meanings that have them."""

    def __init__(self, tables):
        self.exact, self.compounding, self.unspaced = {}, {}, {}
        for meaning, by_language in tables.items():
            for language, texts in by_language.items():
                for text in texts:
                    self.add(meaning, language, text)
                    if language == "de":
                        self.add(meaning, language, text.translate(UMLAUTS))
        self.spellings = [
            " ".join(words) for words in self.exact if len(" ".join(words)) >= SHORTEST_MISSPELT
        ]

    def add(self, meaning, language, text):
        words = words_of(text)
        put(self.exact, words, meaning)
        if UNSPACED.search(text):
            put(self.unspaced, "".join(words), meaning)
        if language in COMPOUNDING and len(words) == 1 and len(words[0]) >= SHORTEST_COMPOUND:
            put(self.compounding, words[0], meaning)


def put(known, key, meaning):
    meanings = known.setdefault(key, [])
    if meaning not in meanings:
        meanings.append(meaning)


@cache
def index():
    with FILE.open("rb") as file:
        return Index(tomllib.load(file))


def year_in(header):
    """The year that a header is, or ends with: 2018 of “Observado 2018”; None without one."""
    bare = BRACKETS.sub(" ", header).rstrip(" *年度")
    return year_in_header(bare)[0] if bare[-1:].isdecimal() else None


def without_year(header):
    """What a header says besides its year."""
    bare = BRACKETS.sub(" ", header)
    return YEAR.sub(" ", bare).strip(" _-–—:,.*年度")


def leaves_of(headers):
    """What each header says behind the words that it shares with a neighbour; "" for none.

    Such words are the name of a group of columns, which `layout` puts before the headers below it.
    """
    words = [header.split() for header in headers]
    return [
        min(
            filter(None, (leaf(own, beside) for beside in neighbours(words, at))),
            key=len,
            default="",
        )
        for at, own in enumerate(words)
    ]


def neighbours(words, at):
    return [*words[max(at - 1, 0) : at], *words[at + 1 : at + 2]]


def leaf(own, beside):
    """The end of a header from its first word that differs, if it begins like a header."""
    same = 0
    for word, other in zip(own, beside, strict=False):
        if word.casefold() != other.casefold():
            break
        same += 1
    ends = own[same:], beside[same:]
    begins = all(end and end[0][0].isalpha() and not end[0][0].islower() for end in ends)
    return " ".join(own[same:]) if same and begins else ""
