"""Which rows a user may read and write in the admin; rows of other cities are 404."""

import pytest
from django.contrib.admin.sites import site
from django.urls import reverse

from actions.models import Action
from exchange.models import MappedFile, Mapping
from oversight.models import FileBundle, Mailing, OverseenCity
from pathway.models import Step
from profiles.models import Assignment, City, CityOwned, Role, Submission
from publishing.publish import publish
from tests.admin.forms import filled, save
from tests.admin.furnishing import rows_of
from tests.clients import client_of, url_of
from tests.factories import writing
from tests.published import publish_all

MODELS = ["city", "action", "item", "resource", "commitment"]
VIEWS = ["change", "delete", "history"]
READS = {"officer", "coordinator", "reviewer", "staff", "superuser"}
EDITS = READS - {"reviewer"}


def test_every_registered_row_of_a_city_is_scoped():
    from profiles.admin_base import CityRowAdmin

    for model, model_admin in site._registry.items():
        if issubclass(model, (City, CityOwned)) and model is not OverseenCity:
            # Nobody edits its rows: tests/oversight/test_table.py has who sees them.
            assert isinstance(model_admin, CityRowAdmin), model


@pytest.mark.parametrize("person", ["officer", "coordinator", "reviewer", "other", "staff"])
@pytest.mark.parametrize("kind", MODELS)
def test_who_reads_our_rows(as_, ours, person, kind):
    client, row = as_(person), getattr(ours, kind)
    expected = 200 if person in READS else 404
    assert client.get(url_of(row)).status_code == expected
    assert client.get(url_of(row, "history")).status_code == expected
    version = type(row).history.filter(id=row.pk).latest("history_id").pk
    assert client.get(url_of(row, "version", version)).status_code == expected


@pytest.mark.parametrize("kind", MODELS)
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("person", ["officer", "coordinator", "reviewer"])
def test_a_foreign_row_is_404(as_, theirs, kind, view, method, person):
    row = getattr(theirs, kind)
    before = type(row).history.count()
    url = url_of(row, view)
    for address in (url, f"{url}?_popup=1", f"{url}?_to_field=id"):
        data = {"post": "yes", "name": "Taken", "description": "Taken", "title": "Taken"}
        assert getattr(as_(person), method)(address, data).status_code == 404
    assert type(row).history.count() == before


