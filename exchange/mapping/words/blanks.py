"""Cells that say that there is nothing, and words for yes and no."""

import re
import unicodedata
from functools import lru_cache

from ... import cells

LONGEST_WORDS, LONGEST = 32, 80
"""Letters of a cell that is looked at, and of one in brackets: longer ones say something."""

BRACKETS = "[<{(…"

EMPTY = frozenset(
    (
        # Marks alone are looked for by `ONLY_MARKS`.
        *("na", "n/a", "n.a", "n. a", "#n/a", "#na", "n/d", "nd", "n.d", "n. d", "n/c", "n.c"),
        *("n/v", "n.v", "n.v.t", "n/p", "n.p", "s/d", "s.d", "s/i", "s.i", "null", "nil", "nan"),
        *("<na>", "none", "not applicable", "not available", "no data", "no value", "no answer"),
        *("no response", "unknown", "not known", "not specified", "not stated", "missing"),
        *("(blank)", "(empty)", "blank", "empty", "not reported", "no information"),
        *("k. a", "k.a", "k a", "keine angabe", "keine angaben", "keine", "keine daten"),
        *("nicht verfügbar", "nicht zutreffend", "entfällt", "unbekannt"),
        *("à compléter", "à renseigner", "non renseigné", "non renseignée", "non disponible"),
        *("non applicable", "sans objet", "néant", "aucun"),
        *("aucune", "aucune donnée", "non communiqué", "inconnu", "inconnue"),
        *("sin dato", "sin datos", "no disponible", "no aplica", "ninguno", "ninguna"),
        *("sin información", "desconocido", "no reporta"),
        *("sem dados", "sem dado", "sem informação", "não disponível", "não se aplica"),
        *("nenhum", "nenhuma", "não informado", "desconhecido"),
        *("nessuno", "nessuna", "nessun dato", "da compilare", "dato mancante"),
        *("non pertinente", "nvt", "niet van toepassing", "niet beschikbaar", "geen"),
        *("geen gegevens", "onbekend", "ikke oplyst", "ingen data", "uppgift saknas"),
        *("ei tietoa", "brak", "brak danych", "nie dotyczy", "b.d", "není", "neuvedeno"),
        *("nejsou data", "nincs adat", "nincs", "nema podataka", "nu se aplică", "fără date"),
        *("нет данных", "н/д", "н.д", "н/п", "не указано", "не применимо", "немає даних"),
        *("无", "無", "暂无", "暫無", "无数据", "無數據", "無資料", "暂无数据", "不详", "不詳"),
        *("未知", "不适用", "不適用", "缺", "空", "なし", "無し", "該当なし"),
        *("不明", "データなし", "없음", "해당 없음", "해당없음", "자료 없음"),
        *("yok", "veri yok", "mevcut değil", "bilinmiyor", "uygulanamaz"),
        *("لا يوجد", "لا توجد", "لا توجد بيانات", "غير متوفر", "غير متاح", "غير محدد"),
        *("غير معروف", "لا ينطبق", "ندارد", "نامشخص", "אין", "אין נתונים", "לא ידוע"),
        *("ไม่มี", "ไม่มีข้อมูล", "ไม่ระบุ", "không có", "không áp dụng", "chưa có"),
        *("tidak ada", "tidak tersedia", "belum ada", "उपलब्ध नहीं", "लागू नहीं", "कोई नहीं"),
    )
)
"""What people write for nothing, folded and without a point at its end. No word for “no”."""

TO_COME = frozenset(
    (
        *("tbd", "tbc", "tba", "to be determined", "to be defined", "to be confirmed"),
        *("to be decided", "offen", "noch offen", "wird noch festgelegt"),
        *("à définir", "à préciser", "à déterminer", "à confirmer"),
        *("por definir", "por determinar", "por confirmar", "no definido", "a definir"),
        *("da definire", "da determinare", "nader te bepalen", "n.t.b", "ntb", "do ustalenia"),
        *("待定", "未定", "미정"),
    )
)
"""What people write where something is not known yet: no figure and no day, but words of a text."""

HINTS = frozenset(
    (
        *("text field", "free text", "drop-down list", "dropdown list", "choose from the list"),
        *("select from list", "select from the list", "please select", "please choose"),
        *("champ texte", "texte libre", "liste déroulante", "choisir dans la liste"),
        *("freitext", "textfeld", "auswahlliste", "bitte auswählen", "bitte wählen"),
        *("texto libre", "lista desplegable", "seleccione", "seleccionar", "elija una opción"),
        *("texto livre", "lista suspensa", "selecione", "testo libero", "elenco a discesa"),
        *("jj/mm/aaaa", "dd/mm/yyyy", "mm/dd/yyyy", "yyyy-mm-dd", "dd/mm/aaaa", "tt.mm.jjjj"),
        *("dd.mm.yyyy", "aaaa-mm-jj", "gg/mm/aaaa", "дд.мм.гггг", "请选择", "请输入", "请填写"),
        *("選択してください", "выберите", "wählen", "choisir", "выберите из списка"),
    )
)
"""What the authors of a form put into cells for those who fill it in."""

