"""docs/workbook.md is true: every sheet with its columns in their order, keys in bold."""

import re

from django.conf import settings

from exchange.sheets import SHEETS, base
from exchange.sheets.base.model_sheet import ModelSheet


def test_the_page_lists_every_sheet_and_column():
    page = (settings.BASE_DIR / "docs" / "workbook.md").read_text(encoding="utf-8")
    for sheet in SHEETS:
        columns = sheet.fields.values()
        headers = ", ".join(f"**{c.header}**" if c.is_key else c.header for c in columns)
        assert f"| {sheet.sheet_name} | {headers} |" in page


def test_the_page_on_sheets_names_methods_that_are_there():
    hooks = re.findall(r"(\w+)`? \*", base.__doc__)
    assert len(hooks) > 15
    assert [name for name in hooks if not callable(getattr(ModelSheet, name, None))] == []
