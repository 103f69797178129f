"""A downloaded profile becomes a workbook of ours, however its lines were broken."""

import csv
import datetime
import io
import re

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from catalogue import frozen
from exchange.downloaded.files import read_text
from exchange.downloaded.lines import lines_of
from exchange.downloaded.reader import NotAProfile, read_profile
from exchange.downloaded.stored import place_all
from exchange.downloaded.text_of_pdf import name_encodings
from exchange.downloaded.workbook import write_profiles
from exchange.planning import make_plan
from exchange.reading import read
from exchange.writing.with_doubts import in_one
from intake.refusals import Refused
from tests.exchange import printed

pytestmark = pytest.mark.usefixtures("catalogue")

BLANKS = re.compile(r"\s")
PIECE = re.compile("[\u3000-\u9fff\uff00-\uffef“”’]|[^ \u3000-\u9fff\uff00-\uffef“”’]+ ?| ")
LONG_ENOUGH = 60
"""Letters of a paragraph that a program may have wrapped."""


def bare(text):
    return BLANKS.sub("", text or "")


def rows_said(profile):
    """What a profile says, as plain values."""
    return [
        (
            action.type_code,
            bare(action.description),
            [
                (
                    statement.kind,
                    {value.key: bare(value.words) for value in statement.values},
                    bare(statement.text),
                    statement.updated_on,
                )
                for statement in action.statements
            ],
        )
        for action in profile.actions
    ]


def messages(profile, word):
    return [doubt for doubt in profile.doubts if word in doubt.message]


def one_action(*blocks):
    """The profile of a document with these blocks as its actions."""
    return read_profile(printed.text(["Action area 1", "Protect and restore nature", *blocks]))


@pytest.fixture
def anji_profile(catalogue):
    return read_profile(printed.text(), "anji.txt")


def test_the_document_comes_back_as_it_was_entered(anji_profile):
    city, actions = printed.sheets()["Cities"][0], printed.sheets()["Actions"]
    assert anji_profile.name == "Anji County"
    assert anji_profile.day.isoformat() == "2026-06-06"
    assert anji_profile.about == city["About"]
    assert (anji_profile.population, anji_profile.country) == (600_000, "China")
    assert (anji_profile.head_name, anji_profile.head_title) == (
        "Yun Lin",
        "Mayor of Anji County",
    )
    assert [action.description for action in anji_profile.actions] == [
        row["Description"] for row in actions
    ]
    assert [action.type_code for action in anji_profile.actions] == [
        row["Action type"] for row in actions
    ]
    assert len(anji_profile.commitments) == 13
    assert len(list(anji_profile.statements("Baselines"))) == 18
    (pair,) = anji_profile.statements("Targets")
    assert pair[1].text == printed.sheets()["Targets"][0]["Text"]
    assert pair[1].updated_on.isoformat() == "2025-06-19"


def test_every_line_is_used_or_listed_and_doubts_have_their_place(anji_profile):
    assert not [line.text for line in anji_profile.not_used if line.is_unknown]
    (twice,) = messages(anji_profile, "twice")
    assert twice.thing is anji_profile.actions[1]
    (words,) = messages(anji_profile, "words where a number is meant")
    assert words.words == printed.OFFICIALS
    line = printed.text().split("\n")[words.place.line - 1]
    assert printed.OFFICIALS in line
    (short,) = messages(anji_profile, "counts 33 actions; it prints 30")
    assert short.needs_person


def test_its_workbook_imports_as_what_the_city_entered(anji_profile, tmp_path):
    path = tmp_path / "anji.xlsx"
    place_all([anji_profile])
    write_profiles([anji_profile], path)
    workbook = read(path)
    plan = make_plan(workbook)
    assert not list(map(str, plan.problems))
    assert not workbook.unknown
    assert {name: counts["new"] for name, counts in plan.counts.items()} == {
        "Cities": 1,
        "Commitments": 13,
        "Actions": 30,
        "Baselines": 24,
        "Targets": 1,
        "Progress": 0,
    }
    entered = {
        (int(row["Action number"]), row["Measure"]): (row["Value"], row["Precision"] or "")
        for row in printed.sheets()["Baselines"]
    }
    sheet = next(one for one in plan.sheets if one.sheet_name == "Baselines")
    stored = {
        (value.statement.action.number, value.measure.key): value for value in sheet.values.new
    }
    assert stored.keys() == entered.keys()
    for key, (value, precision) in entered.items():
        own = stored[key]
        assert (own.status or own.text or float(own.number)) == value, key
        assert own.precision == (precision or "exactly"), key


