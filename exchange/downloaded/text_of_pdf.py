"""Prints the text of a PDF, pages parted by form feeds. A program of its own, run by `files`.

It knows nothing of Django, takes its limits first, and ends with one of the words below on its
standard error where there is no text to be had.
"""

import logging
import resource
import sys

PROTECTED, DAMAGED, TOO_LARGE, NO_PAGES = "protected", "damaged", "too large", "no pages"
REASONS = {
    "LimitReachedError": TOO_LARGE,
    "DependencyError": PROTECTED,
    "FileNotDecryptedError": PROTECTED,
    "WrongPasswordError": PROTECTED,
}
"""Name of an error of the library → the word for it. Some ciphers need what is not installed."""

MOST_PAGES = 500
MOST_LETTERS = 1_000_000
MOST_MEMORY = 700_000_000
"""Bytes of address space. What one packed stream unpacks to, the library limits itself."""


def main(path, seconds):
    logging.disable()
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        text = text_of(path)
    except MemoryError:
        sys.exit(TOO_LARGE)
    except Exception as error:  # noqa: BLE001 (whatever a damaged file makes the library raise)
        sys.exit(REASONS.get(type(error).__name__, DAMAGED))
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))


def text_of(path):
    import pypdf

    reader = pypdf.PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        sys.exit(PROTECTED)
    if len(reader.pages) > MOST_PAGES:
        sys.exit(TOO_LARGE)
    if not reader.pages:
        sys.exit(NO_PAGES)
    pages, left = [], MOST_LETTERS
    for page in reader.pages:
        name_encodings(page)
        pages.append(page.extract_text()[:left])
        left -= len(pages[-1])
    return "\f".join(pages)


def name_encodings(page):
    """Name the encoding of fonts that write it out as a dictionary (fpdf2 does).

    The library takes their letters of two bytes for two letters otherwise.
    """
    from pypdf.generic import NameObject

    resources = page.get_inherited("/Resources", {})
    # Only [] follows a reference to another object.
    fonts = resources["/Font"] if "/Font" in resources else {}  # noqa: SIM401 (see above)
    for name in fonts:
        font = fonts[name]
        encoding = font["/Encoding"] if "/Encoding" in font else None  # noqa: SIM401 (see above)
        if isinstance(encoding, dict) and encoding.get("/Type") == "/CMap":
            font[NameObject("/Encoding")] = NameObject("/Identity-H")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
