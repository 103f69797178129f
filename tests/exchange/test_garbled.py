"""Letters that were read in the wrong encoding are recognised, and others are left alone."""

import pytest

from exchange.garbled import LATIN, probable_text

TEXTS = (
    "Zürich",
    "São Paulo’s plan – “Ação”",
    "à Paris … développement",
    "5 km² 100 °C ½",
    "İstanbul",
    "Łódź",
    "Ωμέγα",
    "Привет мир",
    "東京 公園",
    "مدينة",
    "กรุงเทพ",
)


def garbled(text, encoding="cp1252"):
    content = text.encode()
    if encoding == "cp1252":
        return "".join(LATIN[byte] for byte in content)
    return content.decode(encoding)


@pytest.mark.parametrize("text", TEXTS)
def test_what_a_text_was_is_found(text):
    assert probable_text(garbled(text)) == text
    assert probable_text(garbled(garbled(text))) == text
    assert probable_text(garbled(text, "latin-1")) == text
    assert probable_text(text) == ""


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("mac_roman", "Zürich développement"),
        ("cp437", "Zürich"),
        ("cp850", "Zürich"),
        ("cp1251", "Привет мир"),
    ],
)
def test_other_encodings_are_tried_too(encoding, text):
    assert probable_text(garbled(text, encoding)) == text


def test_only_a_part_may_be_garbled():
    assert probable_text("Zürich und ZÃ¼rich, 東京") == "Zürich und Zürich, 東京"


@pytest.mark.parametrize(
    "text",
    [
        "« qualité\u00a0» et «\u00a0été\u00a0»",
        "qualité\u00a0»",
        "QUALITÉ\u00a0: oui",
        "CAFÉ…",
        "AMANHÃ…",
        "MAÇÃ – sim",
        "Göta Å – bro",
        "ESPAÑA…",
        "“É”",
        "Âge d’or, Îles, Âmbar, À\u00a0",
        "prix\u00a0: 5\u00a0€",
        "Việt Nam",
        "С… Р… Там, ГОСТ Р 123, РСФСР",
        "√2 ¬ a",
    ],
)
def test_real_texts_are_left_alone(text):
    assert probable_text(text) == ""
