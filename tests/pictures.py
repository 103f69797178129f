"""The pictures of pages and of the PDF in the README, taken of the demo: `make pictures`.

The demo is loaded into a database of its own and served on this machine; Chromium takes the
pictures. The fonts are those of the machine: without fonts for Chinese or Arabic there are boxes.
"""

import os
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pymupdf
from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser import FLAGS
from tests.programs import CHROMIUM

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "pictures"
ADDRESS = "127.0.0.1:8123"
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PAGES = (
    ("home", "/", WIDE),
    ("city", "/cities/al-waha/", WIDE),
    ("city-phone", "/cities/anji-county/", PHONE),
    ("map", "/cities/?view=map", WIDE),
)
DOCUMENT, DOCUMENT_PAGES, DOCUMENT_WIDTH = "/cities/al-waha/profile.pdf", (1, 2, 4), 420
GROUND, GAP = "#c9cdc8", 12
STARTS_WITHIN = 60
"""Seconds."""


def main():
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "citiesnature.settings.development",
            "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3",
            "MEDIA_ROOT": folder,
        }

        def manage(*arguments):
            return [sys.executable, "manage.py", *arguments]

        for command in ("migrate", "load_catalogue", "load_demo"):
            subprocess.run(
                manage(command), cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
            )
        server = subprocess.Popen(
            manage("runserver", "--noreload", ADDRESS),
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for_server()
            take_all()
            take_document()
        finally:
            server.terminate()
            server.wait()


def wait_for_server():
    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            urlopen(f"http://{ADDRESS}/robots.txt").close()  # noqa: S310 (our own address)
            return
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


def take_all():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM.path(), args=FLAGS, chromium_sandbox=os.geteuid() != 0
        )
        for name, address, viewport in PAGES:
            page = browser.new_page(viewport=viewport, locale="en-GB", reduced_motion="reduce")
            page.goto(f"http://{ADDRESS}{address}", wait_until="networkidle")
            path = FOLDER / f"{name}.png"
            page.screenshot(path=path)
            sys.stdout.write(f"{path.relative_to(ROOT)}\n")
            page.close()
        browser.close()


def take_document():
    """Some pages of a PDF side by side."""
    with urlopen(f"http://{ADDRESS}{DOCUMENT}") as answer:  # noqa: S310 (our own address)
        document = pymupdf.open("pdf", answer.read())
    pages = []
    for number in DOCUMENT_PAGES:
        page = document[number - 1]
        pixels = page.get_pixmap(dpi=round(72 * DOCUMENT_WIDTH / page.rect.width))
        pages.append(Image.open(BytesIO(pixels.tobytes("png"))))
    width, height = pages[0].size
    joined = Image.new("RGB", (len(pages) * (width + GAP) + GAP, height + 2 * GAP), GROUND)
    for place, page in enumerate(pages):
        joined.paste(page, (GAP + place * (width + GAP), GAP))
    path = FOLDER / "document.png"
    joined.save(path, optimize=True)
    sys.stdout.write(f"{path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
