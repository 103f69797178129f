"""Units as headers and columns of units name them, with what their numbers are multiplied by."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from catalogue import units
from intake import magnitudes

LONGEST = 60

THOUSANDS = (
    "milliers miles milhares migliaia tausende tys tis tusen tusind tuhat bin ribuan thds ths k "
    "тис хиляди χιλιάδες ezer tisíc tysięcy duizend"
)
MILLIONS = "mill milj milionów milionů mld мільйонів εκατομμύρια milyon juta mn mil.n"
WORDS = {
    **dict.fromkeys(THOUSANDS.split(), 1000),
    **dict.fromkeys(MILLIONS.split(), 10**6),
    "mld": 10**9,
    "hundred": 100,
    "hundreds": 100,
    "cientos": 100,
}
"""Multipliers of headers, besides those that may follow a number (`intake.magnitudes`)."""

WORD = re.compile(r"([^\W\d]+)(?:\. ?| |$)(?:(?:of|de|di|d’|d'|von) ?)?")
POWER = re.compile(
    r"(?:[x×*] ?)?(?:(10{0,2}[ .,']?000(?:[ .,']?000)*)|['’]?(000)s?|10\^([1-9]))(?!\d) ?"  # noqa: RUF001 (the sign for times)
)

MONEY = frozenset(
    (
        *"€ $ £ ¥ ₹ ₽ ₩ ₺ ฿ ₫ ₱ r$ us$ eur usd gbp cny rmb jpy inr brl mxn cop chf cad aud".split(),
        *"zar kes ngn try idr vnd thb krw rub pln czk huf sek nok dkk clp pen ars".split(),
        *"euro euros dollar dollars dólares pesos reais yuan rupees rupien francs".split(),
        *("元", "人民币", "円", "원", "руб", "рублей", "тенге", "грн", "zł", "kč", "лв"),
        *("¤", "€ ht", "€ ttc", "euros ht", "euros ttc", "k€", "m€"),
    )
)
NUMBERS = frozenset(
    (
        *"number no nr nb nbr nombre anzahl número numero quantity qty count stück stk pcs".split(),
        *("num", "#", "n°", "nº", "№", "adet", "sayı", "szt", "liczba", "počet", "antal"),
        *("个", "個", "数量", "數量", "座", "棵", "株", "个数", "шт", "ед", "количество", "عدد"),
        *("unidades", "unidad", "unités", "units", "unit", "aantal", "ks", "จำนวน", "số lượng"),
    )
)
PEOPLE = frozenset(
    (
        *"persons people person inhabitants inhabitant residents capita pers".split(),
        *"inh inhab einwohner einw ew habitants habitant hab personnes personas personen".split(),
        *"habitantes pessoas persone abitanti inwoners inw personer invånare osób".split(),
        *"obyvatel человек чел жителей orang kişi".split(),
        *("人", "口", "名", "명", "คน", "شخص", "نسمة", "व्यक्ति"),
    )
)
COUNTED = frozenset(
    (
        *"staff employees agents etp fte trees arbres árboles árvores bäume species".split(),
        *"espèces especies espécies arten jobs visitors visitantes besucher".split(),
        *("人次", "种", "樹木", "นคน"),
    )
)
"""What is counted besides people."""

PER = re.compile(
    r"\s*(?:/| per | pro | par | por | je | per\. | na | на | p\. | a | al )\s*|每|/", re.I
)
MONEY_SIGN = re.compile(r"[€$£¥₹₽₩₺฿₫]")
BASES = frozenset(
    "mm cm dm g mg µg μg co2 tco2 tco2e gwh mwh kwh gj tj mj l liter litre db dba".split()
)

YEARLY = re.compile(
    r"\b(?:year|yr|annum|a|an|ano|año|jahr|année|anno|år|rok|год|yıl|tahun)\b|年|ปี|سنة"
)
PERSON = re.compile(
    r"\b(?:person|capita|inhabitant|inhab|inh|cap|persona|habitante|hab|habitant|pessoa|personne|"
    r"kopf|einwohner|ew|abitante|inwoner|человека|жителя|kişi)\b|人|คน|فرد"
)
KILOGRAMS = re.compile(r"(?:kg|kilo|kilos|kilograms?|кг|公斤|千克)\b|^(?:公斤|千克)")
TONNES = re.compile(r"(?:t|tonnes?|toneladas?|tonnen|т|吨)\b|^吨")

IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
BEHIND_WORD = re.compile(
    r"(?:^|[\s,;:–—-])(?:in|en|em|exprimée? en|expressed in|в|w|v|i|单位)[\s:]+"
)  # noqa: RUF001 (Cyrillic: the Russian word for in)
BEHIND_MARK = re.compile(r"\s*[,;:|–—_]\s*|\s-\s")  # noqa: RUF001 (dashes that stand before a unit)
START = re.compile(
    r"(?:in|en|em|as|units?|unité|einheit|unidade?|unità|ед\.? ?изм\.?|单位|單位|単位|в)"  # noqa: RUF001 (Cyrillic)
    r"(?:\s*[:：]\s*|\s+|(?=1 ?000))",  # noqa: RUF001 (the wide colon of East Asia)
    re.IGNORECASE,
)
ANYWHERE = frozenset("km2 km² km^2 kmq m2 m² m^2 mq m3 m³ kwh mwh gwh hectares hectáreas".split())
"""Units that are no other word in any language, wherever they stand in a header."""

AT_END = frozenset("ha km2 km² m2 m² m3 m³ km^2 % kg kwh mwh gwh sqkm hectares hectare km".split())
"""Units that are known as the last word of a header, with nothing before them."""

SHARES = re.compile(
    r"\b(?:share|proportion|ratio|fraction|percentages?|anteil|quote|part|parts|taux|proporción|"
    r"porcentaje|proporção|porcentagem|percentual|quota|percentuale|aandeel|andel|udział|podíl|"
    r"доля|oran|oranı|persentase|tỷ lệ)\b|比例|占比|比率|率|割合|비율|نسبة|สัดส่วน|ร้อยละ|अनुपात"
)


def unit_in_header(header):
    """(unit, times) that a header names: a code of `catalogue.units` or a text, and the multiplier.

    ("", 1) where it names none.
    """
    text = unicodedata.normalize("NFKC", header).replace("\n", " ").strip()
    if len(text) > 10 * LONGEST:
        return "", Decimal(1)
    for piece in pieces_of(text):
        if found := known_unit(piece):
            return found
    whole = IN_BRACKETS.sub(" ", text).strip()
    if (found := known_unit(whole)) and (found[1] > 1 or not is_base(without_times(whole)[1])):
        return found
    if found := per_at_end(whole):
        return found, Decimal(1)
    if found := MONEY_SIGN.search(whole):
        return found[0], Decimal(1)
    words = text.split()
    if found := next((units.parse(one) for one in words if one.casefold() in ANYWHERE), ""):
        return found, Decimal(1)
    last = words[-1].strip(".").casefold() if words else ""
    if last in AT_END or (last.startswith("%") and last.strip("%") == ""):
        return units.parse(last), Decimal(1)
    if "%" in text:
        return "percent", Decimal(1)
    return "", Decimal(1)


def pieces_of(text):
    """The parts of a header in which a unit may stand, the likeliest first."""
    yield from reversed(IN_BRACKETS.findall(text))
    without = IN_BRACKETS.sub(" ", text).strip()
    yield from reversed(BEHIND_WORD.split(f" {without}")[1:])
    yield from reversed(BEHIND_MARK.split(without)[1:])


def per_at_end(text):
    """The unit at the end of a header such as “Area m2 per inhabitant”; "" where there is none."""
    words = text.split()
    for at in range(len(words)):
        piece = " ".join(words[at:])
        if PER.search(f" {piece} ") and (found := known_unit(piece)) and found[0] == piece:
            return piece
    return ""


def known_unit(text):
    """(unit, times) of a text that is a unit, as `unit_in_header`; None of any other text."""
    text = START.sub("", text.strip(), count=1).strip(" .:")
    if not text or len(text) > LONGEST:
        return None
    times, rest = without_times(text)
    folded = units.folded(rest)
    if not rest:
        return ("", times) if times > 1 else None
    code = units.parse(rest)
    if code in units.UNITS:
        return code, times
    if folded in NUMBERS:
        return "count", times
    if (per := PER.match(f" {rest} ")) and is_unit(f" {rest} "[per.end() :].strip()):
        return rest, times
    first = PER.split(rest)[0].strip()
    is_compound = first != rest and is_unit(first)
    if is_compound or is_base(rest):
        return rest, times
    return None


def is_unit(text):
    return units.parse(text) in units.UNITS or is_base(text)


def is_base(text):
    folded = units.folded(text)
    words = folded.split()
    is_mass_of = len(words) == 2 and words[0] in ("t", "kg", "kt", "mt", "g")
    return bool(words) and (
        not {folded, words[0]}.isdisjoint(BASES)
        or folded in MONEY
        or folded in PEOPLE
        or folded in COUNTED
        or is_mass_of
    )


def is_money(unit):
    """Whether a unit is a currency, as “€” and “k€”."""
    return units.folded(unit) in MONEY or MONEY_SIGN.search(unit) is not None


def counts_people(unit):
    """Whether a unit, a code or words, says no more than that people are counted."""
    return unit == "count" or units.folded(unit) in PEOPLE


def can_be_counted(unit):
    """Whether words for a unit can say what is counted, as “trees”: no money, mass or rate."""
    folded = units.folded(unit)
    if is_base(unit) and folded not in PEOPLE | COUNTED or MONEY_SIGN.search(unit):
        return False
    per = PER.search(f" {folded} ")
    rest = f" {folded} "[per.end() :].strip() if per else ""
    return not (rest and (is_unit(rest) or YEARLY.search(rest) or PERSON.search(rest)))


@lru_cache(maxsize=2_000)
def unit_of_row(text):
    """(unit, times) that a cell of a column of units says; any other text is its own unit."""
    text = unicodedata.normalize("NFKC", text).strip()
    text = text.strip("()[] ") or text
    return known_unit(text) or (units.parse(text), Decimal(1))


def without_times(text):
    """(what the numbers are multiplied by, the text without it): “thousand ha”, “Mio €”."""
    if found := POWER.match(text):
        digits = re.sub(r"\D", "", found[1] or "")
        times = int(digits) if digits else 1000 if found[2] else 10 ** int(found[3])
        return Decimal(times), text[found.end() :].strip()
    times, rest = magnitudes.multiplier(text)
    if times > 1:
        return Decimal(times), rest.strip()
    if (found := WORD.match(text)) and (times := WORDS.get(found[1].casefold())):
        return Decimal(times), text[found.end() :].strip()
    return Decimal(1), text


def per_person(unit):
    """How many t/person/year one of a unit such as “kg por persona y año” is; None of others."""
    if unit == "t/person/year":
        return Decimal(1)
    text = unicodedata.normalize("NFKC", unit).casefold()
    if not (PERSON.search(text) and YEARLY.search(text)):
        return None
    if KILOGRAMS.match(text):
        return Decimal("0.001")
    return Decimal(1) if TONNES.match(text) else None


def says_share(header):
    """Whether a header says that its numbers are shares of something."""
    return SHARES.search(unicodedata.normalize("NFKC", header).casefold()) is not None