@pytest.mark.parametrize("kind", MODELS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_foreign_version_is_404(as_, ours, theirs, kind, method):
    row, own = getattr(theirs, kind), getattr(ours, kind)
    version = type(row).history.filter(id=row.pk).latest("history_id").pk
    client, before = as_("officer"), type(row).history.count()
    assert getattr(client, method)(url_of(row, "version", version)).status_code == 404
    assert getattr(client, method)(url_of(own, "version", version)).status_code == 404
    assert type(row).history.count() == before


@pytest.mark.parametrize("kind", MODELS[1:])
def test_lists_search_and_filters_end_at_the_own_city(as_, ours, theirs, kind):
    row = getattr(ours, kind)
    url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_changelist")
    queries = ("", "?q=Their", f"?city__id__exact={theirs.city.pk}", "?all=")
    for query in queries:
        page = as_("officer").get(url + query).content.decode()
        assert "Their City" not in page
        assert url_of(getattr(theirs, kind)) not in page
    assert url_of(row) in as_("officer").get(url).content.decode()
    everything = as_("staff").get(url).content.decode()
    assert url_of(row) in everything
    assert url_of(getattr(theirs, kind)) in everything


def test_filtering_does_not_tell_an_email_letter_by_letter(as_):
    url = reverse("admin:profiles_city_changelist")
    for person, status in (("reviewer", 400), ("officer", 400), ("staff", 200)):
        response = as_(person).get(f"{url}?contact_email__startswith=u")
        assert response.status_code == status


def test_who_may_not_edit_sees_no_contact_address(as_, ours):
    for view in ("change", "history"):
        assert "us@ours" not in as_("reviewer").get(url_of(ours.city, view)).content.decode()
    assert "us@ours" in as_("officer").get(url_of(ours.city)).content.decode()


@pytest.mark.parametrize("kind", MODELS[1:])
def test_choices_of_a_city_are_the_own_ones(as_, ours, kind):
    row = getattr(ours, kind)
    url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_add")
    for person in ("officer", "coordinator"):
        assert "Their City" not in as_(person).get(url).content.decode()
    assert "Their City" in as_("staff").get(url).content.decode()
    assert as_("reviewer").get(url).status_code == 403


@pytest.mark.parametrize(
    ("source", "field"),
    [("action", "city"), ("statement", "action"), ("citycommitment", "city")],
)
def test_autocomplete_offers_own_rows_only(as_, theirs, source, field):
    query = {"app_label": "actions", "model_name": source, "field_name": field, "term": ""}
    own = as_("officer").get(reverse("admin:autocomplete"), query)
    assert own.status_code == 200
    assert "Their" not in own.content.decode()
    assert "Their" in as_("staff").get(reverse("admin:autocomplete"), query).content.decode()


def test_autocomplete_tells_no_people(as_):
    query = {"app_label": "profiles", "model_name": "assignment", "field_name": "user", "term": ""}
    assert as_("officer").get(reverse("admin:autocomplete"), query).status_code == 403


def test_view_on_site_does_not_lead_to_a_hidden_city(as_, ours, theirs):
    from django.contrib.contenttypes.models import ContentType

    kind = ContentType.objects.get_for_model(City).pk
    client = as_("officer")
    for way_in in (kind, f"0{kind}", f"+{kind}", f"%20{kind}"):
        assert client.get(f"/admin/r/{way_in}/{theirs.city.pk}/").status_code == 404
    assert client.get(f"/admin/r/{kind}/{ours.city.pk}/").url == ours.city.get_absolute_url()
    assert client.get("/admin/r/999999/1/").status_code == 404


def test_view_on_site_leads_to_the_page_of_a_step(as_, ours):
    from django.contrib.contenttypes.models import ContentType

    publish(ours.city.pk)
    step, kind = ours.item.step, ContentType.objects.get_for_model(Step).pk
    staff, address = as_("staff"), f"/admin/r/{kind}/{ours.item.step_id}/"
    assert staff.get(address).url == step.get_absolute_url()
    step.retired = True
    step.save()
    assert staff.get(address).url == step.get_absolute_url()
    with writing():
        ours.item.delete()
    publish_all()
    assert staff.get(address).status_code == 404
    assert "viewsitelink" not in staff.get(url_of(step)).content.decode()


def test_a_row_cannot_be_added_to_or_moved_into_another_city(as_, ours, theirs):
    client = as_("officer")
    add = reverse("admin:pathway_stepitem_add")
    data = filled(client, add, title="New", url="https://example.org/x", step=ours.item.step_id)
    client.post(add, {**data, "city": theirs.city.pk})
    assert theirs.city.step_items.count() == 1
    assert ours.city.step_items.count() == 2
    save(client, url_of(ours.item), city=str(theirs.city.pk), title="Moved?")
    ours.item.refresh_from_db()
    assert (ours.item.title, ours.item.city) == ("Moved?", ours.city)


def test_a_coordinator_cannot_add_outside_the_region(as_, theirs):
    client = as_("coordinator")
    add = reverse("admin:pathway_stepitem_add")
    data = filled(client, add, title="New", url="https://example.org/x", step=theirs.item.step_id)
    client.post(add, {**data, "city": theirs.city.pk})
    assert theirs.city.step_items.count() == 1


def test_forged_ids_of_statements_reach_nothing_foreign(as_, ours, theirs):
    foreign = theirs.action.statements.get()
    client, url = as_("officer"), url_of(ours.action)
    data = filled(client, url)
    data |= {"baseline-0-id": foreign.pk, "baseline-0-year": "1999", "baseline-0-DELETE": ""}
    data |= {"target-TOTAL_FORMS": "1", "target-INITIAL_FORMS": "1", "target-0-id": foreign.pk}
    data |= {"target-0-due_year": "2031", "target-0-DELETE": "on"}
    data |= {"baseline-0-action": theirs.action.pk, "target-0-action": theirs.action.pk}
    client.post(url, data)
    foreign.refresh_from_db()
    assert (foreign.year, foreign.kind, foreign.action) == (None, "baseline", theirs.action)
    assert theirs.action.statements.count() == 1


def test_deleting_selected_rows_stays_in_the_own_city(as_, ours, theirs):
    url = reverse("admin:actions_action_changelist")
    data = {"action": "delete_selected", "post": "yes"}
    data["_selected_action"] = [ours.action.pk, theirs.action.pk]
    as_("reviewer").post(url, data)
    assert Action.objects.count() == 2
    as_("officer").post(url, data)
    assert list(Action.objects.all()) == [theirs.action]


@pytest.mark.parametrize("kind", MODELS)
def test_a_reviewer_only_reads(as_, ours, kind):
    row, client = getattr(ours, kind), as_("reviewer")
    before = type(row).history.count()
    version = type(row).history.filter(id=row.pk).latest("history_id").pk
    for url in (url_of(row), url_of(row, "delete"), url_of(row, "version", version)):
        assert client.post(url, {"post": "yes", "title": "x"}).status_code == 403
    assert type(row).history.count() == before


def test_two_roles_do_not_mix(people, ours, theirs):
    """An officer here who only reads there edits here and only reads there."""
    country = theirs.city.country
    with writing():
        Assignment.objects.create(user=people["officer"], role=Role.REVIEWER, country=country)
    client = client_of(people["officer"])
    assert client.get(url_of(theirs.action)).status_code == 200
    for url in (url_of(theirs.action), url_of(theirs.action, "delete"), url_of(theirs.city)):
        assert client.post(url, {"post": "yes", "description": "x"}).status_code == 403
    data = {"action": "delete_selected", "post": "yes"}
    data["_selected_action"] = [ours.action.pk, theirs.action.pk]
    changelist = reverse("admin:actions_action_changelist")
    assert client.post(changelist, data).status_code == 403
    assert Action.objects.count() == 2
    assert "them@theirs" not in client.get(url_of(theirs.city)).content.decode()
    assert "Their City" not in client.get(reverse("admin:hub_resource_add")).content.decode()


@pytest.mark.parametrize("person", ["officer", "coordinator", "reviewer"])
def test_officers_have_no_business_with_people_and_lists(as_, people, person):
    for name in ("accounts_user", "profiles_assignment", "profiles_changeset", "actions_measure"):
        assert as_(person).get(reverse(f"admin:{name}_changelist")).status_code == 403
    assert as_(person).get(url_of(people["staff"])).status_code in (403, 404)


def test_who_has_no_role_stays_outside(as_, client):
    assert as_("nobody").get("/admin/", follow=True).status_code == 403
    response = client.get("/admin/login/?next=https://evil.example/")
    assert response.url.startswith(reverse("accounts:sign_in"))


def test_signing_in_does_not_lead_to_another_site(client, people):
    from tests.factories import PASSWORD

    address = client.get("/admin/login/?next=https://evil.example/").url
    data = {"username": "officer@example.org", "password": PASSWORD}
    assert client.post(address, data).url == reverse("admin:index")


def test_all_kinds_of_pages_open_for_staff(as_, ours, theirs):
    client = as_("staff")
    for row in (*rows_of(ours), *rows_of(theirs)):
        for view in VIEWS:
            expected = 403 if (row._meta.model_name, view) == ("city", "delete") else 200
            assert client.get(url_of(row, view)).status_code == expected
    for model, model_admin in site._registry.items():
        label = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        assert client.get(reverse(f"{label}_changelist")).status_code == 200, label
        if model in (Submission, OverseenCity, Mailing, FileBundle, Mapping, MappedFile):
            continue  # they have pages of their own
        can_add = model_admin.has_add_permission(client.get("/admin/").wsgi_request)
        assert client.get(reverse(f"{label}_add")).status_code == (200 if can_add else 403), label
        row = model.objects.first()
        assert row is None or client.get(url_of(row)).status_code == 200, label