ASKS = (
    *("enter", "insert", "type", "add", "choose", "select", "please", "fill", "write", "click"),
    *("saisir", "renseigner", "indiquer", "compléter", "à compléter", "insérer", "choisir"),
    *("ingrese", "introduzca", "indique", "escriba", "seleccione", "inserte", "insira"),
    *("preencher", "preencha", "informe", "selecione", "bitte", "eingeben", "eintragen"),
    *("inserire", "selezionare", "wpisz", "wybierz", "введите", "укажите", "выберите"),
    *("请", "請", "填写", "输入", "选择", "入力", "記入", "選択", "giriniz", "masukkan"),
)
HINT = re.compile(rf"[\[<{{(…]+ ?(?:{'|'.join(ASKS)}).*[\]>}})…]+")
"""Such as “[Enter a number]”."""

ONLY_MARKS = re.compile(r"[^\w\s]{1,6}(?:\s?[^\w\s]){0,3}")
"""Such as “-”, “…” or “--”: no letter and no digit."""

SAYING = frozenset("#%‰*+<=>±×≈≤≥←↑→↓")
"""Marks that say something, as the signs of money and pictures such as “●” and “→” do."""

PICTURES = ("Sc", "So")
"""The categories of Unicode of those."""

YES = frozenset(
    (
        *("yes", "y", "true", "oui", "vrai", "ja", "wahr", "sí", "si", "verdadero", "sim"),
        *("verdadeiro", "vero", "sì", "waar", "tak", "prawda", "ano", "da", "да", "истина"),
        *("так", "是", "有", "真", "はい", "예", "네", "evet", "doğru", "نعم", "صحيح", "כן"),
        *("ใช่", "có", "ya", "हाँ", "हां", "✓", "✔", "☑", "✅"),
    )
)
NO = frozenset(
    (
        *("no", "n", "false", "non", "faux", "nein", "falsch", "falso", "não", "nao", "nee"),
        *("onwaar", "nej", "nei", "nie", "fałsz", "ne", "нет", "ложь", "ні", "否", "假"),
        *("いいえ", "아니요", "아니오", "hayır", "yanlış", "لا", "خطأ", "לא", "ไม่ใช่"),
        *("không", "tidak", "नहीं", "✗", "✘", "☐", "❌"),
    )
)


def is_blank(value):
    """Whether a cell is empty, or says so: "NA", "n/a", "-", "TBD", "[Enter a number]".

    Codes are looked for before: NA is Namibia in a column of countries.
    """
    return is_blank_text(value) or is_to_come(value)


def is_to_come(value):
    """Whether a cell says that its figure, day or word is not known yet: "TBD", "offen"."""
    return isinstance(value, str) and len(value) <= LONGEST_WORDS and _is_to_come(value)


def is_blank_text(value):
    """As `is_blank`, for texts that stand behind their header: "Begin: TBD" says something."""
    if isinstance(value, str):
        if value[:1].isdecimal():
            return False
        may_say_so = len(value) <= (LONGEST if value[:1] in BRACKETS else LONGEST_WORDS)
        return _says_nothing(value) if may_say_so else cells.is_empty(value)
    return value is None or (type(value) is cells.Broken and _says_nothing(value.text))


@lru_cache(maxsize=10_000)
def _says_nothing(text):
    if cells.is_empty(text):
        return True
    word = cells.folded(text)
    if word in YES or word in NO:
        return False
    bare = word.rstrip(".").strip("[]()*\"' ")
    known = (word, word.rstrip("."), bare)
    return (
        any(one in EMPTY or one in HINTS for one in known)
        or (ONLY_MARKS.fullmatch(word) is not None and not says_something(word))
        or HINT.fullmatch(word) is not None
    )


def says_something(marks):
    """Whether one of some marks is the sign of a unit or of money, or a picture."""
    return any(mark in SAYING or unicodedata.category(mark) in PICTURES for mark in marks)


@lru_cache(maxsize=10_000)
def _is_to_come(text):
    word = cells.folded(text).rstrip(".")
    return word in TO_COME or word.strip("[]()*\"' ") in TO_COME


def yes_or_no(value):
    """True or False for a word that says yes or no, also a cell that is TRUE; else None."""
    if isinstance(value, bool):
        return value
    word = cells.folded(value) if isinstance(value, str) and len(value) <= LONGEST else ""
    return True if word in YES else False if word in NO else None
