"""A resource in the admin: a city writes it, platform staff publish it, none in use is deleted."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalogue.models import KMGBFTarget
from hub.models import Licence, Resource, Upload
from profiles.changes import Recording
from profiles.models import Assignment, ChangeSet, Role
from tests.admin.forms import errors_of, fields_of, filled, posted_at_once, save
from tests.clients import client_of, url_of, words_of
from tests.disks import fill_disk
from tests.factories import (
    make_action,
    make_city,
    make_item,
    make_resource,
    make_statement,
    make_upload,
    make_user,
    writing,
)
from tests.intake.sendable import image, pdf

State = Resource.State
URL = "https://example.org/plan"
ADD = "admin:hub_resource_add"
LIST = "admin:hub_resource_changelist"


def a_pdf(name="plan.pdf", words=b""):
    return SimpleUploadedFile(name, pdf(words))


def an_image(name="cover.png", size=(40, 30)):
    return SimpleUploadedFile(name, image(size=size))


@pytest.fixture
def other_city(catalogue):
    return make_city("Their City", state="draft")


@pytest.fixture
def staff(db):
    return client_of(make_user(is_staff=True, full_name="Pat Form"))


def add(client, **fields):
    return save(client, reverse(ADD), **{"title": "Plan", "kind": "plan", **fields})


def faults(response):
    """Field → its messages."""
    return {name: list(texts) for name, texts in response.context["adminform"].form.errors.items()}


# What it is


def test_an_officer_adds_a_draft_with_a_file_and_a_cover(officer, city):
    licence, target = Licence.objects.first(), KMGBFTarget.objects.get(number=12)
    response = add(
        officer,
        file=a_pdf(),
        cover=an_image(size=(2400, 600)),
        languages="en, zh-Hans",
        licence=licence.pk,
        targets=[target.pk],
        change_reason="The council has agreed.",
    )
    assert response.status_code == 302, faults(response)
    made = Resource.objects.get()
    assert (made.city, made.state, made.languages) == (city, "draft", "en zh-Hans")
    assert (made.licence, made.targets.get()) == (licence, target)
    assert (made.file.name, made.file.city) == ("plan.pdf", city)
    assert (made.cover.width, made.cover.height) == (1200, 300)
    assert {c.reason for c in ChangeSet.objects.filter(kind="admin")[:1]} == {
        "The council has agreed."
    }
    page = officer.get(url_of(made)).content.decode()
    assert made.file.get_absolute_url() in page
    assert made.file.description in unescape(page)
    assert f'src="{made.cover.get_absolute_url()}"' in page


def test_the_form_says_which_files_are_taken(officer, settings):
    settings.UPLOAD_MAX_BYTES = 5 * 2**20
    page = words_of(officer.get(reverse(ADD)))
    assert ".geojson" in page
    assert "5.0 MB" in page.replace("\xa0", " ")
    assert "12 " + KMGBFTarget.objects.get(number=12).name in page


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (lambda: a_pdf("plan.exe"), ".exe"),
        (lambda: an_image("plan.pdf"), "not what its ending .pdf says"),
    ],
)
def test_a_file_that_is_refused_is_told_at_its_field(officer, file, words):
    response = add(officer, file=file())
    assert words in faults(response)["file"][0]
    assert not Resource.objects.exists()
    assert not Upload.objects.exists()


def test_a_cover_is_an_image(officer):
    assert "This is no image" in faults(add(officer, url=URL, cover=a_pdf()))["cover"][0]


def test_a_full_city_is_told_at_the_field(officer, city, settings):
    settings.CITY_UPLOADS_MAX_BYTES = 100
    assert "There is no room for it" in faults(add(officer, file=a_pdf()))["file"][0]
    assert not Upload.objects.exists()


def test_two_files_that_only_fit_one_by_one_are_told(officer, city, settings):
    settings.CITY_UPLOADS_MAX_BYTES = len(a_pdf().read()) + 20
    response = add(officer, file=a_pdf(), cover=an_image())
    assert "There is no room for it" in faults(response)["cover"][0]
    assert not Upload.objects.exists()


def test_a_file_is_kept_while_another_field_is_wrong(officer, django_capture_on_commit_callbacks):
    response = add(officer, title="", file=a_pdf("my plan.pdf"), cover=an_image())
    assert set(faults(response)) == {"title"}
    assert "Kept: my plan.pdf" in words_of(response).replace("<bdi>", "")
    assert not Upload.objects.exists()
    response = officer.post(reverse(ADD), fields_of(response.content.decode()))
    again = fields_of(response.content.decode())
    with django_capture_on_commit_callbacks(execute=True):
        assert officer.post(reverse(ADD), {**again, "title": "Plan"}).status_code == 302
    made = Resource.objects.get()
    assert (made.file.name, made.cover.name) == ("my plan.pdf", "cover.png")
    with made.file.file.open() as file:
        assert file.read() == a_pdf().read()
    # What was kept is a row now: the same page, sent again, finds nothing there.
    response = officer.post(reverse(ADD), {**again, "title": "Two", "form_token": ""})
    assert "no longer there" in faults(response)["file"][0]


def test_another_file_or_none_replaces_the_one_that_is_kept(officer):
    again = fields_of(add(officer, title="", file=a_pdf("old.pdf")).content.decode())
    response = officer.post(reverse(ADD), {**again, "title": "A", "file": a_pdf("new.pdf")})
    assert Resource.objects.get(title="A").file.name == "new.pdf", faults(response)
    dropped = {**again, "title": "B", "url": URL, "file-drop": "on", "form_token": ""}
    assert officer.post(reverse(ADD), dropped).status_code == 302
    assert Resource.objects.get(title="B").file is None


def test_a_kept_file_is_for_its_sender_alone(officer, city):
    again = fields_of(add(officer, title="", file=a_pdf()).content.decode())
    colleague = client_of(make_user(officer_of=city))
    response = colleague.post(reverse(ADD), {**again, "title": "Mine"})
    assert "no longer there" in faults(response)["file"][0]
    forged = {**again, "title": "Mine", "file-sent": again["file-sent"][:-2]}
    assert "no longer there" in faults(officer.post(reverse(ADD), forged))["file"][0]


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({}, "url", "Give a link, or choose a file below."),
        ({"url": URL, "file": a_pdf}, "file", "not both"),
        ({"url": "javascript:alert(1)"}, "url", "begins with https://"),
        ({"url": "https://example.org/a plan"}, "url", "has no spaces"),
        ({"url": URL, "kind": ""}, "kind", "required"),
        ({"url": URL, "year": "2100"}, "year", "still to come"),
        ({"url": URL, "languages": "en, elvish"}, "languages", "no language"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(officer, given, field, words):
    given = {name: value() if callable(value) else value for name, value in given.items()}
    told = faults(add(officer, **given))
    assert words in told[field][0]
    assert not Resource.objects.exists()


def test_a_link_or_a_file_that_the_city_has_shared_is_told(officer, city):
    upload = make_upload(city, content=a_pdf().read())
    make_resource(city, url=URL)
    make_resource(city, file=upload)
    assert faults(add(officer, url=URL)) == {"url": ["The city has shared this link already."]}
    assert faults(add(officer, file=a_pdf()))["file"] == ["The city has shared this file already."]
    changed = make_resource(city, "Other")
    assert "url" in faults(save(officer, url_of(changed), url=URL))


@pytest.mark.sql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_share_the_same_link_at_once_one_is_told(catalogue):
    city = make_city("Busy City")
    clients = [client_of(make_user(officer_of=city)) for _person in range(2)]
    forms = [filled(c, reverse(ADD), title="Plan", kind="plan", url=URL) for c in clients]
    assert posted_at_once(reverse(ADD), clients, forms) == [200, 302]
    assert city.resources.count() == 1


def test_a_file_is_replaced_removed_and_kept(officer, city):
    add(officer, file=a_pdf(), cover=an_image())
    made = Resource.objects.get()
    first = made.file
    save(officer, url_of(made), title="Plan of the city")
    made.refresh_from_db()
    assert (made.file, made.title) == (first, "Plan of the city")
    save(officer, url_of(made), file=a_pdf("new.pdf", b"Anew."), **{"cover-remove": "on"})
    made.refresh_from_db()
    assert (made.file.name, made.cover) == ("new.pdf", None)
    save(officer, url_of(made), url=URL, **{"file-remove": "on"})
    made.refresh_from_db()
    assert (made.url, made.file) == (URL, None)


def test_the_history_names_the_files_and_brings_them_back(officer, city):
    add(officer, file=a_pdf())
    made = Resource.objects.get()
    first = made.history.latest("history_id")
    save(officer, url_of(made), file=a_pdf("new.pdf", b"Anew."))
    page = words_of(officer.get(url_of(made, "history")))
    assert "plan.pdf</del>" in page
    assert "new.pdf</ins>" in page
    url = url_of(made, "version", first.history_id)
    assert officer.post(url, filled(officer, url)).status_code == 302
    made.refresh_from_db()
    assert made.file.name == "plan.pdf"


def test_an_earlier_version_comes_back_without_its_state(staff, officer, city):
    made = make_resource(city, "Before", state="draft")
    first = made.history.latest("history_id")
    save(staff, url_of(made), state="published", title="After")
    made.refresh_from_db()
    day = made.published_on
    url = url_of(made, "version", first.history_id)
    assert staff.post(url, filled(staff, url)).status_code == 302
    made.refresh_from_db()
    assert (made.title, made.state, made.published_on) == ("Before", "published", day)
    assert day is not None


def test_an_earlier_link_of_a_public_resource_is_reviewed_again(officer, city):
    made = make_resource(city, url=URL)
    first = made.history.latest("history_id")
    with writing():
        made.url = "https://example.org/other"
        made.save()
    url = url_of(made, "version", first.history_id)
    officer.post(url, filled(officer, url))
    made.refresh_from_db()
    assert (made.url, made.state) == (URL, "submitted")


# Whose it is


def test_staff_add_what_a_partner_organisation_made(staff, city, settings):
    settings.CITY_UPLOADS_MAX_BYTES = 1
    told = faults(add(staff, url=URL, city=""))
    assert told == {"organisation": ["Name the city or the partner organisation."]}
    add(staff, file=a_pdf(), city="", organisation="Friends of Rivers", state="published")
    made = Resource.objects.get()
    assert (made.city, made.file.city, made.state) == (None, None, "published")
    page = staff.get(reverse(LIST)).content.decode()
    assert "Friends of Rivers" in page
    assert staff.get(url_of(made)).status_code == 200


def test_a_resource_of_a_partner_is_not_the_citys_to_see(officer, city):
    made = make_resource(None)
    assert officer.get(url_of(made)).status_code == 404
    assert officer.post(url_of(made), {"title": "Taken"}).status_code == 404
    assert url_of(made) not in officer.get(reverse(LIST)).content.decode()


def test_an_officer_of_two_cities_cannot_leave_the_city_empty(city, other_city):
    user = make_user(officer_of=city)
    with writing():
        Assignment.objects.create(user=user, role=Role.OFFICER, city=other_city)
    told = faults(add(client_of(user), url=URL, city="", organisation="Friends"))
    assert told == {"city": ["This field is required."]}


def test_an_officer_adds_only_to_the_own_city(officer, city, other_city):
    data = filled(officer, reverse(ADD), title="Plan", kind="plan", url=URL)
    for forged in ("", str(other_city.pk)):
        officer.post(reverse(ADD), {**data, "city": forged, "url": f"{URL}{forged}"})
    assert {resource.city for resource in Resource.objects.all()} == {city}


def test_a_forged_key_of_another_citys_file_reaches_nothing(officer, city, other_city):
    foreign = make_upload(other_city, "secret.pdf")
    add(officer, **{"file-kept": str(foreign.pk)})
    assert not Resource.objects.exists()
    made = make_resource(city)
    response = save(officer, url_of(made), url="", **{"file-kept": str(foreign.pk)})
    assert "no longer there" in faults(response)["file"][0]
    for name in ("file", "cover"):
        save(officer, url_of(made), **{name: str(foreign.pk)})
        made.refresh_from_db()
        assert getattr(made, name) is None


def test_a_version_whose_file_is_deleted_cannot_come_back_and_says_so(officer, city):
    made = make_resource(city, file=make_upload(city), url="")
    old = made.history.latest("history_id").pk
    with writing():
        made.file, made.url = None, URL
        made.save()
        Upload.objects.get().delete()
    url = url_of(made, "version", old)
    page = words_of(officer.post(url, filled(officer, url)))
    assert "Its file has been deleted since, so this version cannot be brought back." in page
    assert "please choose" not in page


def test_staff_find_what_partners_have_made(staff, officer, city):
    make_resource(city, "Ours")
    make_resource(None, "Theirs")
    listed = staff.get(reverse(LIST), {"city__id__exact": "none", "_facets": "True"})
    assert [one.title for one in listed.context["cl"].result_list] == ["Theirs"]
    assert "partner organisations (1)" in words_of(listed)
    assert "partner organisations" not in words_of(officer.get(reverse(LIST)))


def test_of_many_cities_one_is_found_by_its_name(staff, city, monkeypatch):
    monkeypatch.setattr("profiles.admin_base.city_filter.FEW_CITIES", 1)
    make_city("Elsewhere")
    make_resource(city, "Ours")
    make_resource(None, "Theirs")
    for query, title in (
        ({"city_name": city.name}, "Ours"),
        ({"city__id__exact": "none"}, "Theirs"),
    ):
        listed = staff.get(reverse(LIST), query)
        assert [one.title for one in listed.context["cl"].result_list] == [title]
        assert "partner organisations" in words_of(listed)


def test_a_reviewer_only_reads(reviewer, city):
    made = make_resource(city)
    assert reviewer.get(url_of(made)).status_code == 200
    assert reviewer.post(url_of(made), {"title": "x", "state": "draft"}).status_code == 403
    assert reviewer.get(reverse(ADD)).status_code == 403


# From the draft to the public


def test_what_is_returned_says_why_and_goes_out_after_it_is_mended(officer, staff, city):
    add(officer, url=URL, state="submitted")
    made = Resource.objects.get()
    assert "1 resource is waiting for review" in words_of(staff.get("/admin/"))
    response = save(staff, url_of(made), state="returned", state_note=" ")
    assert faults(response) == {"state_note": ["Say what the city should change."]}
    save(staff, url_of(made), state="returned", state_note="Which year?")
    page = words_of(officer.get(url_of(made)))
    assert "Returned: please look at this note" in page
    assert "Which year?" in page
    assert "Which year?" in words_of(officer.get("/admin/"))
    save(officer, url_of(made), year="2024", state="submitted")
    save(staff, url_of(made), state="published")
    made.refresh_from_db()
    assert (made.state, made.state_note, made.year) == ("published", "", 2024)
    assert made.published_on is not None


def test_a_note_that_would_go_nowhere_is_told(staff, city):
    made = make_resource(city, state="submitted")
    response = save(staff, url_of(made), state="published", state_note="Nice.")
    assert "goes with a return" in faults(response)["state_note"][0]


REVIEWED_AGAIN = [{"url": f"{URL}/2"}, {"url": "", "file": a_pdf}, {"cover": an_image}]


@pytest.mark.parametrize("given", REVIEWED_AGAIN)
def test_a_public_resource_with_another_link_file_or_cover_is_reviewed_again(officer, city, given):
    made = make_resource(city)
    given = {name: value() if callable(value) else value for name, value in given.items()}
    response = officer.post(url_of(made), filled(officer, url_of(made), **given), follow=True)
    made.refresh_from_db()
    assert made.state == "submitted"
    assert "it goes back to review" in words_of(response)


def test_another_title_of_a_public_resource_stays_public(officer, staff, city):
    made = make_resource(city)
    save(officer, url_of(made), title="Better")
    save(staff, url_of(made), url=f"{URL}/by-staff")
    made.refresh_from_db()
    assert (made.state, made.title) == ("published", "Better")


def test_the_worklist_leads_to_what_waits(staff, officer, city):
    make_resource(city, "First", state="submitted")
    make_resource(city, "Second", state="submitted")
    make_resource(city, "Third", state="draft")
    page = words_of(staff.get("/admin/"))
    address = f"{reverse(LIST)}?state__exact=submitted"
    assert f'href="{address}"' in page
    assert "2 resources" in page
    listed = words_of(staff.get(address))
    assert "Third" not in listed
    assert "First" in listed


# The list


def test_the_list_tells_who_changed_what_when(staff, officer, city):
    add(officer, url=URL)
    page = words_of(staff.get(reverse(LIST)))
    for words in ("Our City", "plan or strategy", "draft", "Lin Our"):
        assert words in page
    for query in ("state__exact=draft", "kind__exact=plan", f"city__id__exact={city.pk}"):
        assert "1 resource" in words_of(staff.get(f"{reverse(LIST)}?{query}"))


def test_a_list_costs_the_same_queries_however_long(
    staff, officer, city, django_assert_max_num_queries
):
    for number in range(12):
        add(officer, url=f"{URL}/{number}", title=f"Plan {number}")
    with django_assert_max_num_queries(20):
        staff.get(reverse(LIST))


def test_staff_publish_the_chosen_that_are_submitted(staff, officer, city):
    rows = [make_resource(city, f"Our {state}", state=state) for state in State.values]
    data = {"action": "publish_chosen", "_selected_action": [row.pk for row in rows]}
    officer.post(reverse(LIST), data)
    assert Resource.objects.filter(state="published").count() == 1
    page = words_of(staff.post(reverse(LIST), data, follow=True))
    assert "Published: 1" in page
    assert "1 was published already." in page
    assert "Not submitted for review (open them to publish): Our draft; Our returned." in page
    assert [Resource.objects.get(pk=row.pk).state for row in rows] == [
        "draft",
        "published",
        "published",
        "returned",
    ]


def test_the_message_about_many_is_short(staff, city):
    rows = [make_resource(city, f"{number} {'long ' * 40}", state="draft") for number in range(9)]
    data = {"action": "publish_chosen", "_selected_action": [row.pk for row in rows]}
    messages = [
        str(one) for one in staff.post(reverse(LIST), data, follow=True).context["messages"]
    ]
    assert len(messages) == 1
    assert messages[0].count("…") == 5
    assert "and 4 more" in messages[0]
    assert len(messages[0]) < 450


def test_a_file_does_not_stay_behind_when_saving_fails(officer, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path

    def fail(self):
        raise RuntimeError

    monkeypatch.setattr(Recording, "finish", fail)
    with pytest.raises(RuntimeError):
        add(officer, file=a_pdf(), cover=an_image())
    assert not Upload.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    monkeypatch.undo()
    add(officer, file=a_pdf(), cover=an_image())
    for upload in Upload.objects.all():
        assert upload.file.storage.exists(upload.file.name)


def test_a_full_disk_keeps_nothing_of_a_file_and_says_what_to_do(
    officer, settings, tmp_path, monkeypatch
):
    settings.MEDIA_ROOT = tmp_path
    fill_disk(monkeypatch)
    response = add(officer, file=a_pdf())
    assert response.status_code == 503
    assert "make room" in words_of(response)
    assert not Resource.objects.exists()
    assert not Upload.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


# What is in use stays


@pytest.fixture
def used(city):
    """A public resource of ours, used by us on a step and in an action, and by a hidden city."""
    made = make_resource(city, "Guide to ponds")
    make_item(city, 1, "Our ponds", resource=made)
    action = make_action(city, "natural-areas")
    make_statement(action, "baseline", {"total_area": 12}, source_resource=made)
    make_item(make_city("Hidden City", state="draft"), 2, "Hidden ponds", resource=made)
    return made


def test_what_is_in_use_is_not_deleted_and_says_where(officer, city, used):
    url = url_of(used, "delete")
    for response in (officer.get(url), officer.post(url, {"post": "yes"})):
        page = words_of(response)
        assert "is in use, so it has not been deleted" in page
        assert url_of(city.step_items.get()) in page
        assert url_of(city.actions.get()) in page
        assert "1 row of another city" in page
        assert "Hidden" not in page
    assert Resource.objects.filter(pk=used.pk).exists()


def test_deleting_the_chosen_stops_at_what_is_in_use(officer, city, used):
    free = make_resource(city, "Free")
    data = {"action": "delete_selected", "_selected_action": [used.pk, free.pk]}
    for given in (data, {**data, "post": "yes"}):
        page = words_of(officer.post(reverse(LIST), given))
        assert "Some of the chosen resources are in use" in page
        assert "Hidden" not in page
    assert Resource.objects.count() == 2
    data = {"action": "delete_selected", "_selected_action": [free.pk], "post": "yes"}
    assert officer.post(reverse(LIST), data).status_code == 302
    assert list(Resource.objects.all()) == [used]


def test_what_nothing_uses_is_deleted(officer, city):
    made = make_resource(city, topics=["governance-management"], file=make_upload(city))
    url = url_of(made, "delete")
    assert officer.post(url, filled(officer, url)).status_code == 302
    assert not Resource.objects.exists()


def test_staff_keep_the_list_of_licences(staff):
    licence = Licence.objects.first()
    assert save(staff, url_of(licence), note="Checked.").status_code == 302
    licence.refresh_from_db()
    assert licence.note == "Checked."
    assert errors_of(save(staff, url_of(licence), url="nowhere"))
