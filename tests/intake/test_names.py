"""How files are called once they are here."""

import pytest

from intake import plain_name


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("plan.pdf", "plan.pdf"),
        ("Plan 2030 (final).PDF", "Plan 2030 (final).pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("../../x", "x"),
        ("C:\\Users\\Ana\\plan.docx", "plan.docx"),
        ("/plan.pdf", "plan.pdf"),
        ("plan/", "file"),
        ("evil\u202efdp.exe", "evilfdp.exe"),
        ("\u2066a\u2069\u200b.pdf\ufeff", "a.pdf"),
        ("a\x00b\nc\x1b[31m.pdf", "ab c[31m.pdf"),
        ("\ud800x.pdf", "x.pdf"),
        ("a.pdf.exe", "a.pdf.exe"),
        ("a.pdf          .exe", "a.pdf.exe"),
        ("plan.pdf. . ", "plan.pdf"),
        ("plan .pdf", "plan.pdf"),
        (".pdf", "file.pdf"),
        ("...hidden.pdf", "hidden.pdf"),
        ("...", "file"),
        ("", "file"),
        (None, "file"),
        ("\u202e", "file"),
        ("NUL", "_NUL"),
        ("con.pdf", "_con.pdf"),
        ("com1.tar.pdf", "_com1.tar.pdf"),
        ("CONCEPT.pdf", "CONCEPT.pdf"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        ("安吉县规划.pdf", "安吉县规划.pdf"),
        ("خطة الطبيعة.docx", "خطة الطبيعة.docx"),
        ("แผน.xlsx", "แผน.xlsx"),
        ("re\u0301sume\u0301.pdf", "r\u00e9sum\u00e9.pdf"),
    ],
)
def test_a_name_is_safe_and_still_its_own(sent, kept):
    assert plain_name(sent) == kept


@pytest.mark.parametrize("letter", ["x", "安", "🌳"])
def test_a_long_name_keeps_its_ending(letter):
    name = plain_name(letter * 500 + ".GeoJSON")
    assert len(name) == 150
    assert name.endswith(f"{letter}.geojson")


def test_what_is_too_long_for_an_ending_is_none():
    assert len(plain_name("a." + "x" * 500)) == 150


def test_a_plain_name_stays_as_it_is():
    for name in ("../x.pdf", "NUL", "a" * 400 + " .pdf", "con. .pdf", "a. " + "b" * 300):
        assert plain_name(plain_name(name)) == plain_name(name)