def test_what_is_doubtful_about_a_cell_is_a_note_on_it(anji_profile, tmp_path):
    path = tmp_path / "anji.xlsx"
    write_profiles([anji_profile], path)
    book = load_workbook(path)
    cells = [row[3:5] + row[6:7] for row in book["Doubts"].iter_rows(min_row=3, values_only=True)]
    said = [(sheet, cell, words) for sheet, cell, words in cells if cell]
    assert len({cell for _sheet, cell, _words in said}) > 1
    for sheet, cell, words in said:
        assert words in book[sheet][cell].comment.text, cell


def test_a_note_that_says_one_thing_several_times_names_the_words_each_time():
    said = [("Two numbers?", "10 | 5"), ("Two numbers?", "3 | 4"), ("Look.", "all"), ("Look.", "")]
    said += [("A page?", "7")]
    lines = ["“10 | 5”: Two numbers?", "“3 | 4”: Two numbers?", "“all”: Look.", "Look.", "A page?"]
    assert in_one(said).split("\n") == lines


@settings(max_examples=4, deadline=None)
@given(st.data())
def test_line_breaks_and_feet_of_pages_change_nothing(data):
    broken, page = [], 1
    for block in printed.document():
        pieces = wrapped(block, data.draw(st.integers(20, 90)))
        for number, piece in enumerate(pieces):
            broken.append(piece)
            if number and data.draw(st.integers(0, 30)) == 0:
                broken += ["", f"Anji County – page {page}", ""]
                page += 1
        broken += [""] * data.draw(st.integers(0, 1))
    if page == 2:
        broken.append("Anji County – page 2")
    assert rows_said(read_profile("\n".join(broken))) == rows_said(read_profile(printed.text()))


def wrapped(block, width):
    """A paragraph in lines that end between words, or between letters of East Asia."""
    if len(block) < LONG_ENOUGH:
        return [block]
    pieces = PIECE.findall(block)
    lines, line = [], ""
    for piece in pieces:
        if len(line) + len(piece) > width:
            lines.append(line.strip())
            line = ""
        line += piece
    return [*lines, line.strip()]


def test_the_feet_of_pdf_pages_are_known_by_where_they_stand():
    blocks = list(printed.document())
    pages = [blocks[start : start + 20] for start in range(0, len(blocks), 20)]
    text = "\f".join(
        "\n".join([*page, "11/27/26, 11:08 AM", f"file:///x.html {number}/{len(pages)}"])
        for number, page in enumerate(pages, start=1)
    )
    profile = read_profile(text, is_pdf=True)
    assert rows_said(profile) == rows_said(read_profile(printed.text()))
    assert sum("foot" in line.why for line in profile.not_used) == 2 * len(pages)


def test_glued_headings_are_parted_and_named():
    profile = one_action(
        "Mainstreaming biodiversity values**Include ecosystem and biodiversity values across "
        "urban economic sectors**Description of how city is taking action**",
        "We count forests.",
    )
    (action,) = profile.actions
    assert (action.type_code, action.description) == ("economic-sectors", "We count forests.")
    assert [one.code for one in profile.commitments] == ["mainstreaming"]
    assert len(messages(profile, "runs on")) == 2
    assert messages(profile, "Commitment Made")


DESCRIPTION = "Description of how city is taking action"


def test_names_that_are_not_official_are_kept_and_named():
    profile = one_action(
        "Commitment Made:",
        "Plant a million trees",
        "Increase protectd area",
        "Description of how the city is taking action",
        "We protect dunes.",
        "Commitment Made:",
        "Controll Polution",
        "Ban old boilers",
        DESCRIPTION,
        "We ban them.",
    )
    first, second = profile.actions
    assert (first.type_code, first.description) == ("protected-areas", "We protect dunes.")
    assert (second.type_code, second.type_name) == ("", "Ban old boilers")
    assert [one.code for one in profile.commitments] == ["ecosystems", "pollution"]
    waiting = [(one.words, one.header) for one in profile.doubts if one.needs_person]
    assert waiting[:2] == [("Plant a million trees", ""), ("Ban old boilers", "Action type")]


