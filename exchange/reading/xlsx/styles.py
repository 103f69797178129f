"""What the styles of cells say of their values: formats of numbers, and text struck through."""

import re
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from .names import MAIN, whole_number

PERCENT_FORMATS = {9, 10}
QUOTED = re.compile(r'"[^"]*"|\\.')
IN_BRACKETS = re.compile(r"\[[^\]]*\]")
CURRENCY = re.compile(r"\[\$([^\]\"\\-]{1,10})[\]-]")
"""The sign or code in the brackets of a format, as in `[$€-407] #,##0` and `[$CHF] 0.00`."""

SIGN = re.compile(r"[€$£¥₹₽₩₺฿₫]")
DOLLAR_FORMATS = {5, 6, 7, 8, 42, 44}
"""Formats with a $ that need no code in the file (ECMA-376, 18.8.30)."""

ZEROS = re.compile(r"0{2,20}")
NO = ("0", "false")


@dataclass(slots=True)
class Styles:
    """The cell styles, by the numbers with which cells name them.

    `percent`: those of percents. `money`: style → the currency that it shows. `zeros`: style → how
    many digits it shows at least. `struck`: those that strike text through. `formats`: the format
    of each; `codes`: format → its code.
    """

    percent: set = field(default_factory=set)
    money: dict = field(default_factory=dict)
    zeros: dict = field(default_factory=dict)
    struck: set = field(default_factory=set)
    formats: list = field(default_factory=list)
    codes: dict = field(default_factory=dict)

    def __iter__(self):
        """The styles of cells that have to be looked at."""
        yield from self.percent | self.money.keys() | self.zeros.keys() | self.struck

    def add(self, number_format, *, is_struck):
        style, code = str(len(self.formats)), self.codes.get(number_format, "")
        self.formats.append(number_format)
        if number_format in PERCENT_FORMATS or "%" in QUOTED.sub("", code):
            self.percent.add(style)
        elif currency := currency_in(number_format, code):
            self.money[style] = currency
        elif ZEROS.fullmatch(code):
            self.zeros[style] = len(code)
        if is_struck:
            self.struck.add(style)

    def xml(self):
        """A plain part with the formats only, so that calamine reads what was read here."""
        yield f'<styleSheet xmlns="{MAIN}"><numFmts>'.encode()
        for number, code in self.codes.items():
            yield f'<numFmt numFmtId="{number}" formatCode={quoteattr(code)}/>'.encode()
        yield b"</numFmts><cellXfs>"
        for number_format in self.formats:
            yield b'<xf numFmtId="%d"/>' % number_format
        yield b"</cellXfs></styleSheet>"


def currency_in(number_format, code):
    """The currency that a format shows beside its numbers; "" for none."""
    if found := CURRENCY.search(code):
        return found[1].strip()
    found = SIGN.search(IN_BRACKETS.sub("", code))
    return found[0] if found else "$" if not code and number_format in DOLLAR_FORMATS else ""


class StylesReader:
    """Fills `styles` from the elements of the part, in their order."""

    GROUPS = ("numFmts", "fonts", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles")
    NAMES = (*GROUPS, "numFmt", "font", "strike", "xf")

    def __init__(self):
        self.styles = Styles()
        self.group = ""
        self.fonts = []
        self.fonts_of_parents = []

    def read(self, found):
        for name, attributes in found:
            if name in self.GROUPS:
                self.group = name
            elif (self.group, name) == ("numFmts", "numFmt"):
                number = whole_number(attributes.get("numFmtId", ""))
                self.styles.codes[number] = attributes.get("formatCode", "")
            elif (self.group, name) == ("fonts", "font"):
                self.fonts.append(False)
            elif (self.group, name) == ("fonts", "strike") and self.fonts:
                self.fonts[-1] = attributes.get("val") not in NO
            elif (self.group, name) == ("cellStyleXfs", "xf"):
                self.fonts_of_parents.append(attributes.get("fontId", "0"))
            elif (self.group, name) == ("cellXfs", "xf"):
                self.read_style(attributes)
        return self.styles

    def read_style(self, attributes):
        parent = whole_number(attributes.get("xfId", "0"))
        of_parent = self.fonts_of_parents[parent : parent + 1] or ["0"]
        font = whole_number(attributes.get("fontId", of_parent[0]))
        self.styles.add(
            whole_number(attributes.get("numFmtId", "0")),
            is_struck=any(self.fonts[font : font + 1]),
        )
