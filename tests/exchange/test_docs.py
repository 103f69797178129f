"""docs/workbook.md is true: every sheet with its columns in their order, keys in bold."""

from django.conf import settings

from exchange.sheets import SHEETS


def test_the_page_lists_every_sheet_and_column():
    page = (settings.BASE_DIR / "docs" / "workbook.md").read_text(encoding="utf-8")
    for sheet in SHEETS:
        columns = sheet.fields.values()
        headers = ", ".join(f"**{c.header}**" if c.key else c.header for c in columns)
        assert f"| {sheet.sheet_name} | {headers} |" in page
