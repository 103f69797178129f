"""Fixtures of the browser tests: a real Chromium, a page that fails on errors, and axe."""

import os
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from tests.programs import CHROMIUM

FLAGS = [
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # No name but this machine's leads anywhere.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
GOOD_PRACTICE = ["landmark-unique", "label-title-only"]
"""Rules of axe beyond WCAG: places with names of their own, fields with visible labels."""

DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the session."""
    # Playwright's loop lives in this thread, and Django would take that for asynchronous code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM.path(), args=FLAGS, chromium_sandbox=os.geteuid() != 0
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page_problems() -> list[str]:
    """What went wrong in the page so far; a test that means it empties the list."""
    return []


@pytest.fixture
def page(browser: Browser, live_server, page_problems: list[str]):
    """An empty page whose relative addresses lead to the live server.

    The test fails when the console shows an error (a refused style or script among them) or when
    a script breaks.
    """
    context = browser.new_context(
        base_url=live_server.url, viewport=DESKTOP, locale="en-GB", reduced_motion="reduce"
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.on("console", lambda said: said.type == "error" and page_problems.append(said.text))
    page.on("pageerror", lambda error: page_problems.append(str(error)))
    yield page
    context.close()
    assert not page_problems, "\n".join(page_problems)


@pytest.fixture
def sign_in(live_server) -> Callable[[Page, object], None]:
    """`sign_in(page, user)`: the page is that user's from now on, without the form."""

    def sign_in(page: Page, user) -> None:
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )

    return sign_in


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """`axe(page)`: the page's faults against WCAG 2.0 to 2.2, A and AA; best an empty list."""

    def check(page: Page) -> list[str]:
        # Preloading writes imported style sheets into the page, which its policy refuses.
        options = {
            "resultTypes": ["violations"],
            "runOnly": {"type": "tag", "values": WCAG},
            "rules": dict.fromkeys(GOOD_PRACTICE, {"enabled": True}),
            "preload": False,
        }
        page.wait_for_load_state()
        found = Axe().run(page, options=options).response["violations"]
        return [
            f"{fault['id']}: {fault['help']} at {node['target']}"
            for fault in found
            for node in fault["nodes"]
        ]

    return check
