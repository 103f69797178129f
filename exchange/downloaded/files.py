"""Reads the text of a file that somebody sent: a PDF, or text."""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePath

from django.conf import settings
from django.utils.translation import gettext as _

from intake.refusals import Refused, empty_file, file_too_large, named_wrongly, protected_file
from intake.signatures import TITLES, real_ending

from . import text_of_pdf

PDF, TEXTS = ".pdf", (".txt", ".md")
ENDINGS = (PDF, *TEXTS)
MOST_BYTES_OF_TEXT = 1_000_000
SECONDS = 10
"""The time that a program may work on one PDF."""

PDF_START, START = b"%PDF-", 1024
LEAST_LETTERS = 20
NO_LETTER = "\0"
"""What comes out of codes that are read in halves."""

MARKS_OF_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    is_pdf: bool


def read_text(file, name):
    """The `Text` of an open file called `name`. Raises Refused."""
    ending = PurePath(name).suffix.lower()
    if ending not in ENDINGS:
        raise Refused(_("A downloaded profile is a PDF, or its text as .txt."))
    most = settings.WORKBOOK_MAX_BYTES if ending == PDF else MOST_BYTES_OF_TEXT
    content = file.read(most + 1)
    if len(content) > most:
        raise file_too_large(most)
    if not content.strip():
        raise empty_file()
    if PDF_START in content[:START]:
        return Text(text_in_pdf(content), is_pdf=True)
    if ending == PDF:
        raise Refused(_("This is no PDF, whatever its name says."))
    if (real := real_ending(content)) in TITLES:
        advice = _("Save the profile as PDF from the website, or its text as .txt.")
        raise named_wrongly(ending.removeprefix("."), TITLES[real], advice)
    return Text(decoded(content), is_pdf=False)


def decoded(content):
    try:
        if content.startswith(MARKS_OF_UTF16):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = _(
            "The text is not in UTF-8, so that its letters cannot be read everywhere: save it "
            "again, choosing “UTF-8” as encoding."
        )
        raise Refused(message) from error


def text_in_pdf(content):
    """The text of a PDF, which a program with limits of its own extracts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "profile.pdf")
        path.write_bytes(content)
        # A hostile PDF can take all time and memory there is; this process must not.
        command = [sys.executable, "-I", text_of_pdf.__file__, str(path), str(SECONDS)]
        try:
            done = subprocess.run(  # noqa: S603 (our own program, and a path of our own)
                command, capture_output=True, timeout=2 * SECONDS, check=False, cwd=folder
            )
        except subprocess.TimeoutExpired as error:
            raise takes_too_long() from error
    if done.returncode:
        raise refusal(done)
    text = done.stdout.decode("utf-8", "replace")
    if NO_LETTER in text:
        raise Refused(
            _(
                "The letters of this PDF cannot be told apart, its fonts are unusual: save the "
                "profile as PDF from the website again, or send its text as .txt."
            )
        )
    if sum(map(str.isalnum, text[: 100 * LEAST_LETTERS])) < LEAST_LETTERS:
        raise Refused(
            _(
                "There is no text in this PDF, its pages are pictures: save the profile as PDF "
                "from the website again, or send its text as .txt."
            )
        )
    return text


def refusal(done):
    """Why the program gave no text."""
    said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
    if said == text_of_pdf.PROTECTED:
        return protected_file()
    if said == text_of_pdf.NO_PAGES:
        return Refused(_("This PDF has no pages: download it once more."))
    if said == text_of_pdf.DAMAGED:
        return Refused(_("The PDF is damaged: download it once more."))
    return takes_too_long()


def takes_too_long():
    return Refused(
        _("The PDF needs too much time or memory to be read: send the text of the profile as .txt.")
    )