@pytest.mark.parametrize(
    ("type_name", "sentence", "values", "text", "doubt"),
    [
        (
            "Increase protected areas",
            "In our city there are 1,499.18 square km areas of particular importance for "
            "biodiversity and its contributions to people, which include protected areas. The "
            "protected areas currently cover many hectares.",
            {"important_area": "1,499.18 square km"},
            "In our city there are 1,499.18",
            "A number is meant here",
        ),
        (
            "Increase protected areas",
            "In our city there are 12 ha areas of particular importance for biodiversity and its "
            "contributions to people, which include protected areas. The protected areas "
            "currently cover 3.5.",
            {"important_area": "12 ha", "protected_area": "3.5"},
            "",
            "No unit is printed",
        ),
        (
            "Increase the carbon sequestration potential of urban nature",
            "The city curently has a tree cover of 12% which contributes to carbon "
            "sequestration and biodiversity and provides benefits to people.",
            {"tree_cover": "12%"},
            "The city curently",
            "nearly the official one",
        ),
        (
            "Promote inclusive monitoring, evaluation and learning",
            "Currently, the city has no Monitoring, Evaluation and Learning strategy/plan that "
            "incorporates relevant knowledge, including from scientific, local and traditional "
            "sources, for biodiversity decision-making.",
            {"status": "no"},
            "",
            "",
        ),
        (
            "Increase protected areas",
            "We began with nothing.",
            {},
            "We began with nothing.",
            "not the official sentence",
        ),
    ],
)
def test_what_a_sentence_holds(type_name, sentence, values, text, doubt):
    profile = one_action(
        type_name, DESCRIPTION, "Baseline: was low.", "Baseline:", sentence, "Last update: soon"
    )
    (action,) = profile.actions
    assert action.description == "Baseline: was low."
    (baseline,) = action.statements
    assert {value.key: value.words for value in baseline.values} == values
    assert baseline.text.startswith(text)
    assert bool(baseline.text) == bool(text)
    assert not doubt or messages(profile, doubt)
    assert [one.words for one in profile.doubts if one.header == "Last update"] == ["soon"]


AREAS = (
    "In our city there are {} areas of particular importance for biodiversity and its "
    "contributions to people, which include protected areas. The protected areas currently cover "
    "3 square km."
)
PROTECTED = "Increase protected areas"
DAY = "Last update: 08 April 2026"


@pytest.mark.parametrize(
    ("printed_words", "words", "doubt"),
    [
        (".5 square km", ".5", "reads: 0.5"),
        ("- 5 square km", None, "cannot be below zero"),
        ("-\n5 square km", None, "cannot be below zero"),
        ("−5 square km", None, "cannot be below zero"),  # noqa: RUF001 (as programs write a minus)
        ("5 square km*", "5 square km", "A star stands behind"),
        ("1\n886 square km", "1 886", "one number or two"),
        ("1,\n886 square km", None, "one number or two"),
        ("1499.18\n7\nsquare km", None, "A number is meant here"),
        ("1.886,5 squa-\nre km", "1.886,5", "reads: 1886.5"),
        ("1,499 square km", "1,499 square km", "parting thousands"),
        ("1.886 square km", None, "could be 1886 or 1.886"),
        ("30–40 square km", None, "A number is meant here"),
        ("", None, "A gap of the sentence is empty: "),
    ],
)
def test_no_figure_becomes_another_without_a_word(printed_words, words, doubt):
    profile = one_action(
        PROTECTED, DESCRIPTION, "We do.", "Baseline:", AREAS.format(printed_words), DAY
    )
    values = {value.key: value for value in profile.actions[0].statements[0].values}
    assert (values["important_area"].words if "important_area" in values else None) == words
    assert all(value.precision for value in values.values())
    assert messages(profile, doubt)


@pytest.mark.parametrize(
    ("fact", "label", "expected", "doubt"),
    [
        ("12,5", "Population size", {"population": None}, "whole number"),
        ("２３，４５６", "Population size", {"population": 23_456}, "read as 23456"),  # noqa: RUF001
        ("1,5 million", "Population size", {"population": 1_500_000}, "read as 1500000"),
        ("1,886 square km", "Area", {"area": 1886}, ""),
        ("1,5 square km", "Area", {"area": None}, "square km is meant"),
        ("30.5, -119.25", "Location", {"latitude": 30.5, "longitude": -119.25}, ""),
        ("30°23'", "Location", {"latitude": None}, "degrees are meant"),
    ],
)
def test_the_facts_of_a_city(fact, label, expected, doubt):
    text = printed.text([]).replace("600000\n\nPopulation size\n\n", "")
    text = text.replace("Yun Lin, Mayor of Anji County", fact)
    profile = read_profile(text.replace("Head of government", label))
    assert {name: getattr(profile, name) for name in expected} == expected
    assert not doubt or messages(profile, doubt)


