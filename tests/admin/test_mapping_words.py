"""The pages on which the words, numbers and days of a list are decided."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from exchange.mapping import sent
from exchange.mapping.draft import Draft
from exchange.mapping.words.words import BY_ROW
from exchange.models import MappedFile

COLUMNS = {
    "action": "title",
    "theme": "action_type",
    "due": "target_year",
    "area (ha)": "target",
    "day": "updated_on",
}


def mapped_file(people, rows):
    """A list of these rows, of which the columns are decided."""
    lines = ["Action;Theme;Due;Area (ha);Day", *rows]
    file = SimpleUploadedFile("plan.csv", "\n".join(lines).encode())
    mapped = sent.receive(people["staff"], file)
    mapped.decisions = {
        "target": {"target": "actions"},
        "columns": {"columns": {key: {"field": field} for key, field in COLUMNS.items()}},
        "constants": {"type_column": ""},
    }
    mapped.save()
    return mapped


def page_of(mapped, step):
    return reverse("admin:exchange_mappedfile_step", args=[mapped.pk, step])


def field_of(answer, *words):
    """The name of the field in the row of the page that has these words."""
    rows = re.findall(r"<tr.*?</tr>", answer.content.decode(), re.DOTALL)
    (row,) = [row for row in rows if "<select" in row and all(f">{one}<" in row for one in words)]
    return re.search(r'<select name="(\w+)"', row)[1]


def draft_of(mapped):
    mapped.refresh_from_db()
    return Draft.of(mapped, mapped.user)


def test_words_of_several_pages_are_decided_each_once(people, staff):
    rows = [f"Hedges {number};Theme {number};;;" for number in range(60)]
    mapped = mapped_file(people, ["Ponds;Éducation à la nature;;;", *rows, "Trees;Green;;;"])
    page = page_of(mapped, "words")
    answer = staff.get(page)
    assert "Page 1 of 2" in answer.content.decode()
    # What is not clear comes first, whatever is decided meanwhile.
    assert ">Éducation à la nature</bdi>" not in answer.content.decode()
    first = {field_of(answer, "Theme 3"): "carbon", field_of(answer, "Theme 4"): "?"}
    went = staff.post(page, {**first, "_page": "2"})
    assert went.url == f"{page}?page=2"
    assert MappedFile.objects.get().decisions["words"]["words"]["theme"]["theme 3"] == "carbon"
    second = staff.get(went.url)
    rest = re.search(r'<select name="(\w+)" id="\w+">', second.content.decode())[1]
    staff.post(went.url, {field_of(second, "Green"): BY_ROW, rest: "plastic"})
    known = {one.word: one.becomes for one in draft_of(mapped).words["theme"].words}
    assert known.pop("Éducation à la nature") == "awareness-education"
    assert (known.pop("Theme 3"), known.pop("Green")) == ("carbon", BY_ROW)
    assert set(known.values()) == {"plastic"}
    # The rows of the word that is decided row by row are behind the words.
    third = staff.get(went.url)
    staff.post(went.url, {field_of(third, "63", "Trees"): "urban-heat"})
    assert list(draft_of(mapped).words["theme"].by_row.values()) == ["urban-heat"]


def test_a_column_that_proves_nothing_is_asked_and_shows_how_it_is_read(people, staff):
    mapped = mapped_file(
        people, ["A;Carbon;2015/16;1.234;03/04/2020", "B;Carbon;fin 2030;2 ha;05/06/2020"]
    )
    page = page_of(mapped, "formats")
    content = staff.get(page).content.decode()
    assert "This could be 1234 or 1.234" in content
    assert "– to decide –" in content
    overview = staff.get(mapped.get_absolute_url()).content.decode()
    assert "Say for “Area (ha)” which sign stands before the decimals." in overview
    assert "Say for “Day” in which order its days are written." in overview
    names = {name: re.search(rf'name="(\w+-{name})"', content)[1] for name in ("decimal", "order")}
    names["unit"] = names["decimal"].replace("decimal", "unit")
    names["times"] = names["decimal"].replace("decimal", "times")
    said = {names["decimal"]: ",", names["unit"]: "thousand ha", names["times"]: "1000"}
    assert "Write the unit alone" in staff.post(page, said).content.decode()
    said |= {names["unit"]: "hectares", names["order"]: "mdy", "_look": "1"}
    content = staff.get(staff.post(page, said).url).content.decode()
    assert "1234000 ha" in content
    assert "2020-03-04" in content
    forms = draft_of(mapped).formats
    assert not any(form.asks for form in forms.values())
    assert forms["area (ha)"].unit == "ha"
