"""Cover photograph and portrait: printed where they can be read, and never in the way."""

import json
import shutil
from dataclasses import replace
from itertools import combinations

import pytest

from catalogue.atoms import Text
from hub.models import PublishedFile
from profiles.models import PublicCity
from publishing.publish import publish
from report import pdf
from report.failures import ReportError
from report.pictures import picture_files
from report.sources import published_document, working_document
from report.typesetting import typeset
from tests.factories import make_city, make_picture

from .reading import Reading
from .test_front import boxes, overlap


@pytest.fixture
def document(catalogue):
    city = make_city("Pond Town", head_name="Kim Mayor")
    make_picture(city, size=(2000, 1200))
    make_picture(city, "portrait", size=(300, 400), alternative_text="The mayor.")
    publish(city.pk)
    public = PublicCity.objects.select_related("publication", "country__region").get(pk=city.pk)
    return published_document(public)


def test_cover_and_portrait_are_printed_with_their_words(document):
    content = pdf.render(document)
    reading = Reading(content)
    assert [piece.alt for piece in reading.pieces if piece.alt] == ["A river.", "The mayor."]
    assert "Kim Lens" in reading.lines
    # Smaller than what was sent, as they are printed.
    assert [image.image.size for image in reading.reader.pages[0].images] == [(1600, 960)]
    assert pdf.render(document) == content


def test_a_long_credit_has_all_its_lines(document):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    words = Text("Municipal archive, box 1,234 of 5,678. " * 5, "en")
    cover = replace(document.pictures.cover, credit=words, place=words)
    content = pdf.render(replace(document, pictures=replace(document.pictures, cover=cover)))
    cover_page = boxes(content, "-l", "1")
    assert len(cover_page) > 70
    assert not [pair for pair in combinations(cover_page, 2) if overlap(*pair)]


@pytest.mark.parametrize("damage", ["gone", "broken", "private"])
def test_a_picture_that_cannot_be_shown_stops_nothing(damage, document, caplog):
    stored = PublishedFile.objects.get(token=document.pictures.cover.token)
    if damage == "gone":
        stored.file.storage.delete(stored.file.name)
    elif damage == "broken":
        with stored.file.storage.open(stored.file.name, "wb") as file:
            file.write(b"\x89PNG and nothing else")
    else:
        PublishedFile.objects.filter(pk=stored.pk).update(is_in_profile=False)
    assert list(picture_files(document)) == ["portrait.svg"]
    assert ("cannot be printed" in caplog.text) == (damage != "private")
    reading = Reading(pdf.render(document))
    assert [piece.alt for piece in reading.pieces if piece.alt] == ["The mayor."]


def test_the_working_copy_has_what_is_not_published_yet(catalogue):
    city = make_city("Reed Town")
    make_picture(city)
    document = working_document(city)
    assert list(picture_files(document)) == ["cover.svg"]
    assert picture_files(replace(document, pictures=type(document.pictures)())) == {}


def test_a_picture_is_not_kept_for_the_next_document(document):
    payload, _replaced = pdf.printable_payload(document)
    named = json.dumps(payload | {"template": pdf.PROFILE, "files": ["cover.svg"]}).encode()
    assert typeset(named, picture_files(document)).startswith(b"%PDF")
    with pytest.raises(ReportError, match=r"cover\.svg"):
        typeset(named)
