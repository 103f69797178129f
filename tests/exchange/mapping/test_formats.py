"""A number of a list is the number that was meant, or it is asked; so are its days and years."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange import cells
from exchange.admin.mapping.steps.formats import Formats
from exchange.mapping.numbers import formats
from exchange.mapping.numbers.formats import Format, read_day, read_number, read_year
from exchange.mapping.numbers.of_fields import kept
from exchange.mapping.numbers.unit_words import can_be_counted, unit_in_header
from exchange.problems import CellError
from tests.exchange.mapping.lists import column_of, format_of, list_of

DAY = datetime.date
GROUPS = ("", ".", ",", " ", "\xa0", "\u202f", "'", "’")


def read_or_ask(value, form, unit=""):
    """What a cell says: number, precision and unit, or words; "asked" where it is refused."""
    try:
        reading = read_number(value, form, unit)
    except CellError:
        return "asked"
    if reading.number is None:
        return reading.text
    return tuple(filter(None, (f"{reading.number.normalize():f}", reading.precision, reading.unit)))


def written(number, decimal, group):
    whole, sign, decimals = f"{number:,f}".partition(".")
    return whole.replace(",", group) + (decimal if sign else "") + decimals


conventions = st.tuples(st.sampled_from(".,"), st.sampled_from(GROUPS)).filter(
    lambda pair: pair[0] != pair[1]
)
numbers = st.lists(
    st.decimals(0, 10**11, places=3) | st.decimals(0, 10**4, places=2) | st.integers(0, 10**9),
    min_size=1,
    max_size=6,
).map(lambda found: list(map(Decimal, found)))


@given(numbers, conventions)
@settings(max_examples=80, deadline=None)
def test_a_column_is_read_as_it_was_written_or_asked(meant, convention):
    cells_of = [written(number, *convention) for number in meant]
    form = format_of("baseline", cells_of)
    for cell, number in zip(cells_of, meant, strict=True):
        assert read_or_ask(cell, form) in ("asked", (f"{number.normalize():f}",)), cell
    proved = format_of("baseline", [*cells_of, f"7{convention[0]}5"])
    for cell, number in zip(cells_of, meant, strict=True):
        assert read_number(cell, proved).number == number
    decided = format_of("baseline", cells_of, decided={"decimal": convention[0]})
    for cell, number in zip(cells_of, meant, strict=True):
        assert read_number(cell, decided).number == number


@pytest.mark.parametrize(
    ("cells_of", "decimal", "asks"),
    [
        (["1.234,5", "1.240", "≈14", 3.5], ",", ()),
        (["1,765,000", "2e+05", "NA"], ".", ()),
        (["1.234", "2.345", "1 234"], "", ("decimal",)),
        (["1.234", "2.5", "2,5"], "", ("decimal",)),
        (["2.5", "2,5", "12"], "", ()),
        (["12.05.2020", "7"], "", ()),
        (["0,5 %", "1.234 ha"], ",", ()),
        (["2,5E+05", "1.234"], ",", ()),
    ],
)
def test_one_cell_proves_the_sign_and_none_contradicts(cells_of, decimal, asks):
    form = format_of("baseline", cells_of)
    assert (form.decimal, form.asks) == (decimal, asks)


def test_people_have_no_decimals():
    population = {"header": "Population", "target": "cities"}
    assert format_of("population", ["1.765", "12.345"], **population).decimal == ","
    assert format_of("population", ["1.765", "12,345"], **population).asks == ("decimal",)


def test_what_was_decided_yields_to_what_the_cells_of_this_year_prove():
    form = format_of("baseline", ["1.234", "2.5"], decided={"decimal": ","})
    assert (form.decimal, form.is_guess) == (".", True)
    assert format_of("baseline", ["1.234"], decided={"decimal": ","}).asks == ()


@pytest.mark.parametrize(
    ("value", "reads"),
    [
        ("más de 15", ("15", "more-than")),
        ("≈14", ("14", "about")),
        ("300 ha", ("300", "ha")),
        ("22,5 %", ("22.5", "percent")),
        (cells.Percent(Decimal("18.3")), ("18.3", "percent")),
        ("2,5 Mio. €", ("2500000", "€")),
        ("5万亩", ("50000", "mu")),
        ("12*", ("12",)),
        ("10²", "asked"),
        ("12²", ("12",)),
        ("2e+05", ("200000",)),
        ("1\u202f234,50", ("1234.5",)),
        (0.1 + 0.2, ("0.3",)),
        ("Entre 200 et 500", "Entre 200 et 500"),
        ("200-500", "200-500"),
        ("1.500-2.000", "1.500-2.000"),
        ("10 à 15", "10 à 15"),
        ("≥ 15", "≥ 15"),
        ("5 billion", "5 billion"),
        ("12k", "12k"),
        ("3 bn €", "3 bn €"),
        ("5 M ha", "5 M ha"),
        ("5 m", ("5", "m")),
        ("ca. 1.200 人", ("1200", "about", "人")),
        ("en cours", "en cours"),
        ("-", ""),
        ("[Enter a number]", ""),
        (cells.Broken("#N/A"), ""),
        (cells.Broken("#REF!"), "asked"),
        ("-3", "asked"),
        ("120 %", "asked"),
        (datetime.datetime(2020, 1, 1), "asked"),
        ("5 km²", ("5", "km2")),
        ("1" * 25, "asked"),
    ],
)
def test_a_cell_is_one_number_or_stays_in_words(value, reads):
    assert read_or_ask(value, Format("value", decimal=",")) == reads


def test_what_a_cell_became_is_noted_and_what_needs_a_person_is_a_doubt():
    form = Format("value", decimal=",", unit="ha", times=Decimal(1000))
    assert read_number("1,5", form).notes == ("“1.5” is read as 1500 ha.",)
    assert not read_number("1,5", form).doubts
    assert read_number("1.5", form).doubts[0].startswith("The decimals are written otherwise")
    assert read_number("5 km²", form).doubts == ("The cell says km², its column ha.",)
    (rounded,) = kept(read_number(1 / 3, Format("value")), "value").doubts
    assert "is rounded to 0.333333" in rounded


@pytest.mark.parametrize("said", ["1200", "1200 people", "1.2 thousand inh.", "1200人", "1200 e"])
def test_a_population_is_a_number_of_people(said):
    assert kept(read_number(said, Format("pop")), "population").number == 1200


@pytest.mark.parametrize(
    "said",
    [
        "25%",
        cells.percent(0.25),
        "12 km²",
        "€ 1200",
        cells.Money(1200, "€"),
        "3 t",
        "45 per km²",
        "1200 households",
        "2.5",
    ],
)
def test_a_number_of_something_else_is_no_population(said):
    with pytest.raises(CellError):
        kept(read_number(said, Format("pop", decimal=".")), "population")
    header, times = unit_in_header("Urban population (%)")
    with pytest.raises(CellError):
        kept(read_number("31", Format("pop", unit=header, times=times)), "population")


def test_money_by_the_format_of_a_cell_has_the_unit_and_multiplier_of_its_column():
    money = cells.Money(5, "€")
    read = [
        read_number(money, Format("v", **options))
        for options in (
            {},
            {"unit": "EUR", "times": Decimal(1000)},
            {"unit": "ha"},
        )
    ]
    assert [(one.number, one.unit) for one in read] == [(5, "€"), (5000, "EUR"), (5, "€")]
    assert [bool(one.doubts) for one in read] == [False, False, True]


def test_a_number_is_rounded_once_to_the_decimals_of_its_field():
    found = kept(read_number("1.2344999", Format("area", unit="km2", decimal=".")), "area")
    assert (found.number, found.notes) == (
        Decimal("1.234"),
        ("1.2344999 is rounded to 1.234: 3 decimals are kept.",),
    )


@pytest.mark.parametrize(("said", "word"), [("ca. 3", "about"), ("> 9", "more than")])
@pytest.mark.parametrize("unit", ["km2", "ha"])
def test_words_of_precision_that_no_field_keeps_are_a_doubt_in_every_unit(said, word, unit):
    (doubt,) = kept(read_number(said, Format("area", unit=unit)), "area").doubts
    assert f"“{word}”" in doubt


@pytest.mark.parametrize("unit", ["€", "EUR", "trees per km²", "arbres par an", "kg CO2", "t CO2e"])
def test_money_masses_and_rates_are_no_counts(unit):
    assert not can_be_counted(unit)
    assert all(map(can_be_counted, ["trees", "árboles a sembrar", "people", "Maßnahmen", ""]))


def test_a_formula_without_a_value_says_what_to_do():
    with pytest.raises(CellError, match="The formula in this cell has no value"):
        read_number(cells.Broken(cells.NOT_CALCULATED), Format("value"))
    with pytest.raises(CellError, match="an error .#REF!."):
        read_number(cells.Broken("#REF!"), Format("value"))


def test_an_undecided_cell_says_both_numbers():
    with pytest.raises(CellError, match=r"1234 or 1\.234"):
        read_number("1.234", Format("value"))


def test_the_unit_of_a_cell_goes_before_that_of_its_row_and_column():
    form = Format("value", unit="ha", times=Decimal(1000))
    assert read_or_ask("5", form) == ("5000", "ha")
    assert read_or_ask("5", form, "km²") == ("5", "km2")
    assert read_or_ask("5", Format("value", times=Decimal(1000)), "km²") == ("5000", "km2")
    assert read_or_ask("5", Format("value"), "thousand ha") == ("5000", "ha")
    assert read_or_ask("5", Format("value", unit="ha"), "thousand") == ("5000", "ha")
    assert read_or_ask("5 km2", form, "t") == ("5", "km2")
    assert read_or_ask("5 Mio.", form) == ("5000000", "ha")
    assert read_or_ask(412, Format("value"), "kg por persona y año") == (
        "412",
        "kg por persona y año",
    )


@pytest.mark.parametrize(
    ("cells_of", "share", "asks"),
    [
        ([0.183, 0.4, "22 %"], "fraction", ()),
        ([18.3, 40, 0.4], "", ()),
        ([18.3, 40, 7], "", ()),
        ([0.001, 0.02], "", ("share",)),
        ([cells.Percent(Decimal(18)), "22 %"], "", ()),
    ],
)
def test_shares_between_0_and_1_are_fractions_where_that_is_clear(cells_of, share, asks):
    form = format_of("baseline", cells_of, header="Anteil (%)")
    assert (form.share, form.asks) == (share, asks)
    if share:
        assert read_or_ask(0.183, form) == ("18.3", "percent")
        assert read_or_ask("22 %", form) == ("22", "percent")
    if asks:
        assert read_or_ask(0.183, form) == "asked"
        percent = format_of("baseline", cells_of, "Anteil (%)", decided={"share": "percent"})
        assert read_or_ask(0.183, percent) == ("0.183", "percent")


def test_years_in_headers_are_written_in_one_way_and_each_measure_has_its_shares():
    fields = {
        "Measure": "measure",
        "Unit": "unit",
        "2020": "value_of_year",
        "2021": "value_of_year",
    }
    draft = list_of(
        "statements", fields, ["Cover", "%", 0.18, 0.2], ["Area", "ha", "1.240", "1.234,5"]
    )
    assert draft.formats["2020"].decimal == draft.formats["2021"].decimal == ","
    assert draft.formats["2020"].share == "fraction"
    mixed = list_of("statements", fields, ["Cover", "%", 0.18, 0.2], ["Reuse", "%", 40, 42])
    assert mixed.formats["2020"].asks == ("share",)


@pytest.mark.parametrize(
    ("header", "unit", "times"),
    [
        ("Fläche in ha", "ha", 1),
        ("Superficie (km²)", "km2", 1),
        ("Áreas protegidas (in square km)", "km2", 1),
        ("kg per person", "kg per person", 1),
        ("Waste (kg por persona y año)", "kg por persona y año", 1),
        ("Area (thousand ha)", "ha", 1000),
        ("Kosten in Tsd. €", "€", 1000),
        ("Mio €", "€", 10**6),
        ("面积(千公顷)", "ha", 1000),
        ("人口（万人）", "人", 10**4),
        ("Площадь (тыс. га)", "ha", 1000),
        ("Waste (1000 t)", "t", 1000),
        ("Area m2 per inhabitant", "m2 per inhabitant", 1),
        ("Trees planted (number)", "count", 1),
        ("Anteil Grünfläche in %", "percent", 1),
        ("Population (thousands)", "", 1000),
        ("Fläche km2 1) 31.12.2019", "km2", 1),
        ("superficie totale kmq", "km2", 1),
        ("Arbres en ville", "", 1),
        ("Population 2020", "", 1),
        ("Notes (if any)", "", 1),
        ("Bäume", "", 1),
    ],
)
def test_the_unit_in_a_header(header, unit, times):
    assert unit_in_header(header) == (unit, times)


def test_an_area_of_a_city_without_a_unit_is_asked():
    form = format_of("area", ["12.5"], "Area", target="cities")
    assert form.asks == ("unit",)
    assert read_or_ask("12.5", form) == "asked"
    decided = format_of("area", ["12.5"], "Area", "cities", {"unit": "ha"})
    reading = formats.in_unit(read_number("12.5", decided), "km2")
    assert (reading.number, reading.unit) == (Decimal("0.125"), "km2")
    draft = list_of("cities", {"Area": "area", "Unit": "area_unit"}, ["12.5", "ha"])
    assert draft.formats["area"].asks == ()


def test_each_measure_in_headers_has_its_unit_which_a_new_year_keeps():
    area = ("Area (m2) 2020", "Area (m2) 2021")
    trees = ("Trees (number) 2020", "Trees (number) 2021")
    fields = dict.fromkeys((*area, *trees), "value_of_year")
    decided = {"trees (number) 2020": {"unit": "", "times": "1000"}}
    draft = list_of("statements", fields, ["1,5", "2,5", "7", "1.250"], formats=decided)
    groups = [[use.column.name for use in group] for group in formats.groups_of(draft)]
    assert groups == [[*area], [*trees]]
    said = [(form.unit, form.times, form.decimal) for form in draft.formats.values()]
    assert said == [("m2", 1, ",")] * 2 + [("", 1000, ",")] * 2


def test_a_new_year_of_a_figure_of_actions_is_read_as_the_others():
    fields = {"Stand 2021": "progress", "Stand 2022": "progress", "Ziel 2030": "target"}
    decided = {"stand 2021": {"unit": "ha", "times": "1000"}}
    draft = list_of("actions", fields, ["1", "2", "3"], formats=decided)
    said = [(form.unit, form.times) for form in draft.formats.values()]
    assert said == [("ha", 1000), ("ha", 1000), ("", 1)]


def test_kilograms_a_person_and_year_become_tonnes():
    reading = read_number("412", Format("value"), "kg por persona y año")
    assert formats.in_unit(reading, "t/person/year").number == Decimal("0.412")
    with pytest.raises(CellError):
        formats.in_unit(read_number("412", Format("value"), "kg per person"), "t/person/year")


@pytest.mark.parametrize(
    ("cells_of", "order", "asks"),
    [
        (["12/14/20", "1/2/20"], "mdy", ()),
        (["31/12/2020", "01/02/2020"], "dmy", ()),
        (["01/02/2020", "03/04/2020"], "", ("order",)),
        (["31/12/2020", "12/31/2020"], "", ()),
        (["03.04.2021"], "dmy", ()),
        (["20/12/14", "20/12/15", "21/12/16"], "ymd", ()),
        (["2020-03-04", datetime.datetime(2020, 1, 2)], "", ()),
        ([46388, datetime.datetime(2020, 1, 2)], "", ()),
        ([46388, 46389], "", ("serials",)),
    ],
)
def test_the_order_of_days_is_that_of_a_cell_that_proves_it(cells_of, order, asks):
    form = format_of("updated_on", cells_of, header="Stand")
    assert (form.order, form.asks) == (order, asks)
    assert form.serials == (46388 in cells_of and not asks)


def test_a_bare_number_is_a_day_only_where_the_column_says_so():
    with pytest.raises(CellError, match="as a spreadsheet counts days"):
        read_day(46388, Format("day"))


def test_days_that_go_into_a_text_need_no_order():
    form = format_of("days", ["01/02/2020", "2028"], header="Stand")
    assert (form.order, form.asks) == ("", ())


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("12/14/20", DAY(2020, 12, 14)),
        ("3/4/2021", DAY(2021, 3, 4)),
        ("12/14/2020 10:30", DAY(2020, 12, 14)),
        ("1er janvier 2024", DAY(2024, 1, 1)),
        ("3 de enero de 2023", DAY(2023, 1, 3)),
        ("15 января 2024 г.", DAY(2024, 1, 15)),
        ("3. März 2024", DAY(2024, 3, 3)),
        ("14-Dec-20", DAY(2020, 12, 14)),
        ("2024년 3월 1일", DAY(2024, 3, 1)),
        (46388, DAY(2027, 1, 1)),
        (20251231, DAY(2025, 12, 31)),
        ("01-ABR-17", DAY(2017, 4, 1)),
        ("2020-12-31T00:00:00Z", DAY(2020, 12, 31)),
        ("Dec 31st, 2020", DAY(2020, 12, 31)),
        ("46388", DAY(2027, 1, 1)),
        ("n/d", None),
        ("2028", "2028 is a year, not a day"),
        (2028, "2028 is a year, not a day"),
        ("2567-01-02", "Is 2024 meant"),
        ("3 listopada 2020", "not a date"),
        ("2016-01-01 - 2016-12-31", "not a date"),
    ],
)
def test_days(value, day):
    form = Format("day", order="mdy", serials=True)
    if isinstance(day, str):
        with pytest.raises(CellError, match=day):
            read_day(value, form)
    else:
        assert read_day(value, form)[0] == day


@pytest.mark.parametrize(
    ("value", "year"),
    [
        (2019.0, 2019),
        ("2015/16", 2016),
        ("2015-2020", 2020),
        ("2016-01-01 - 2016-12-31", 2016),
        ("1999/00", 2000),
        ("2019-05", 2019),
        ("bis 2030", 2030),
        ("31.12.2030", 2030),
        (datetime.datetime(2020, 12, 31), 2020),
        ("-", None),
        ("2009/10", "not one year"),
        ("base 2019, meta 2030", "not one year"),
        ("5-10 years", "not one year"),
        ("2567 BE", "Is 2024 meant"),
        ("令和6年", "Is 2024 meant"),
        (46388, "as a spreadsheet counts days"),
        ("1892", "between 1900 and 2100"),
    ],
)
def test_years(value, year):
    if isinstance(year, str):
        with pytest.raises(CellError, match=year):
            read_year(value, Format("year"))
    else:
        found, notes = read_year(value, Format("year"))
        assert (found, bool(notes)) == (year, value not in (2019.0, "-"))


def test_a_period_in_the_column_tells_that_all_are():
    form = format_of("baseline_year", ["2009/10", "2012/13"])
    assert read_year("2009/10", form)[0] == 2010


def test_the_box_of_bare_days_stays_where_it_was_left_empty():
    draft = column_of("updated_on", [44881], "Date", decided={"serials": False})
    assert not draft.formats["date"].serials
    assert "serials" in dict(Formats(draft).groups[0].fields())