def test_a_name_may_stand_on_two_lines():
    text = printed.text([]).replace("Anji County\n", "San Cristobal\nde las Casas\n")
    profile = read_profile(text.replace("Anji County has", "San Cristobal de las Casas has"))
    assert profile.name == "San Cristobal de las Casas"
    assert not [one for one in profile.doubts if one.header == "Name"]


def test_lines_of_a_description_that_look_like_headings_stay_in_it():
    profile = one_action(
        *(PROTECTED, DESCRIPTION, "We work on:", "Increase connectivity between natural areas"),
        *("and on more.", "Protect and restore nature", "and", "Control Pollution"),
        *("Commitment Made: more, ", "Baseline:", "of old"),
        *(
            "Baseline:",
            AREAS.format("5 square km"),
            DAY,
            "Target:",
            "35",
            "7 trees, 2021-",
            "2035.",
        ),
    )
    (action,) = profile.actions
    assert bare(action.description) == bare(
        "We work on: Increase connectivity between natural areas and on more. Protect and restore "
        "nature and Control Pollution Commitment Made: more, Baseline: of old"
    )
    assert [one.kind for one in action.statements] == ["Baselines", "Targets"]
    doubts = messages(profile, "taken as a line of this text")
    assert [one.words for one in doubts] == [
        *("Increase connectivity between natural areas", "Protect and restore nature"),
        *("Control Pollution", "Commitment Made: more,", "Baseline:"),
    ]
    assert all(one.needs_person and one.thing is action for one in doubts)
    assert messages(profile, "No last update stands below")


def test_a_type_without_the_line_of_its_description_is_one_where_its_baseline_stands():
    tree_cover = "Increase the carbon sequestration potential of urban nature"
    sentence = (
        "The city currently has tree cover of 12% which contributes to carbon sequestration and "
        "biodiversity and, provides benefits to people."
    )
    profile = one_action(
        *(PROTECTED, DESCRIPTION, "We protect", tree_cover, "trees.", "Baseline:", sentence, DAY)
    )
    assert [one.type_code for one in profile.actions] == ["protected-areas", "carbon"]
    (heading,) = messages(profile, "the description is missing below")
    assert heading.needs_person


def test_a_baseline_without_its_label_is_found_by_its_sentence():
    profile = one_action(PROTECTED, DESCRIPTION, "We do.", AREAS.format("5 square km"), DAY)
    (action,) = profile.actions
    assert action.description == "We do."
    assert [value.words for value in action.statements[0].values] == ["5 square km", "3 square km"]
    assert messages(profile, "label “Baseline:” is missing")
    profile = one_action(PROTECTED, DESCRIPTION, "We do.", DAY, "And more.")
    assert bare(profile.actions[0].description) == bare(f"We do. {DAY} And more.")
    assert messages(profile, "stays in this text")


def test_labels_that_are_nearly_there():
    profile = one_action(
        *("Commitment Made", "Control Polution", PROTECTED, DESCRIPTION + ":", "We do."),
        *("Basline:", AREAS.format("5 square km"), "Last updated: 08 April 2026"),
        *("Baseline：", AREAS.format("６ square km"), DAY),
    )
    (action,) = profile.actions
    assert action.description == "We do."
    assert [one.code for one in profile.commitments] == ["pollution", "ecosystems"]
    assert messages(profile, "label “Baseline:” is missing")
    first, second = action.statements
    assert first.updated_on == second.updated_on == datetime.date(2026, 4, 8)
    (doubt,) = messages(profile, "another one of these already")
    assert (doubt.thing, doubt.needs_person) == (second, True)


def test_a_commitment_in_another_area_is_named():
    profile = one_action("Action area 2", "Commitment Made:", "Control Pollution", PROTECTED)
    assert [one.words for one in messages(profile, "belongs to the area")] == ["Control Pollution"]


