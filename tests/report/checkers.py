"""What checkers of accessibility find in a PDF. docs/accessibility.md says what each knows."""

import outloud
import page

UNFOUNDED = {
    "TXT-004": "a letter of Arabic has up to four forms, and all of them mean the letter",
    "TBL-010": "a table of one target has more heads than cells",
    "PAG-001": "“Chapter 1”, “Chapter 2” … at the top of pages are taken for a running head",
}
"""Rules of `outloud` that find fault with what is right, each with the reason."""
HIDDEN = ("www.citieswithnature.org", "Kind Year or day Value Kind Year")
"""Words of the foot of pages, and of the heads of a table on its next page, which are said once.

`outloud` takes them for a paragraph that is hidden by mistake.
"""


def against_pdf_ua(data):
    """What `page-validation` finds: breaches of PDF/UA-1, by the rules of veraPDF."""
    report = page.validate_pdf_bytes(data, profile="ua1")
    return [f"{one.rule_id}: {one.message}" for one in report.failures]


def against_sense(data, folder):
    """What `outloud` finds: breaches of PDF/UA-1, and what a valid PDF can still say wrong."""
    path = folder / "checked.pdf"
    path.write_bytes(data)
    result = outloud.check(str(path), skip=UNFOUNDED)
    found = [f"{one.rule}: {one.message} ({one.evidence})" for one in result.findings]
    found = [one for one in found if not (one.startswith("TAG-002: 1 ") and _is_hidden_well(one))]
    found += [f"{run.rule} crashed: {run.reason}" for run in result.runs if run.status == "crashed"]
    return [f"it could not be read: {result.error}"] if result.error else found


def _is_hidden_well(finding):
    return any(words in finding for words in HIDDEN)
