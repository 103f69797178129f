"""The picture of a city for shared links: any name is set, and it is made once."""

import json
from io import BytesIO

import pytest
from PIL import Image

from actions.petals import Petal
from catalogue.atoms import Text
from report import share_picture

LONG_NAME = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch and its upper valleys"


def pictured(name, language, local_name=None):
    return share_picture.Pictured(
        slug="port-trial",
        language="en",
        content_language=language,
        title=Text(name, language),
        local_name=local_name and Text(local_name, language),
        place=(Text("Qatar", "en"), Text("240,000 people", "en")),
        petals=(Petal(1, True, False),),
        is_sample=True,
    )


@pytest.mark.parametrize(
    ("name", "language", "local_name"),
    [
        ("安吉县", "zh-Hans", None),
        ("الواحة", "ar", "الواحة"),
        ("ሎሚ ስረት", "am", None),
        ("กรุงเทพมหานคร อมรรัตนโกสินทร์", "th", None),
        (LONG_NAME, "cy", LONG_NAME),
        ("Lost \U000f0000", "en", None),
    ],
)
def test_a_picture_of_any_name(name, language, local_name):
    content = share_picture.share_picture(pictured(name, language, local_name))
    picture = Image.open(BytesIO(content))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    colours = picture.convert("RGB").getcolors(1000)
    assert max(colours)[1] == (251, 250, 246)
    assert sum(count for count, _colour in colours) - max(colours)[0] > 5000


def test_a_long_name_leaves_room_for_what_stands_below_it(monkeypatch):
    payloads = []
    monkeypatch.setattr(share_picture, "typeset", lambda payload: payloads.append(payload) or b"")
    monkeypatch.setattr(share_picture, "with_few_colours", bytes)
    share_picture.share_picture(pictured(LONG_NAME, "cy", LONG_NAME))
    payload = json.loads(payloads[0])
    cut = [payload[name]["value"] for name in ("name", "local_name")]
    assert all(words.endswith(" and its upper…") for words in cut)


def test_a_picture_is_made_once_for_a_key(monkeypatch, settings):
    in_memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.CACHES = settings.CACHES | {"pdfs": in_memory}
    key, made = "port-trial-picture", []
    typeset = share_picture.typeset
    monkeypatch.setattr(
        share_picture, "typeset", lambda payload: made.append(payload) or typeset(payload)
    )
    one, two = (share_picture.share_picture(pictured("Port", "en"), key=key) for _time in "12")
    assert (one == two, len(made)) == (True, 1)
