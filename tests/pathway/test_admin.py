"""Items on steps in the admin: a link, a file or a resource, in order and in several languages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pathway.models import Step, StepItem
from profiles.models import Assignment, Role
from publishing.publish import publish
from tests.admin.forms import filled, save
from tests.clients import client_of, url_of, words_of
from tests.factories import make_city, make_item, make_resource, make_upload, make_user, writing
from tests.intake.sendable import pdf

ADD = "admin:pathway_stepitem_add"
URL = "https://example.org/plan"


@pytest.fixture
def city(catalogue):
    return make_city("Our City", content_language="fr")


@pytest.fixture
def other_city(catalogue):
    city = make_city("Their City")
    publish(city.pk)
    return city


@pytest.fixture
def hidden_city(catalogue):
    return make_city("Hidden City", state="draft")


@pytest.fixture
def officer(city):
    return client_of(make_user(officer_of=city))


@pytest.fixture
def officer_of_two(city, other_city):
    user = make_user(officer_of=city)
    with writing():
        Assignment.objects.create(user=user, role=Role.OFFICER, city=other_city)
    return client_of(user)


def a_pdf(name="plan.pdf"):
    return SimpleUploadedFile(name, pdf())


def step(number):
    return Step.objects.get(number=number)


def add(client, number=1, query="", **fields):
    given = {"step": str(step(number).pk), "title": "Plan", **fields}
    return save(client, reverse(ADD) + query, **given)


def faults(response):
    return {name: list(texts) for name, texts in response.context["adminform"].form.errors.items()}


def titles(city, number):
    items = StepItem.objects.filter(city=city, step__number=number).order_by("position", "pk")
    return [item.title for item in items]


# Where it leads


def test_an_item_is_a_link_a_file_or_a_resource_and_comes_last(officer, city):
    own = make_resource(city, "Our guide", state="draft")
    partners = make_resource(None, "Their guide")
    assert add(officer, title="One", url=URL).url.endswith(f"/cities/{city.pk}/#step-1")
    add(officer, title="Two", upload=a_pdf())
    add(officer, title="Three", resource=own.pk)
    add(officer, title="Four", resource=partners.pk)
    assert titles(city, 1) == ["One", "Two", "Three", "Four"]
    items = {item.title: item for item in city.step_items.all()}
    assert items["Two"].upload.city == city
    assert (items["Three"].resource, items["Four"].resource) == (own, partners)


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({}, "url", "Give a link, a file or a resource of the hub."),
        ({"url": URL, "upload": a_pdf}, "upload", "only one"),
        ({"url": "javascript:alert(1)"}, "url", "begins with https://"),
        ({"url": "https://example.org/a plan"}, "url", "has no spaces"),
        ({"upload": lambda: SimpleUploadedFile("plan.pdf", b"MZ")}, "upload", ".pdf"),
        ({"url": URL, "title": ""}, "title", "required"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(officer, city, given, field, words):
    given = {name: value() if callable(value) else value for name, value in given.items()}
    told = faults(add(officer, **given))
    assert words in told[field][0]
    assert not StepItem.objects.exists()


def test_what_is_on_the_step_already_is_told_at_its_field(officer, city):
    resource = make_resource(city)
    make_item(city, 1, url=URL)
    make_item(city, 1, resource=resource)
    make_item(city, 1, upload=make_upload(city, content=pdf()))
    assert faults(add(officer, url=URL)) == {"url": ["This link is on the step already."]}
    told = faults(add(officer, resource=resource.pk))
    assert told == {"resource": ["This resource is on the step already."]}
    told = faults(add(officer, upload=a_pdf()))
    assert told == {"upload": ["This file is on the step already."]}
    assert add(officer, 2, url=URL).status_code == 302


def test_a_link_takes_the_place_of_a_file_that_is_taken_away(officer, city):
    item = make_item(city, 1, upload=make_upload(city))
    assert faults(save(officer, url_of(item), url=URL))["url"]
    assert save(officer, url_of(item), url=URL, **{"upload-remove": "on"}).status_code == 302
    item.refresh_from_db()
    assert (item.url, item.upload) == (URL, None)


@pytest.mark.parametrize("start", ["", "http://testserver"])
def test_the_address_of_a_public_resource_becomes_the_resource(officer, city, other_city, start):
    theirs = make_resource(other_city, "Their guide")
    add(officer, url=f"{start}{theirs.get_absolute_url()}")
    item = city.step_items.get()
    assert (item.url, item.resource) == ("", theirs)
    page = officer.get(url_of(item)).content.decode()
    assert f'value="{theirs.pk}" selected' in page
    assert save(officer, url_of(item), title="Anew").status_code == 302


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
def test_the_address_of_a_hidden_resource_tells_nothing(officer, city, other_city, state):
    theirs = make_resource(other_city, state=state)
    told = faults(add(officer, url=theirs.get_absolute_url()))
    assert told == {"url": ["No public resource has this address."]}
    assert told == faults(add(officer, url="/resources/999999/"))


def test_the_address_of_a_resource_of_a_hidden_city_tells_nothing(officer, hidden_city):
    theirs = make_resource(hidden_city)
    assert "url" in faults(add(officer, url=theirs.get_absolute_url()))


def test_other_pages_of_other_sites_stay_links(officer, city):
    add(officer, url="https://elsewhere.example/resources/1/")
    assert city.step_items.get().url == "https://elsewhere.example/resources/1/"


def test_forged_keys_reach_nothing(officer, city, other_city, hidden_city):
    upload = make_upload(hidden_city, "secret.pdf")
    for resource in (make_resource(other_city), make_resource(hidden_city, state="draft")):
        told = faults(add(officer, resource=resource.pk))
        assert "resource" in told
    page = officer.get(reverse(ADD)).content.decode()
    assert "Their City" not in page
    item = make_item(city, 1, url=URL)
    foreign = make_item(other_city, 1)
    save(officer, url_of(item), url="", **{"upload-kept": str(upload.pk)})
    save(officer, url_of(item), upload=str(upload.pk))
    save(officer, url_of(item), version_of=str(foreign.pk))
    item.refresh_from_db()
    foreign.refresh_from_db()
    assert (item.url, item.upload, item.version_set) == (URL, None, "")
    assert foreign.version_set == ""
    assert city.step_items.count() == 1


# Of which city


def test_who_has_several_cities_chooses_one_first(officer_of_two, city, other_city):
    make_resource(other_city, "Their guide", state="draft")
    page = words_of(officer_of_two.get(reverse(ADD)))
    assert "for which city?" in page
    assert "Our City" in page
    query = f"?city={other_city.pk}&step={step(3).pk}"
    form = filled(officer_of_two, reverse(ADD) + query)
    assert form["step"] == str(step(3).pk)
    assert "Their guide" in words_of(officer_of_two.get(reverse(ADD) + query))
    add(officer_of_two, 3, query, url=URL)
    assert other_city.step_items.get().step.number == 3


def test_a_city_in_the_address_gives_no_rights(officer, city, hidden_city):
    add(officer, query=f"?city={hidden_city.pk}", url=URL)
    assert not hidden_city.step_items.exists()


# Order and language versions


def press(client, city, item, way):
    url = reverse("admin:pathway_city", args=[city.pk])
    return client.post(url, {**filled(client, url), "move": f"{item.pk}:{way}"})


def test_items_are_moved_up_and_down(officer, city):
    one, two, three = (make_item(city, 1, title) for title in ("One", "Two", "Three"))
    press(officer, city, three, "up")
    assert titles(city, 1) == ["One", "Three", "Two"]
    press(officer, city, one, "down")
    assert titles(city, 1) == ["Three", "One", "Two"]
    press(officer, city, three, "up")
    press(officer, city, two, "down")
    assert titles(city, 1) == ["Three", "One", "Two"]


def test_an_item_of_another_city_is_not_moved(officer, city, other_city):
    make_item(other_city, 1, "One", position=0)
    theirs = make_item(other_city, 1, "Two", position=1)
    press(officer, city, theirs, "up")
    url = reverse("admin:pathway_city", args=[other_city.pk])
    assert officer.post(url, {"move": f"{theirs.pk}:up"}).status_code == 404
    assert titles(other_city, 1) == ["One", "Two"]


def test_a_version_joins_and_leaves_its_set_and_both_histories_tell(officer, city):
    french = make_item(city, 1, "Plan vert")
    add(officer, title="Green plan", url=URL, language="en", version_of=french.pk)
    english = city.step_items.get(title="Green plan")
    french.refresh_from_db()
    assert english.version_set == french.version_set == "plan-vert"
    assert french.history.count() == 2
    save(officer, url_of(english), version_of="")
    french.refresh_from_db()
    english.refresh_from_db()
    assert (english.version_set, french.version_set) == ("", "")
    assert "plan-vert" in words_of(officer.get(url_of(french, "history")))


def test_saving_a_version_anew_keeps_its_set(officer, city):
    one = make_item(city, 1, "Plan vert", version_set="plan")
    make_item(city, 1, "Green plan", version_set="plan", language="en")
    before = StepItem.history.count()
    save(officer, url_of(one))
    assert StepItem.history.count() == before
    save(officer, url_of(one), title="Plan bleu")
    assert set(StepItem.objects.values_list("version_set", flat=True)) == {"plan"}
    url = url_of(one, "version", one.history.earliest("history_id").pk)
    assert officer.post(url, filled(officer, url)).status_code == 302
    one.refresh_from_db()
    assert (one.title, one.version_set) == ("Plan vert", "plan")


@pytest.mark.parametrize("language", ["", "fr", "FR"])
def test_two_versions_in_one_language_are_told(officer, city, language):
    other = make_item(city, 1, "Plan vert")
    told = faults(add(officer, url=URL, language=language, version_of=other.pk))
    assert "“Plan vert” is in this language already" in told["language"][0]


def test_a_version_on_another_step_is_told(officer, city):
    other = make_item(city, 2, "Plan vert")
    told = faults(add(officer, 1, url=URL, language="en", version_of=other.pk))
    assert "is on another step" in told["version_of"][0]


def test_versions_are_offered_of_the_step_that_is_known(officer, city):
    ponds = make_item(city, 1, "Ponds")
    make_item(city, 2, "Trees")

    def offered(address):
        form = officer.get(address).context["adminform"].form
        return {item.title for item in form.fields["version_of"].queryset}

    assert offered(f"{reverse(ADD)}?step={step(2).pk}") == {"Trees"}
    assert offered(f"{reverse(ADD)}?step=x") == offered(reverse(ADD)) == {"Ponds", "Trees"}
    make_item(city, 1, "Frogs")
    assert offered(url_of(ponds)) == {"Frogs"}


def test_a_version_left_alone_is_none(officer, city):
    one = make_item(city, 1, "Plan vert", version_set="plan")
    two = make_item(city, 1, "Green plan", version_set="plan", language="en")
    url = url_of(two, "delete")
    response = officer.post(url, filled(officer, url))
    assert response.url == reverse("admin:pathway_city", args=[city.pk])
    one.refresh_from_db()
    assert one.version_set == ""


def test_versions_move_together(officer, city):
    make_item(city, 1, "First", position=0)
    one = make_item(city, 1, "Plan vert", version_set="plan", position=1)
    make_item(city, 1, "Last", position=2)
    make_item(city, 1, "Green plan", version_set="plan", language="en", position=3)
    press(officer, city, one, "up")
    assert titles(city, 1) == ["Plan vert", "Green plan", "First", "Last"]


def test_an_item_that_moves_to_another_step_comes_last_there(officer, city):
    make_item(city, 2, "There")
    item = make_item(city, 1, "Mover")
    save(officer, url_of(item), step=str(step(2).pk))
    assert titles(city, 2) == ["There", "Mover"]
