"""What checkers of accessibility find in a PDF. docs/accessibility.md says what each knows."""

import outloud
import page

UNFOUNDED = {
    "TXT-004": "a letter of Arabic has up to four forms, and all of them mean the letter",
}
"""Rules of `outloud` that find fault with what is right, each with the reason."""


def against_pdf_ua(data):
    """What `page-validation` finds: breaches of PDF/UA-1, by the rules of veraPDF."""
    report = page.validate_pdf_bytes(data, profile="ua1")
    return [f"{one.rule_id}: {one.message}" for one in report.failures]


def against_sense(data, folder):
    """What `outloud` finds: breaches of PDF/UA-1, and what a valid PDF can still say wrong."""
    path = folder / "checked.pdf"
    path.write_bytes(data)
    result = outloud.check(str(path), skip=UNFOUNDED)
    unread = [f"it could not be read: {result.error}"] if result.error else []
    crashed = [
        f"{run.rule} crashed: {run.reason}" for run in result.runs if run.status == "crashed"
    ]
    return (
        unread
        + crashed
        + [f"{one.rule}: {one.message} ({one.evidence})" for one in result.findings]
    )
