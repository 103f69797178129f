"""manage.py profile_pdf SLUG --output FILE [--date YYYY-MM-DD]"""

import io

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_city

from .reading import Reading


@pytest.fixture
def city(catalogue):
    return make_city("Pond End")


def test_it_writes_the_profile(city, tmp_path):
    out, file = io.StringIO(), tmp_path / "pond-end.pdf"
    call_command("profile_pdf", "pond-end", output=file, date="2026-06-06", stdout=out)
    assert out.getvalue().strip() == str(file)
    lines = Reading(file.read_bytes()).lines
    assert lines[0] == "Pond End"
    assert lines[2:4] == [
        "City profile downloaded from CitiesWithNature",
        "06 June 2026",
    ]


def test_it_says_what_it_cannot_print(catalogue, tmp_path):
    make_city("Pond End", about="ꠀꠁꠃ and more.", local_name="Дан", head_name="No\u07dd")
    out, said = io.StringIO(), io.StringIO()
    file = tmp_path / "a.pdf"
    call_command("profile_pdf", "pond-end", output=file, stdout=out, stderr=said)
    about, head = said.getvalue().splitlines()
    assert about.startswith("Pond End, about: “\u2068ꠀ\u2069” (U+A800), “\u2068ꠁ\u2069” (U+A801)")
    assert head.startswith("Pond End, head of government: name: “\u2068\u07dd\u2069” (U+07DD) – ")
    assert out.getvalue().strip() == str(file)


def test_without_a_date_it_is_today(city, tmp_path):
    call_command("profile_pdf", "pond-end", output=tmp_path / "a.pdf", stdout=io.StringIO())
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("slug", "date", "said"),
    [
        ("pond-endd", None, "There is no city “pond-endd”. Did you mean pond-end?"),
        ("elsewhere", None, "There is no city “elsewhere”."),
        ("pond-end", "6 June 2026", "“6 June 2026” is not a day: write it as 2026-06-06."),
        ("pond-end", "2026-02-30", "“2026-02-30” is not a day: write it as 2026-06-06."),
    ],
)
def test_it_says_what_is_wrong(slug, date, said, city, tmp_path):
    with pytest.raises(CommandError) as error:
        call_command("profile_pdf", slug, output=tmp_path / "a.pdf", date=date)
    assert str(error.value) == said
    assert not (tmp_path / "a.pdf").exists()


def test_a_file_that_cannot_be_written_is_named(city, tmp_path):
    file = tmp_path / "nowhere" / "a.pdf"
    with pytest.raises(CommandError, match="a.pdf cannot be written: No such file or directory"):
        call_command("profile_pdf", "pond-end", output=file)