def test_signs_of_html_are_letters():
    profile = read_profile(printed.text([]).replace("&", "&amp;").replace("Yun", "Y&uuml;n&#39;"))
    assert messages(profile, "Signs such as")
    assert profile.head_name == "Yün' Lin"
    assert not [line.text for line in profile.not_used if "amp;" in line.text]


def test_documents_that_are_something_else_are_named():
    note = frozen.current().texts["achievements.rules.note"].name
    ours = read_profile(printed.text([]).replace("Starter profile", f"{note}\n\nStarter profile"))
    assert messages(ours, "made by this platform")
    with pytest.raises(Refused, match="Several profiles"):
        read_profile(printed.text([DESCRIPTION]) + printed.text([]))


def test_figures_that_line_ends_or_pages_may_have_torn_are_doubted():
    words = "We plant 35\n7 trees, 2021-\n2035. Page 3 of 12 More\n\n7\n\ntrees."
    broken = one_action(PROTECTED, DESCRIPTION, words + " plan-\nted")
    assert [one.words for one in messages(broken, "ends with this hyphen")] == ["plan-ted"]
    assert [one.words for one in messages(broken, "one number or two")] == ["35 | 7"]
    pages = messages(broken, "the number of a page")
    assert [(one.words, one.needs_person) for one in pages] == [("Page 3 of 12", True), ("7", True)]


@pytest.mark.parametrize(
    ("words", "day", "doubt"),
    [
        ("06 Juni 2026", "2026-06-06", "read as 2026-06-06"),
        ("8 de abril de 2026", "2026-04-08", "read as 2026-04-08"),
        ("٨ أبريل ٢٠٢٦", "2026-04-08", "read as 2026-04-08"),
        ("6/4/2024", None, "more than one way"),
        ("06 June 2099", None, "still to come"),
        ("8 listopad 2026", None, "one way only"),
        ("19 June 2025 / 08 April 2026", None, "one way only"),
    ],
)
def test_days_in_other_forms(words, day, doubt):
    profile = one_action(
        *(PROTECTED, DESCRIPTION, "We do.", "Baseline:", AREAS.format("5 square km")),
        f"Last update: {words}",
    )
    (baseline,) = profile.actions[0].statements
    assert baseline.updated_on == (day and datetime.date.fromisoformat(day))
    (named,) = messages(profile, doubt)
    assert (named.header, named.thing, named.needs_person) == ("Last update", baseline, day is None)
    assert ("the import would fill in its own day" in named.message) == (day is None)


def test_figures_torn_in_a_sentence_are_doubted_at_their_value():
    blocks = (PROTECTED, DESCRIPTION, "We do.", "Baseline:", AREAS.format("1\n886 square km"), DAY)
    profile = one_action(*blocks)
    (torn,) = messages(profile, "one number or two")
    (area, _other) = profile.actions[0].statements[0].values
    assert (torn.thing, torn.header) == (area, "Value")


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("La ciudad protege los bosques y las aguas con sus vecinos, que también plantan.", "es"),
        ("تحمي المدينة الغابات والمياه مع السكان الذين يزرعون الأشجار في كل حي من أحيائها.", "ar"),
        ("Ponds, 12 ha.", ""),
    ],
)
def test_the_language_is_that_of_the_texts_or_asked(words, language):
    text = printed.text([PROTECTED, DESCRIPTION, words])
    profile = read_profile(text.replace(printed.sheets()["Cities"][0]["About"], words))
    assert profile.language == language
    (asked,) = (one for one in profile.doubts if one.header == "Language")
    assert asked.needs_person == (not language)


def test_the_facts_are_found_below_texts_that_look_like_headings():
    text = printed.text([]).replace("Overview\n", "Overview\n\nof us.\n\nOverview\n", 1)
    text = text.replace("About\n", "About\n\nAchievements\n", 1)
    profile = read_profile(text)
    assert profile.about.startswith("Achievements\n\n安吉县")
    assert profile.about.endswith("Overview\n\nof us.")
    assert (profile.population, profile.country) == (600_000, "China")
    assert messages(profile, "says the same as the heading")
    bare_facts = read_profile(printed.text([]).replace("\n\nOverview\n", "\n"))
    assert (bare_facts.about, bare_facts.population) == (
        printed.sheets()["Cities"][0]["About"],
        600_000,
    )
    assert messages(bare_facts, "missing above these facts")


