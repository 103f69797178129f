"""The programs that some tests drive, beside Python: where they are, and what installs them."""

import shutil
from dataclasses import dataclass


@dataclass(frozen=True)
class Program:
    """`marker` is what tests that need the program are marked with."""

    marker: str
    name: str
    commands: tuple[str, ...]
    debian: str
    fedora: str
    macos: str

    def path(self) -> str | None:
        """Where the program is, or None."""
        found = (shutil.which(command) for command in self.commands)
        return next((path for path in found if path), None)

    def install_lines(self) -> list[str]:
        return [
            f"  Debian, Ubuntu: sudo apt-get install {self.debian}",
            f"  Fedora:         sudo dnf install {self.fedora}",
            f"  macOS:          brew install {self.macos}",
        ]


MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"

CHROMIUM = Program(
    marker="browser",
    name="Chromium",
    # The first is Debian's Chromium without windows and menus: it starts fewer processes.
    commands=(
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        MAC_CHROME,
    ),
    debian="chromium",
    fedora="chromium",
    macos="--cask google-chrome",
)
LIBREOFFICE = Program(
    marker="libreoffice",
    name="LibreOffice Calc",
    commands=("soffice", "libreoffice"),
    debian="libreoffice-calc",
    fedora="libreoffice-calc",
    macos="--cask libreoffice",
)
POPPLER = Program(
    marker="poppler",
    name="Poppler's pdftotext",
    commands=("pdftotext",),
    debian="poppler-utils",
    fedora="poppler-utils",
    macos="poppler",
)
POSTGRESQL = Program(
    marker="",
    name="PostgreSQL",
    commands=("initdb",),
    debian="postgresql",
    fedora="postgresql-server",
    macos="postgresql@17",
)

# Tests marked so are left out, and named at the end, where the program is missing.
MARKED = {program.marker: program for program in (CHROMIUM, LIBREOFFICE, POPPLER)}
