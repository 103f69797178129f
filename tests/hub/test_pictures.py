"""The pictures of a profile: sent by an officer, part of what is published, shown in sizes."""

import io
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from hub.models import Picture
from hub.pictures import build
from profiles.models import PublicCity
from publishing import record as records
from publishing.publish import publish
from report.sources import published_document
from tests.admin.forms import save
from tests.factories import make_city, make_picture, make_upload, withdraw, writing
from tests.intake.sendable import image
from website.pictures import WIDTHS, widths_of

pytestmark = pytest.mark.django_db
ADD = "admin:hub_picture_add"


def published_cover(city):
    publish(city.pk)
    public = PublicCity.objects.select_related("publication", "country__region").get(pk=city.pk)
    return published_document(public).pictures.cover


def address_of(picture, width=320, ending="webp"):
    return reverse("website:picture", args=[picture.token, width, ending])


def test_an_officer_adds_a_cover_which_readers_see_once_it_is_published(officer, city, client):
    file = SimpleUploadedFile("river.png", image(size=(3000, 1500)))
    words = {"role": "cover", "alternative_text": "A river.", "credit": "Kim Lens", "place": "Weir"}
    save(officer, reverse(ADD), city=city.pk, file=file, **words)
    stored = city.pictures.get()
    assert (stored.file.width, stored.file.height) == (2400, 1200)
    cover = published_cover(city)
    assert [str(text) for text in (cover.alternative_text, cover.credit, cover.place)] == [
        "A river.",
        "Kim Lens",
        "Weir",
    ]
    response = client.get(address_of(cover))
    assert response["Content-Type"] == "image/webp"
    assert Image.open(io.BytesIO(response.content)).size == (320, 160)


@pytest.mark.parametrize(
    ("fields", "name", "words"),
    [
        ({"file": None}, "file", "Choose a file."),
        ({"credit": ""}, "credit", "Say who made the cover."),
        ({"alternative_text": ""}, "alternative_text", "required"),
    ],
)
def test_what_is_missing_is_asked_for_at_its_field(officer, city, fields, name, words):
    given = {"role": "cover", "alternative_text": "A river.", "credit": "Kim Lens"}
    given["file"] = SimpleUploadedFile("river.png", image())
    given |= fields
    sent = {key: value for key, value in given.items() if value is not None}
    response = save(officer, reverse(ADD), city=city.pk, **sent)
    assert words in str(response.context["adminform"].form.errors[name])
    assert not city.pictures.exists()


def test_a_second_cover_is_refused(officer, city):
    make_picture(city)
    file = SimpleUploadedFile("other.png", image())
    given = {"role": "cover", "alternative_text": "A lake.", "credit": "Kim Lens", "file": file}
    response = save(officer, reverse(ADD), city=city.pk, **given)
    assert "has this picture already" in str(response.context["adminform"].form.errors["role"])


def test_it_is_public_as_long_as_the_profile_has_it(client, officer, city):
    make_picture(city)
    address = address_of(published_cover(city))
    response = client.get(address)
    assert response.status_code == 200
    again = client.get(address, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again["Cache-Control"]) == (304, "public, no-cache")
    withdraw(city)
    assert client.get(address).status_code == 404
    assert officer.get(address)["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_only_the_widths_of_pages_are_made(client, city):
    make_picture(city)
    cover = published_cover(city)
    for width, ending in ((321, "webp"), (320, "gif"), (100_000, "jpg")):
        assert client.get(address_of(cover, width, ending)).status_code == 404


@pytest.mark.parametrize(
    ("own", "shown"),
    [(40, [160]), (160, [160]), (700, [160, 320, 640, 960]), (2400, [*WIDTHS]), (1, [160])],
)
def test_each_width_is_offered_once_and_one_for_the_whole_picture(own, shown):
    assert widths_of(SimpleNamespace(width=own)) == shown


def test_a_picture_that_is_damaged_fails_alone(client, city):
    picture = make_picture(city)
    cover = published_cover(city)
    Path(picture.file.file.path).write_bytes(b"no picture")
    assert client.get(address_of(cover)).status_code == 404
    assert client.get(city.get_absolute_url()).status_code == 200


def test_what_is_transparent_gets_a_ground_as_jpeg(client, city):
    out = io.BytesIO()
    Image.new("RGBA", (400, 300), (0, 0, 0, 0)).save(out, "PNG")
    upload = make_upload(city, "logo.png", out.getvalue(), width=400, height=300)
    with writing():
        Picture.objects.create(city=city, file=upload, role="logo", alternative_text="A leaf.")
    publish(city.pk)
    content = client.get(address_of(upload, 160, "jpg")).content
    assert Image.open(io.BytesIO(content)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("ending", ["webp", "jpg"])
def test_a_small_one_of_sixteen_bits_is_not_shown_white(client, city, ending):
    out = io.BytesIO()
    Image.frombytes("I;16", (40, 30), (0x7530).to_bytes(2, "little") * 1200).save(out, "PNG")
    upload = make_upload(city, "logo.png", out.getvalue(), width=40, height=30)
    with writing():
        Picture.objects.create(city=city, file=upload, role="logo", alternative_text="A leaf.")
    publish(city.pk)
    shown = Image.open(io.BytesIO(client.get(address_of(upload, 160, ending)).content))
    assert 0x70 < shown.convert("L").getpixel((5, 5)) < 0x7A


def test_the_record_names_it(city):
    make_picture(city, size=(800, 600), place="Weir", is_drawing=True)
    record = records.collect([city])[city.pk]
    assert records.decode(records.encode(record)) == record
    [cover] = record.pictures
    assert (cover.place, cover.is_drawing, cover.width) == ({"en": "Weir"}, True, 800)
    assert str(build(record, "en").cover.note) == "Drawing"


def test_pictures_of_invented_cities_stay_out_of_search_engines(client, catalogue):
    for is_sample in (True, False):
        city = make_city(f"Port {is_sample}", is_sample=is_sample)
        make_picture(city)
        response = client.get(address_of(published_cover(city)))
        assert response.headers.get("X-Robots-Tag") == ("noindex" if is_sample else None)


@pytest.mark.parametrize(
    ("owner", "name", "words"),
    [
        ("Port Trial", "plan.pdf", "A picture is an image."),
        ("Elsewhere", "river.png", "This file belongs to another city."),
    ],
)
def test_a_picture_is_an_image_of_its_own_city(catalogue, owner, name, words):
    city = make_city("Port Trial")
    of_owner = city if owner == city.name else make_city(owner)
    content = {"content": image()} if name.endswith("png") else {}
    file = make_upload(of_owner, name, **content)
    picture = Picture(city=city, file=file, role="logo", alternative_text="A leaf.")
    with pytest.raises(ValidationError, match=words):
        picture.clean()