def test_links_keep_what_stands_beside_them():
    blocks = [
        *("Chapter 3", "Nature Pathway", "Nature Pathway", "1. Commit & mobilize"),
        *("Our charter – www.example.org/charter (2021)", "A promise on paper"),
        *(
            "Chapter 5",
            "Tools & resources",
            "A book",
            "Atlas",
            "of birds",
            "https://example.org/a/",
        ),
    ]
    text = printed.text([]).split("Chapter 3")[0] + "\n\n".join(blocks) + "\nbirds.pdf"
    profile = read_profile(text)
    step, atlas = profile.items
    assert (step.step, step.title, step.url) == (
        *("commit-mobilize", "Our charter", "https://www.example.org/charter"),
    )
    assert [one.words for one in messages(profile, "a title and an address only")] == ["(2021)"]
    assert (atlas.title, atlas.summary, atlas.url) == (
        "Atlas",
        "of birds",
        "https://example.org/a/",
    )
    assert messages(profile, "taken as title and summary")
    assert messages(profile, "may belong to this address: birds.pdf")
    left = [line.text for line in profile.not_used if line.is_unknown]
    assert left == ["A promise on paper", "A book", "birds.pdf"]


def test_marks_that_may_part_thousands_are_named():
    sentence = (
        "Currently, the city has 1.234 city-led outreach, public awareness and education "
        "campaigns that focus on meaningful experiences with nature."
    )
    heading = (
        "Enable meaningful experiences of nature for the health and well-being of urban communities"
    )
    profile = one_action(heading, DESCRIPTION, "We do.", "Baseline:", sentence, DAY)
    (value,) = profile.actions[0].statements[0].values
    assert (value.words, value.number) == ("1.234", None)
    assert messages(profile, "the import reads: 1234")
    areas = AREAS.format("1,499 square km")
    profile = one_action(PROTECTED, DESCRIPTION, "We do.", "Baseline:", areas, DAY)
    assert [one.needs_person for one in messages(profile, "parting thousands")] == [True]


def test_a_sentence_that_says_the_opposite_is_no_official_one():
    profile = one_action(
        "Increase the use of nature-based solutions and ecosystem-based adaptation",
        *(DESCRIPTION, "We do.", "Baseline:"),
        "Currently, the city’s climate change action plan and disaster risk reduction plan do not "
        "incorporate ecosystem-based approach.",
        DAY,
    )
    (baseline,) = profile.actions[0].statements
    assert not [value for value in baseline.values if value.words == "yes"]


def test_figures_at_the_edges_of_pages_are_no_feet():
    blocks = [
        *(PROTECTED, DESCRIPTION, "We do.", "Baseline:", AREAS.format("5 square km"), DAY + "\f")
    ]
    text = printed.text(blocks * 4).replace("600000", "7\f600000\f7")
    profile = read_profile(text, is_pdf=True)
    days = [one.updated_on.isoformat() for _action, one in profile.statements("Baselines")]
    assert days == ["2026-04-08"] * 4
    assert profile.population is None
    assert [one.words for one in profile.doubts if one.header == "Population"] == ["7 600000 7"]


OFFICIAL_FOOT = "www.citieswithnature.org"
OFFICIAL_HEAD = "City profile downloaded from CitiesWithNature"


@pytest.mark.parametrize("between", ["\f", "\n"])
@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("", OFFICIAL_FOOT),
        (OFFICIAL_HEAD, OFFICIAL_FOOT + " {} / 30"),
        (OFFICIAL_HEAD + " {} / 30", ""),
        ("Anji County", OFFICIAL_FOOT + "\nPage {}"),
        ("The Action Platform", "{}"),
    ],
)
def test_heads_and_feet_in_the_words_of_the_document_are_no_text(head, foot, between):
    lines = [line for block in printed.document() for line in wrapped(block, 90)]
    pages = [lines[:3], *(lines[start : start + 25] for start in range(3, len(lines), 25))]
    text = "\n".join(pages[0]) + between
    for number, page in enumerate(pages[1:], start=2):
        whole = filter(None, [head.format(number), *page, foot.format(number)])
        text += "\n".join(whole) + between
    profile = read_profile(text)
    assert rows_said(profile) == rows_said(read_profile(printed.text()))
    assert (profile.name, str(profile.day)) == ("Anji County", "2026-06-06")


