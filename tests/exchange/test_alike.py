"""A text is the same number or day, or the same question, in a form and in a cell."""

import pytest
from django.core.exceptions import ValidationError

from actions.models import Statement
from exchange.columns.widgets import DateWidget, NumberWidget, YearWidget
from exchange.problems import CellError
from profiles.models import City
from profiles.number_fields import form_options

TEXTS = (
    *(
        "1886",
        "1 886,32",
        "1,886",
        "1.886",
        "42.967",
        "１２，５",
        "٢٠٢٤",
        "1,00,000",
        ".5",
        "5 km²",
    ),
    *("500 ha", "> 5", "1e3", "1_000", "½", "1 2 3", "10\u200b5", "\u200e5", "viel", "9" * 200),
    *("12.3450", "-30.4620482", "2024", "2567", "1403", "24", "R6", "2024-05-01", "08/04/2026"),
    *("25/04/2026", "2026年4月8日", "2024-05", "1905-07-16", "soon", "46120"),
)
FIELDS = (
    (City, "population", NumberWidget),
    (City, "area_km2", NumberWidget),
    (City, "latitude", NumberWidget),
    (City, "population_year", YearWidget),
    (Statement, "date", DateWidget),
)


@pytest.mark.parametrize(("model", "name", "widget"), FIELDS)
@pytest.mark.parametrize("text", TEXTS)
def test_form_and_sheet_read_alike(model, name, widget, text):
    field = model._meta.get_field(name)
    cell = widget()
    cell.adopt(field)
    form_field = field.formfield(**form_options(field))
    try:
        read = cell.clean(text)
    except CellError as error:
        with pytest.raises(ValidationError) as asked:
            form_field.to_python(text)
        (message,) = asked.value.messages
        # Where there is nothing to explain, forms say what to write and sheets what is expected.
        assert message == str(error) or message.startswith(("“", "Enter a valid date"))
    else:
        assert form_field.to_python(text) == read
