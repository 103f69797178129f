"""In which encoding a text file is."""

import pytest
from django.template.loader import get_template

from exchange.admin.mapping.steps.read import Read
from exchange.mapping.draft import Draft
from exchange.mapping.numbers.formats import Format, read_number
from exchange.mapping.table.letters import ENCODINGS, guess_encoding, views
from exchange.problems import CellError
from intake.refusals import UnreadableWorkbook

GERMAN = "Maßnahme;Straßenränder „extensiv“ pflegen – ohne Mähen;Größe: § 3;Bäume"
FRENCH = "Élaborer un plan d’actions;œuvre, à l’échelle;forêt;Île-de-France;français"
SPANISH = "Año;Superficie verde pública;niños;¿Qué?;México;Málaga"
PORTUGUESE = "Ação;São Paulo;população;três;município;órgão"
CZECH = "Říčka;Město;životní prostředí;úkol;Dvůr Králové;opatření"
POLISH = "Łódź;Gdańsk;zieleń miejska;żółty;Śląsk;działań;wód"
RUSSIAN = "Город;Название;Площадь, га;Санкт-Петербург;№ п/п"
CHINESE = "城市,行动名称,面积（公顷）,安吉县,生物多样性,湿地保护、修复"
JAPANESE = "都市,施策名,緑地面積,東京都,ビオトープ整備,こども"
WESTERN = ("cp1252", "mac_roman", "utf-8-sig", "utf-16-le", "utf-16-be")


@pytest.mark.parametrize(
    ("text", "encodings"),
    [
        (GERMAN, WESTERN),
        (FRENCH, WESTERN),
        (SPANISH, WESTERN),
        (PORTUGUESE, WESTERN),
        ("It’s;the city’s park – new", WESTERN),
        (CZECH, ("cp1250", "utf-8-sig")),
        (POLISH, ("cp1250", "iso8859_2", "utf-16-le")),
        (RUSSIAN, ("cp1251", "utf-8-sig", "utf-16-be")),
        (CHINESE, ("gb18030", "utf-8-sig", "utf-16-le")),
        (JAPANESE, ("cp932", "utf-8-sig", "utf-16-be")),
    ],
)
def test_an_encoding_is_guessed_by_the_letters_of_languages(text, encodings, tmp_path):
    path = tmp_path / "list.csv"
    for encoding in encodings:
        path.write_bytes(f"{text}\r\n".encode(encoding))
        assert guess_encoding(path) == encoding


def test_a_slip_in_utf_8_makes_no_other_encoding_of_a_file(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes("name\nZürich\nMálaga\n".encode() + b"Shizuoka\xcaPrefecture\n")
    assert guess_encoding(path) == "utf-8-sig"


def test_letters_that_cannot_be_read_are_asked_about_by_their_rows(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes("Projet;Note\nPlanté;x\n".encode() + b"b\xff\xe9;y\n")
    draft = Draft(path, "list.csv", {}, None)
    assert draft.book.encoding == "utf-8-sig"
    (question,) = Read(draft).open
    assert "Some letters of row 3 could not be read" in question
    assert Read(draft.with_decisions({"read": {"encoding": "utf-8-sig"}})).open == []
    form = Format("note")
    with pytest.raises(CellError, match="the bytes FF E9"):
        read_number(draft.book.tables[0].rows[2][1][0], form)


def test_the_question_about_letters_is_no_error_of_the_form():
    """`unsaved.js` takes the class of errors for something that is not saved."""
    assert "errornote" not in get_template("admin/exchange/mapping/read.html").template.source


def test_the_words_of_a_file_are_shown_in_each_encoding(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(("plain;" * 9_000 + "Straßenränder;Öl\n").encode("cp1252"))
    shown = views(path, "cp1252")
    assert shown["cp1252"] == ["Straßenränder", "Öl"]
    assert shown["mac_roman"] == ["Stra\ufb02enr‰nder", "÷l"]
    assert "utf-16-le" not in shown
    assert set(shown) < set(ENCODINGS)


@pytest.mark.parametrize("content", [b"name\x00\x01\x02\x03;", b"name\x07;x\n"])
def test_what_is_no_text_is_refused(content, tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(content * 50)
    with pytest.raises(UnreadableWorkbook):
        guess_encoding(path)