def test_what_is_left_out_of_a_text_as_a_foot_is_doubted_at_its_cell():
    text = printed.text([PROTECTED, DESCRIPTION, "We mow.", OFFICIAL_FOOT, "And plant.", *("12",)])
    profile = read_profile(f"{text}\n\nRest\n{OFFICIAL_FOOT}\n\nRest\n{OFFICIAL_FOOT}")
    (action,) = profile.actions
    assert "www" not in action.description
    (doubt,) = messages(profile, "left out as the head or foot")
    assert (doubt.words, doubt.thing, doubt.header) == (OFFICIAL_FOOT, action, "Description")
    assert doubt.needs_person


def test_figures_that_count_up_are_numbers_of_pages_where_they_part_the_whole_text():
    words = "First\n1\nplant,\n2\nwater,\n3\nmow. The map is on\nPage 3 of 12\nof it."
    profile = one_action(PROTECTED, DESCRIPTION, words)
    assert bare(profile.actions[0].description) == bare(words)
    kept = messages(profile, "number of a page")
    assert [one.words for one in kept if one.needs_person] == ["1", "2", "3", "Page 3 of 12"]

    blocks = [PROTECTED, DESCRIPTION, *("We mow.\nAgain." for _line in range(60))]
    lines = printed.text(blocks).split("\n")
    for page in range(1, len(lines) // 30 + 1):
        lines.insert(31 * page - 1, str(page))
    profile = read_profile("\n".join(lines))
    assert not re.search(r"\d", profile.actions[0].description)
    left = messages(profile, "left out as the head or foot")
    assert {(one.header, one.needs_person) for one in left} == {("Description", True)}


def test_lines_in_the_words_of_the_document_stay_in_a_text_and_are_doubted():
    profile = one_action(
        *(PROTECTED, DESCRIPTION, "We answer", "Control Pollution", "with three rules."),
        *("Overview", "Anji County", OFFICIAL_FOOT, "1. Commit & mobilize", PROTECTED, DESCRIPTION),
    )
    first, second = profile.actions
    words = ["Control Pollution", "Overview", "Anji County", OFFICIAL_FOOT, "1. Commit & mobilize"]
    assert all(bare(one) in bare(first.description) for one in [*words, "with three rules."])
    doubts = {one.words for one in profile.doubts if one.thing is first and one.needs_person}
    assert doubts == set(words)
    assert not second.description


def test_addresses_that_a_line_end_may_have_torn_are_doubted():
    text = (
        "See https://example.org/nature/\nplans/2024 and http://example.org/annual_\nreport.pdf, "
        "write to green@\nexample.org or www.example.org.\nThe rest is/was at https://example.org\n"
        "in May."
    )
    profile = one_action(PROTECTED, DESCRIPTION, text)
    assert [one.words for one in messages(profile, "address go on") if one.needs_person] == [
        "https://example.org/nature/ | plans/2024",
        "http://example.org/annual_ | report.pdf,",
        "green@ | example.org",
    ]


def test_the_items_of_a_list_keep_their_lines():
    text = "We met on\n1. May:\n1. Survey\nof dunes\n2. Plan\n3) Work:\na) one\nb) two\n"
    text += "◦ three\n1) four"
    profile = one_action(PROTECTED, DESCRIPTION, text)
    assert profile.actions[0].description == (
        "We met on 1. May:\n1. Survey of dunes\n2. Plan\n3) Work:\na) one\nb) two\n◦ three\n1) four"
    )


def test_rows_of_a_table_that_are_joined_are_doubted():
    text = "It grew in\n2021 by 5 3\nDunes (ha): 12.5  13.0\nMarsh (ha): 3.0  2.5\nand more."
    (doubt,) = messages(one_action(PROTECTED, DESCRIPTION, text), "rows of a table")
    assert doubt.words == "Dunes (ha): 12.5 13.0 | Marsh (ha): 3.0 2.5"
    assert doubt.needs_person


def test_what_no_profile_has_is_refused_before_it_takes_long():
    with pytest.raises(Refused, match="20000 lines"):
        read_profile("\r" * 20_001)
    with pytest.raises(Refused, match="1000 actions"):
        one_action(f"{DESCRIPTION}\n" * 1_001)


def test_letters_of_two_bytes_are_read_as_one():
    encoding = DictionaryObject({NameObject("/Type"): NameObject("/CMap")})
    font = DictionaryObject({NameObject("/Encoding"): encoding})
    fonts = DictionaryObject({NameObject("/F1"): font})
    page = DictionaryObject(
        {NameObject("/Resources"): DictionaryObject({NameObject("/Font"): fonts})}
    )
    name_encodings(page)
    assert font["/Encoding"] == "/Identity-H"


def test_texts_from_right_to_left_are_compared_with_the_pdf():
    text = printed.text(
        [
            *(PROTECTED, DESCRIPTION, "נטענו 35 עצים", "Baseline:", AREAS.format("٩٥ square km")),
            "Last update: ٨ أبريل ٢٠٢٦",
        ]
    ).replace("600000", "٠٠٦")
    assert not messages(read_profile(text), "from right to left")
    profile = read_profile(text, is_pdf=True)
    doubts = messages(profile, "from right to left")
    assert all(one.needs_person for one in doubts)
    assert [(one.sheet, one.header) for one in doubts] == [
        *(("Baselines", "Last update"), ("Cities", "Population")),
        *(("Actions", "Description"), ("Baselines", "Value")),
    ]
    assert profile.actions[0].statements[0].updated_on is None


def test_forms_of_arabic_letters_are_letters_again():
    assert lines_of("ﻣﺪﻳﻨﺔ")[0].text == "مدينة"


def test_the_door_is_written_as_its_language_does():
    assert lines_of("⼾外关")[0].text == "户外关"
    assert lines_of("⼾外關")[0].text == "戶外關"


def test_radicals_of_programs_are_letters_again():
    assert lines_of("⻄南⾯ ﬁne\u00ad", is_pdf=True)[0].text == "西南面fine\u00ad"


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\xff\xfe\x00\xd8 \x80", "UTF-8"),
        ("a.docx", b"x", "PDF"),
        ("a.pdf", b"words", "no PDF"),
        ("a.pdf", b"%PDF-1.4\n\xff\xff", "damaged"),
        ("a.txt", b"<!doctype html><title>Anji</title>", "a web page"),
    ],
)
def test_other_files_are_refused_in_words(name, content, word):
    with pytest.raises(Refused, match=word):
        read_text(io.BytesIO(content), name)


