"""After a save one is where one came from."""

import pytest
from django.urls import reverse

from tests.admin.forms import fields_of, filled
from tests.clients import form_of_new_action, url_of, words_of


@pytest.mark.parametrize(
    ("page", "is_followed"),
    [
        ("/cities/our-city/?x=1#action-1", True),
        ("https://evil.example/", False),
        ("//evil.example/", False),
        ("javascript:alert(1)", False),
    ],
)
def test_a_save_leads_back_to_a_page_of_this_site(officer, ours, page, is_followed):
    url = f"{url_of(ours.action)}?{'next=' + page.replace('#', '%23')}"
    shown = officer.get(url)
    assert ("Back without saving" in words_of(shown)) == is_followed
    wrong = officer.post(url, fields_of(shown.content.decode()) | {"description": ""})
    form = fields_of(wrong.content.decode()) | {"description": "Anew."}
    saved = officer.post(url, form)
    assert saved["Location"] == (
        page if is_followed else reverse("admin:actions_action_changelist")
    )
    assert (officer.post(url, form)["Location"] == page) == is_followed, "a second click"


def test_a_link_to_edit_on_a_public_page_leads_back_to_it(officer, ours):
    page = f"http://testserver{ours.city.get_absolute_url()}"
    edit = reverse("website:edit_action", args=[ours.city.slug, 1])
    form = officer.get(edit, HTTP_REFERER=page)["Location"]
    saved = officer.post(form, filled(officer, form, description="Anew."))
    assert saved["Location"] == f"{ours.city.get_absolute_url()}#action-1"
    elsewhere = officer.get(edit, HTTP_REFERER="https://evil.example/")
    assert elsewhere["Location"] == url_of(ours.action)


def test_an_action_has_a_department_and_a_reference_that_the_public_never_reads(officer, ours):
    url = url_of(ours.action)
    names = {"department": "Parks office", "reference": "Action plan: A-7"}
    officer.post(url, filled(officer, url, **names))
    ours.action.refresh_from_db()
    assert (ours.action.department, ours.action.reference) == tuple(names.values())
    assert '<option value="Parks office">' in words_of(officer.get(form_of_new_action("carbon")))
    for suffix in ("", "profile.json"):
        page = officer.get(f"{ours.city.get_absolute_url()}{suffix}")
        assert page.status_code == 200
        assert not any(name in page.content.decode() for name in names.values())
