"""The letters of a document in a row, without blanks and line breaks, to find what it prints."""

import math
import re
from bisect import bisect_left
from dataclasses import dataclass

from .lines import PAGE_OF, SOFT_HYPHEN, goes_on, hyphen_between, joined

AS_ONE = {
    **{chr(code): chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys("’‘`´ʼ", "'"),
    **dict.fromkeys("“”„«»", '"'),
}
DASHES = "-‐‑‒–—−"
LEFT_OUT = frozenset(DASHES + "*" + SOFT_HYPHEN)
"""Dashes, also those that part a word at the end of a line, and the marks of bold text."""

KEPT = str.maketrans({**AS_ONE, **dict.fromkeys(LEFT_OUT)})

BULLETS = ("•", "·", "- ", "– ", "* ", "▪", "●", "○", "◦", "■", "□", "‣", "➢", "✓")
IN_LIST = re.compile(r"(?:(\d{1,2})[.)、]|([a-z])\))(?!\d)")
"""The number or letter of an item in a list."""

SENTENCE_ENDS = '.。!?！？:：;；”"）)…'
MARKS_AROUND = "*#•. \t:0123456789"
BOLD = "**"
FIGURES_ALONE = re.compile(r"[\d\W_]*\d[\d\W_]*")
FIGURE = re.compile(r"[-+]?\d[\d.,]*%?")
NUMBER_AT_END = re.compile(r"\d[\d.,]*$")
NUMBER_AT_START = re.compile(r"(?!\d{1,2}[.)] )[.,]?\d[\d.,]*")


def key_of(text):
    """`text` as it is compared: small letters without blanks and dashes."""
    small = text.lower()
    if len(small) != len(text):
        return "".join(letter for _at, letter in key_letters(text))
    return "".join(small.translate(KEPT).split())


def key_letters(text):
    """(position, letter) of each letter that counts."""
    for at, letter in enumerate(text):
        if not letter.isspace() and letter not in LEFT_OUT:
            small = letter.lower()
            yield at, AS_ONE.get(small, small if len(small) == 1 else letter)


def number_in_list(piece, before, text):
    """Which item of a list a line begins, 0 where it begins none.

    `before`: the number of the last item. `text`: the line above; that of the first item ends a
    sentence, or is an item with a mark, unless a day may begin the line, as in “1. May”.
    """
    found = IN_LIST.match(piece)
    if not found:
        return 0
    number = int(found[1]) if found[1] else ord(found[2]) - ord("a") + 1
    is_below_mark = text.startswith(BULLETS) and found[0].endswith(")")
    is_first = number == 1 and (not text or text[-1] in SENTENCE_ENDS or is_below_mark)
    return number if is_first or (before and number == before + 1) else 0


def is_row(piece):
    """Whether a line may be a row of a table: words, and at least two figures behind them."""
    words = piece.split()
    if len(words) < 3 or FIGURE.fullmatch(words[0]):
        return False
    return all(FIGURE.fullmatch(word) for word in words[-2:])


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the file."""

    line: int
    page: int


class Stream:
    """The letters of some `lines`; positions count them. `letters` is what is searched.

    `left_out`: lines that may be of a text and are none of `lines`, until somebody takes them.
    """

    def __init__(self, lines, left_out=()):
        self.lines, self.left_out = lines, list(left_out)
        self.origins, letters = [], []
        for index, line in enumerate(lines):
            for at, letter in key_letters(line.text):
                self.origins.append((index, at))
                letters.append(letter)
        self.letters = "".join(letters)

    def __len__(self):
        return len(self.letters)

    def find_all(self, key, start=0, end=None):
        """Where `key` begins."""
        at = self.letters.find(key, start, end)
        while key and at >= 0:
            yield at
            at = self.letters.find(key, at + 1, end)

    def place(self, at):
        line = self.lines[self.origins[min(at, len(self) - 1)][0]]
        return Place(line.number, line.page)

    def line_of(self, at):
        return self.lines[self.origins[min(at, len(self) - 1)][0]]

    def starts_line(self, at):
        """Whether nothing but a number or a mark stands before it on its line."""
        index, column = self.origins[at]
        return not self.lines[index].text[:column].strip(MARKS_AROUND)

    def ends_line(self, at):
        """Whether nothing but a mark stands behind the letter before `at` on its line."""
        index, column = self.origins[at - 1]
        return not self.lines[index].text[column + 1 :].strip("*.: \t")

    def has_star(self, at):
        """Whether a star stands behind the letter before `at`, which is no mark of bold text."""
        index, column = self.origins[at - 1]
        behind = self.lines[index].text[column + 1 :].lstrip().replace(BOLD, "")
        return behind.startswith("*")

    def follows_dash(self, at):
        """Whether a dash stands before it, on its line or at the end of the one before."""
        index, column = self.origins[at]
        before = self.lines[index].text[:column].rstrip(f" {BOLD}")
        while not before and index:
            index -= 1
            before = self.lines[index].text.rstrip(f" {BOLD}")
        return before.endswith(tuple(DASHES))

    def line_start(self, at):
        return bisect_left(self.origins, (self.origins[at][0], 0))

    def behind_mark(self, at):
        """The start of the line of `at`, where only a number or a mark stands before it there."""
        return self.line_start(at) if self.starts_line(at) else at

    def line_end(self, at):
        """The position behind the last letter of the line in which `at` lies."""
        index = self.origins[at][0]
        return bisect_left(self.origins, (index + 1, 0))

    def text(self, start, end):
        """The text between two positions, with its paragraphs. Wrapped lines are joined."""
        text = ""
        for _index, piece, mark in self.pieces(start, end):
            text = f"{text}{mark}{piece}" if mark else joined(text, piece)
        return text.replace(SOFT_HYPHEN, "").strip().removeprefix(BOLD).removesuffix(BOLD).strip()

    def pieces(self, start, end):
        """(index of a line, its piece, what parts it from the one before; "" where it runs on)."""
        if start >= end:
            return
        first, last = self.origins[start], self.origins[end - 1]
        text, blank, before, item = "", False, None, 0
        for index in range(first[0], last[0] + 1):
            piece = self.piece(index, first, last)
            if not piece:
                blank = blank or index != first[0]
                continue
            listed = number_in_list(piece, item, text)
            item = listed or item
            is_new = text and (listed or self.is_paragraph(text, piece, blank, before, index))
            yield index, piece, ("\n\n" if blank else "\n") if is_new else ""
            text, blank, before = piece, False, index

    def lines_in(self, start, end):
        """(place, words) of each line between two positions."""
        for index, piece, _mark in self.pieces(start, end):
            line = self.lines[index]
            yield Place(line.number, line.page), piece

    def torn_numbers(self, start, end):
        """(place, words) of each line end that may part a number in two."""
        before = ""
        for index, piece, mark in self.pieces(start, end):
            head, tail = NUMBER_AT_END.search(before), NUMBER_AT_START.match(piece)
            if head and tail and not mark:
                line = self.lines[index]
                yield Place(line.number, line.page), f"{head[0]} | {tail[0]}"
            before = piece

    def rows_of_table(self, start, end):
        """(place, words) of each end of a line that parts two rows of a table with figures."""
        before = ""
        for index, piece, mark in self.pieces(start, end):
            if not mark and is_row(before) and is_row(piece):
                line = self.lines[index]
                yield Place(line.number, line.page), f"{before} | {piece}"
            before = piece

    def hyphenated(self, start, end):
        """(place, words) of each word that a hyphen at the end of a line may part."""
        before = ""
        for index, piece, mark in self.pieces(start, end):
            if before and not mark and hyphen_between(before, piece):
                line = self.lines[index]
                yield Place(line.number, line.page), before.split()[-1] + piece.split()[0]
            before = piece

    def perhaps_elsewhere(self, start, end):
        """(place, words) of what may count a page: lines of figures alone, and “Page 1 of 2”."""
        for place, piece in self.lines_in(start, end):
            if found := FIGURES_ALONE.fullmatch(piece) or PAGE_OF.search(piece):
                yield place, found[0]

    def broken_addresses(self, start, end):
        """(place, words) of each address that may go on in the next line."""
        before = ""
        for index, piece, mark in self.pieces(start, end):
            if not mark and goes_on(before, piece):
                line = self.lines[index]
                yield Place(line.number, line.page), f"{before.split()[-1]} | {piece.split()[0]}"
            before = piece

    def take_left_out(self, start, end):
        """The lines left out between the line before `start` and that of `end`, taken once."""
        first = self.line_of(max(start - 1, 0)).number
        last = self.line_of(end).number if end < len(self) else math.inf
        taken, left = [], []
        for line in self.left_out:
            (taken if first < line.number < last else left).append(line)
        self.left_out = left
        return taken

    def piece(self, index, first, last):
        """The part of a line that lies between two origins, with the marks behind the end."""
        text = self.lines[index].text
        begin = first[1] if index == first[0] else 0
        if index == first[0]:
            begin -= len(text[:begin]) - len(text[:begin].rstrip(DASHES))
        if index == last[0]:
            tail = text[last[1] + 1 :]
            kept = tail[: len(tail) - len(tail.lstrip(DASHES + SOFT_HYPHEN))]
            return (text[begin : last[1] + 1] + kept).strip()
        return text[begin:].strip()

    def is_paragraph(self, text, piece, blank, before, index):
        """Whether a line begins something new. A head or foot in between parts no sentence."""
        if piece.startswith(BULLETS):
            return True
        one, other = self.lines[before], self.lines[index]
        is_parted = one.page != other.page or other.number - one.number != index - before
        return blank and (not is_parted or text[-1] in SENTENCE_ENDS)