def test_a_pdf_without_text_and_one_with_a_password_are_refused():
    files = ((0, "", "no pages"), (1, "", "pictures"), (1, "secret", "password"))
    for pages, password, word in files:
        writer, file = PdfWriter(), io.BytesIO()
        for _page in range(pages):
            writer.add_blank_page(100, 100)
        if password:
            writer.encrypt(password, algorithm="RC4-128")
        writer.write(file)
        file.seek(0)
        with pytest.raises(Refused, match=word):
            read_text(file, "scan.pdf")


def test_the_page_at_a_glance_is_no_profile():
    with pytest.raises(Refused, match="page at a glance"):
        read_profile("At a glance City profile downloaded from CitiesWithNature\nAnji County")


def test_any_other_text_is_no_profile():
    with pytest.raises(NotAProfile):
        read_profile("Dear all,\n\nplease find the minutes below.")


def test_a_folder_becomes_workbooks_and_a_table(tmp_path, anji):
    source, output = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    text = printed.text(list(printed.actions())[:10])
    (source / "anji.txt").write_text(text, encoding="utf-8")
    (source / "copy.txt").write_text(text, encoding="utf-8")
    (source / "letter.txt").write_text("Dear all", encoding="utf-8")
    (source / "plan.docx").write_bytes(b"x")
    call_command("read_profiles", source, output=output, stdout=io.StringIO())
    with (output / "what-needs-a-person.csv").open(encoding="utf-8-sig") as file:
        table = {row["File"]: row for row in csv.DictReader(file)}
    assert table["anji.txt"]["Actions"] == "1"
    assert "anji.txt" in table["copy.txt"]["What needs a person"]
    assert "no profile" in table["letter.txt"]["What needs a person"]
    assert "A downloaded profile is a PDF" in table["plan.docx"]["What needs a person"]
    assert sorted(path.name for path in output.glob("*.xlsx")) == [
        "anji.txt.xlsx",
        "copy.txt.xlsx",
    ]


def test_an_empty_folder_is_told(tmp_path):
    with pytest.raises(CommandError, match="no .pdf"):
        call_command("read_profiles", tmp_path, output=tmp_path / "out")
