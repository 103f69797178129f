"""The validation and the constraints of resources."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from hub.models import PublicResource, Resource
from profiles.models import State
from tests.factories import make_city, make_resource, make_upload, writing
from tests.published import publish_all

pytestmark = pytest.mark.usefixtures("catalogue")


def faults(**fields):
    values = {"title": "Guide", "kind": "guide", "url": "https://example.org/", **fields}
    try:
        Resource(**values).full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


def test_a_link_or_a_file_and_not_both():
    city = make_city()
    upload = make_upload(city)
    assert faults(city=city) == faults(city=city, url="", file=upload) == {}
    for wrong in ({"url": ""}, {"file": upload}):
        assert faults(city=city, **wrong) == {"__all__": ["Give a link or a file: exactly one."]}
        with pytest.raises(IntegrityError), transaction.atomic(), writing():
            Resource.objects.create(city=city, title="x", **{"url": "https://e.org", **wrong})


def test_somebody_shares_it():
    assert faults() == {"__all__": ["Name the city or the partner organisation."]}
    assert faults(organisation="Friends of Rivers") == {}


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_a_link_leads_to_the_web(link):
    assert "url" in faults(city=make_city(), url=link)


@pytest.mark.parametrize(
    ("written", "kept"),
    [("en, zh-Hans;fr", "en zh-Hans fr"), ("  en  en ", "en"), ("", "")],
)
def test_languages_are_a_plain_list_of_tags(written, kept):
    resource = Resource(
        city=make_city(), title="x", kind="map", url="https://e.org/", languages=written
    )
    resource.full_clean()
    assert resource.languages == kept


def test_a_word_that_is_no_language_tag_is_told():
    assert faults(city=make_city(), languages="en, English") == {
        "languages": ["Use a language tag such as en, zh-Hans or pt-BR."]
    }


def test_a_cover_is_an_image():
    city = make_city()
    assert faults(city=city, cover=make_upload(city, "a.png")) == {}
    assert "cover" in faults(city=city, cover=make_upload(city, "a.pdf"))


def test_the_public_sees_what_is_approved_of_published_cities_and_of_partners():
    shown = [make_resource(make_city()), make_resource()]
    waiting = make_resource(make_city(), "Approved")
    with writing():
        waiting.title, waiting.state = "Waiting", "submitted"
        waiting.save()
    make_resource(make_city(state=State.WITHDRAWN))
    for state in ("draft", "submitted", "returned"):
        make_resource(make_city(), state=state)
    publish_all()
    told = [row.pk for row in (*shown, waiting)]
    assert set(PublicResource.objects.public().values_list("pk", flat=True)) == {*told}
    assert {row.pk for row in Resource.objects.all() if row.is_public} == {*told}
    assert waiting.public_title == "Approved"
    assert set(Resource.objects.visible_to(AnonymousUser()).values_list("pk", flat=True)) == {*told}
