"""The browser fixtures find what they are there to find."""

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.urls import path

PAGE = """<!doctype html><html lang="en"><head><title>Trial</title>
<link rel="icon" href="data:,"></head><body>{}</body></html>"""


def fine(request):
    names = ", ".join(get_user_model().objects.values_list("email", flat=True))
    return HttpResponse(PAGE.format(f"<h1>{names}</h1>"))


def inline_style(request):
    return HttpResponse(PAGE.format('<h1 style="color: red">Trial</h1>'))


def picture_without_words(request):
    return HttpResponse(PAGE.format('<img src="data:image/gif;base64,R0lGODlhAQABAAAAADs=">'))


urlpatterns = [
    path("fine/", fine),
    path("inline-style/", inline_style),
    path("picture/", picture_without_words),
]


@pytest.fixture(autouse=True)
def trial_pages(settings):
    settings.ROOT_URLCONF = __name__


@pytest.mark.parametrize("name", ["first", "second"])
def test_the_server_sees_what_the_test_wrote(page, axe, name):
    get_user_model().objects.create(email=f"{name}@example.org")
    page.goto("/fine/")
    assert page.get_by_role("heading").all_text_contents() == [f"{name}@example.org"]
    assert axe(page) == []


def test_a_refused_style_is_noticed(page, page_problems):
    page.goto("/inline-style/")
    assert [problem for problem in page_problems if "Content Security Policy" in problem]
    page_problems.clear()


def test_a_broken_script_is_noticed(page, page_problems):
    page.goto("/fine/")
    with page.expect_event("pageerror"):
        page.evaluate("() => { setTimeout(() => { throw new Error('broken') }) }")
    assert page_problems == ["broken"]
    page_problems.clear()


def test_axe_finds_a_picture_without_words(page, axe):
    page.goto("/picture/")
    assert [fault for fault in axe(page) if fault.startswith("image-alt:")]


def test_no_other_machine_is_reached(page, page_problems):
    page.goto("/fine/")
    failed = page.evaluate("() => fetch('http://example.org/').then(() => false, () => true)")
    assert failed
    page_problems.clear()
