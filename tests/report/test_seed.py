"""The PDF of Anji County against the text of the original document, paragraph by paragraph.

The original's text is mended by the rows below, each of which must match exactly once; what comes
out must be what the PDF says, line for line.
"""

import json
from itertools import islice
from pathlib import Path

import pytest
from django.conf import settings

ORIGINAL = Path(__file__).parent.parent / "files" / "anji-county.txt"

PRINTED = "a statistic is what is printed"
GROUPED = "numbers are grouped as the reader is used to"
LABEL_FIRST = "the label of a value is read before it, as on the page"
TABLE = "the levels are named once, in the heads of a table"
COVER = "the cover says where the city lies and which levels are complete"
CLAIM = "no sentence claims what did not happen"
TWICE = "the title of a chapter is said once"
MARKS = "values are bold, not between asterisks"
APART = "a value stands apart from its sentence"
GLUED = "every commitment, action and description has its own line"
PRECISION = "a number with a precision, not words"
ONCE = "what holds of a whole chapter or commitment is said once"
NOT_ZERO = "an index not started is not zero"
EDITION = "the edition of the index is named"
CONTENTS = "the list of contents has a heading"
AGE = "the cover says of which version the profile is, and how new its figures are"
RULES = "whose rules the levels follow is said"
LINK = "a link is a link, not between angle brackets"
FOOT = "printed in the foot of each page"
NUMBERED = "actions are numbered, as people and sheets name them"
KEY = "the number of a target has its name where an area first names it"
SUMMARY = "the chapter begins with what it holds"
INFERRED = "whose mapping the targets of the global framework are is said"
COUNTS = "an area begins with what it holds"
NOTHING = "chapters without content stand together"
BADGES = "an action says to which targets of the global framework it contributes"
STATE = "a target says how far it is"

DISCLAIMER = "This document contains information shared by this city"
DESCRIPTION = "Description of how city is taking action"
PATHWAY_INTRO = "The Nature Pathway assists cities with integrating nature"
THROUGHOUT = " throughout their city's plans, policies and operations."
HUB = (
    "The CitiesWithNature tools & resources hub provides a knowledge-sharing platform for cities "
    "to share information and inspire one another."
)
SUBJECTS = (
    "ecosystems\nDecrease conversion",
    "08 April 2026\nDecrease conversion",
    "\nRestore and/or rehabilitate",
    "\nIncrease protected areas",
    "\nIncrease connectivity",
    "\nIntegrate ecosystem protection",
    "\nMaintain or increase the diversity",
    "\nRestore habitat",
    "\nContribute to ensuring",
    "\nControl or eradicate",
    "\nReduce water pollution",
    "\nReduce plastic",
    "\nReduce other types",
    "\nReduce the urban heat",
    "\nIncrease the use of nature-based",
    "\nPromote integration of nature-based",
    "\nIncrease the carbon",
    "\nEnsure the sustainable",
    "\nInclude biodiversity in decision-making",
    "\nIncrease equitable",
    "\nEnable meaningful",
    "\nIntegrate ecosystem and biodiversity",
    "\nInclude ecosystem and biodiversity",
    "\nPromote the reduction",
    "\nReduce the city's material",
    "\nProvide urban residents",
    "\nPromote inclusive",
    "\nPromote the value",
    "\nSupport and strengthen",
    "\nIncrease financial",
)

CONVERSION = "Decrease conversion of natural areas and maintain natural/semi-natural areas"
GOALS = (
    (f"\n1\n{CONVERSION}", 1),
    (f"\n2\n{CONVERSION}", 1),
    ("ecosystems.", 2),
    ("protected areas", 3),
    ("between natural areas", 2, 12),
    ("programmes.", 1, 14),
    ("native species", 4),
    ("valued species", 4),
    ("laws.", 5),
    ("introduction", 6),
    ("health.", 7),
    ("discarded", 7, 16),
    ("pollution", 7),
    ("with nature", 8, 11, 12),
    ("adaptation", 8, 11),
    ("development.", 8, 11, 12),
    ("potential of urban nature", 8, 11),
    ("groups", 9),
    ("forestry.", 10),
    ("wellbeing.", 12),
    ("communities", 12),
    ("accounts", 14),
    ("sectors", 14),
    ("sector", 15),
    ("consumption", 16),
    ("nature.", 16),
    ("learning", 21),
    ("campaigns", 21),
    ("management of urban nature", 22, 23),
    ("actions", 19, 20),
)
"""How the title of each action ends, and the targets to which it contributes."""


def glued(title):
    return (f"{title}**{DESCRIPTION}**", f"{title}\n{DESCRIPTION}", GLUED)


def numbered(number, subject):
    before, after = subject.split("\n")
    return (subject, f"{before}\n{number}\n{after}", NUMBERED)


FIRSTS = (1, 7, 10, 11, 14, 18, 19, 20, 22, 25, 27, 29, 30)
"""The numbers of the first actions of commitments; what is described is said there alone."""
OF_AREAS = (17, 4, 9)
"""How many actions each area has."""


def names_of_targets():
    official = json.loads((settings.BASE_DIR / "catalogue" / "catalogue.json").read_text("utf-8"))
    return {row["number"]: row["name"] for row in official["catalogue.kmgbftarget"]}


def contributions():
    """A row for each action: its targets stand under its title."""
    names, goals, number = names_of_targets(), iter(GOALS), 0
    for count in OF_AREAS:
        named = set()
        for end, *numbers in islice(goals, count):
            number += 1
            badges = " · ".join(
                f"KMGBF Target {one}" + ("" if one in named else f": {names[one]}")
                for one in numbers
            )
            named.update(numbers)
            said = f"\n{DESCRIPTION}" if number in FIRSTS else ""
            yield f"{end}\n{DESCRIPTION}", f"{end}\n{badges}{said}", f"{BADGES}; {KEY}; {ONCE}"


def counted(area, counts):
    return f"\n{area}\n", f"\n{area}\n{counts}\n", COUNTS


STEPS = (
    "1. Commit & mobilize",
    "2. Research & assess",
    "3. Set Baseline",
    "4. Develop strategy",
    "5. Detail & finance projects",
    "6. Implement & monitor",
    "7. Integrate & collaborate",
    "8. Review & upscale",
)
"""Those of which the original says that nothing is linked."""
NO_UPLOADS = "No uploads or resources have been linked"
NO_INDEX = "Anji County has not started on this biodiversity index section"


def empty_steps():
    """A row for each step: that nothing is linked is said once, before them."""
    yield "operations.\nI. Analyze", f"operations.\n{NO_UPLOADS}\nI. Analyze", ONCE
    for step in STEPS:
        yield f"{step}\n{NO_UPLOADS}", step, ONCE


def label_first(value, label):
    return (f"\n{value}\n{label}\n", f"\n{label}\n{value}\n", LABEL_FIRST)


def levels(*percents):
    """How the original names and tells the three levels of a category."""
    names = ("Starter profile", "Frontrunner profile", "Star profile")
    return "".join(
        f"\n{name}\n{percent}% complete" for name, percent in zip(names, percents, strict=True)
    )


def table_row(end, *percents):
    """The levels of a category, whose sentence ends so, as cells of a table."""
    cells = "".join(f"\n{percent}% complete" for percent in percents)
    return (f"{end}{levels(*percents)}", f"{end}{cells}", TABLE)


ROWS = [
    ("2026\nChapter 1", "2026\nContents\nChapter 1", CONTENTS),
    ("2026\nContents", "2026\nWorking copy, not published\nContents", AGE),
    (
        "Anji County\nCity profile",
        "Anji County\nChina · Asia & Oceania\n"
        "Profile: Frontrunner complete · Action Platform: Frontrunner complete\nCity profile",
        COVER,
    ),
    ("600000", "600,000", GROUPED),
    ("\n33\n", "\n30\n", PRINTED),
    label_first("600,000", "Population size"),
    label_first("China", "Country"),
    label_first("Asia & Oceania", "Region"),
    label_first("Yun Lin, Mayor of Anji County", "Head of government"),
    label_first("30", "Actions made on the Action Platform"),
    (
        "\nProfile awards",
        "\nThe levels follow rules of this platform; the official rules are not public."
        "\nCategory\nStarter profile\nFrontrunner profile\nStar profile\nProfile awards",
        f"{RULES}; {TABLE}",
    ),
    table_row("achieved the following:", 67, 100, 0),
    (
        f"The city has engaged with the Nature Pathway to integrate nature{THROUGHOUT}",
        f"{PATHWAY_INTRO}{THROUGHOUT} The city has not yet linked anything to it.",
        CLAIM,
    ),
    table_row("anything to it.", 0, 0, 0),
    (
        "The city has made uploads to the CitiesWithNature tools & resources hub, which provides a "
        "knowledge-sharing platform for cities to share information and inspire one another.",
        f"{HUB} The city has not yet shared anything in it.",
        CLAIM,
    ),
    table_row("anything in it.", 0, 0, 0),
    table_row("nature to flourish.", 100, 100, 50),
    ("The Action Platform\nThe Action Platform\n", "The Action Platform\n", TWICE),
    ("**1886 square km**", "1,886 square km", MARKS),
    ("**386.82 square km**", "386.82 square km", MARKS),
    ("is **1499.18 square km**.", "is 1,499.18 square km.", MARKS),
    ("are **1499.18 square km** areas", "are 1,499.18 square km areas", MARKS),
    ("**151.74 square km**", "151.74 square km", MARKS),
    ("are integrated into安吉", "are integrated into 安吉", APART),
    (
        "marine species is included in **生态保护、生态产品开发利用政策** policies",
        "marine species is included in 生态保护、生态产品开发利用政策 policies",
        MARKS,
    ),
    (
        "-forestry is included in **生态保护、生态产品开发利用政策** policies",
        "-forestry is included in 生态保护、生态产品开发利用政策 policies",
        MARKS,
    ),
    ("has 1499.18 square kilometers", "has 1,499.18 square kilometers", GROUPED),
    ("by 100 % of", "by 100% of", GROUPED),
    (
        "Mainstreaming biodiversity values**Integrate",
        "Commitment Made:\nMainstreaming biodiversity values\nIntegrate",
        GLUED,
    ),
    (f"accounts****{DESCRIPTION}**", f"accounts\n{DESCRIPTION}", GLUED),
    ("biodiversity values into安吉", "biodiversity values into 安吉", APART),
    glued("Include ecosystem and biodiversity values across urban economic sectors"),
    glued("biodiversity-related risks to investment and the private sector"),
    (
        "Sustainable production and consumption**Reduce",
        "Commitment Made:\nSustainable production and consumption\nReduce",
        GLUED,
    ),
    (f"consumption****{DESCRIPTION}**", f"consumption\n{DESCRIPTION}", GLUED),
    ("is taking“以竹代塑” measures", "is taking “以竹代塑” measures", APART),
    glued("lifestyles in harmony with nature."),
    ("there are 超过356位 city", "there are more than 356 city", PRECISION),
    ("Nature Pathway\nNature Pathway\n", "Nature Pathway\n", TWICE),
    *empty_steps(),
    ("City Biodiversity Index\nCity Biodiversity Index\n", "City Biodiversity Index\n", TWICE),
    (
        "This city has measured the following total CBI score out of 112 points:\n0 Points\n",
        "Not started · – of 112 (Singapore Index on Cities' Biodiversity, 2021 edition)\n"
        f"{NO_INDEX}\n",
        f"{NOT_ZERO}; {EDITION}; {ONCE}",
    ),
    *(
        (
            f"Core Component Total Score: 0 of {points} points\n{NO_INDEX}",
            f"Not started · – of {points}",
            f"{NOT_ZERO}; {ONCE}",
        )
        for points in (36, 20, 56)
    ),
    ("Tools & resources\nTools & resources\n", "Tools & resources\n", TWICE),
    ("<https://citieswithnature.org/privacy>", "https://citieswithnature.org/privacy", LINK),
    ("\nwww.citieswithnature.org", "", FOOT),
    (
        "nature to flourish.\nAction area 1\n",
        "nature to flourish.\nActions\n30\nCommitments made\n13\nActions with a baseline\n18\n"
        "Actions with a target\n1\nTargets reached or on track\n0\nAction area 1\n",
        SUMMARY,
    ),
    counted(
        "Protect and restore nature", "17 actions · 10 with a starting point · 1 with a target"
    ),
    counted("Use nature sustainably", "4 actions · 4 with a starting point"),
    counted("Develop tools and solutions", "9 actions · 4 with a starting point"),
    (
        "1 with a target\n",
        "1 with a target\n"
        "KMGBF: Kunming-Montreal Global Biodiversity Framework. Which of its targets an action "
        "contributes to is inferred by this platform; it is not official.\n",
        INFERRED,
    ),
    ("\nTarget:\n", "\nTarget:\nNo data yet\n", STATE),
    ("08 April 2026\nChapter 3", "08 April 2026\nNot reported yet:\nChapter 3", NOTHING),
    *(numbered(number, subject) for number, subject in enumerate(SUBJECTS, 1)),
    *contributions(),
]


KM2, PERCENT, THINGS = ("km2", "exactly"), ("percent", "exactly"), ("count", "exactly")
TONNES = ("t/person/year", "exactly")
BASELINES = {
    1: {
        "total_area": ("1886", *KM2),
        "converted_area": ("386.82", *KM2),
        "natural_area": ("1499.18", *KM2),
    },
    4: {"important_area": ("1499.18", *KM2), "protected_area": ("151.74", *KM2)},
    6: {"extent_or_names": "安吉城市总体规划及相关专项规划、行动"},
    9: {"status": "yes"},
    11: {"share_good_quality": ("100", *PERCENT)},
    13: {"landfill_per_person": ("0", *TONNES)},
    14: {
        "green_cover": ("74.43", *PERCENT),
        "tree_share": ("59.62", *PERCENT),
        "other_share": ("40.38", *PERCENT),
    },
    15: {"status": "yes"},
    16: {"status": "yes"},
    17: {"tree_cover": ("59.62", *PERCENT)},
    18: {"extent_or_names": "生态保护、生态产品开发利用政策"},
    19: {"extent_or_names": "生态保护、生态产品开发利用政策"},
    20: {"green_blue_area": ("1499.18", *KM2), "share_with_access": ("100", *PERCENT)},
    21: {"campaigns": ("18", *THINGS)},
    22: {"extent_or_names": "安吉城市总体规划及相关专项规划、行动"},
    25: {"measures": "“以竹代塑”"},
    27: {"status": "yes"},
    30: {"officials": ("356", "count", "more-than")},
}
"""Number of the action → what the original states, as typed values: (number, unit, precision)."""


def typed(value):
    if value.number is None:
        return value.text.value
    return f"{value.number.normalize():f}", value.unit, value.precision


def test_every_baseline_is_a_typed_value(anji_document):
    """The original prints neither year nor source of any figure, and one target without a year."""
    actions = anji_document.actions.actions
    stated = {action.number: action.baseline for action in actions if action.baseline}
    assert {
        number: {value.measure: typed(value) for value in baseline.values}
        for number, baseline in stated.items()
    } == BASELINES
    for baseline in stated.values():
        assert baseline.updated.date.isoformat() == "2026-04-08"
        assert (baseline.year, baseline.source, baseline.source_link) == (None, None, None)
    ((number, target),) = [(a.number, target) for a in actions for target in a.targets]
    assert (number, target.due_year, target.values) == (16, None, ())
    assert target.updated.date.isoformat() == "2025-06-19"


def test_every_figure_of_a_baseline_stands_in_the_original(original):
    """As printed there: ungrouped, and for the one with a precision in the city's own words."""
    for values in BASELINES.values():
        for value in values.values():
            if value != "yes":
                word = value if isinstance(value, str) else value[0]
                assert word in original


@pytest.fixture(scope="module")
def original():
    """The original's paragraphs, one a line, white space folded."""
    lines = ORIGINAL.read_text(encoding="utf-8").split("\n")
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def mended(text):
    for fragment, replacement, reason in ROWS:
        count = text.count(fragment)
        assert count == 1, f"{fragment!r} ({reason}) is there {count} times"
        assert fragment != replacement
        text = text.replace(fragment, replacement)
    return text


def test_the_pdf_says_what_the_original_says_once_mended(original, reading_of):
    lines = reading_of("anji-county").lines
    lines = without(lines, "At a glance", "Contents")
    lines = without(lines, "What these numbers are", DISCLAIMER)
    assert lines == mended(original).split("\n")


def without(lines, first, after):
    """Without the lines from `first` to the one that begins with `after`: words of the platform."""
    start = lines.index(first)
    end = next(at for at, line in enumerate(lines) if at > start and line.startswith(after))
    return [*lines[:start], *lines[end:]]


def test_the_foot_of_the_original_is_in_the_foot_of_each_page_but_the_cover(reading_of):
    cover, *others = reading_of("anji-county").artifacts
    assert "www.citieswithnature.org" not in cover
    assert all("www.citieswithnature.org" in foot for foot in others)


def test_nothing_but_heads_and_feet_stands_outside_the_reading_order(reading_of):
    cover, glance, *others = reading_of("anji-county").artifacts
    assert cover == ""
    assert "3 0" in glance  # in the rosette, beside the sentence that says the same
    foot = "Working copy, not published www.citieswithnature.org Page"
    for number, outside in enumerate(others, 3):
        words = " ".join(outside.split())
        assert words.startswith("Anji County ")
        assert words.endswith(f"{foot} {number} of {len(others) + 2}")


def test_a_superfluous_or_a_missing_row_is_noticed(original):
    assert "**" in original
    assert mended(original).count("**") == 0
    with pytest.raises(AssertionError, match="0 times"):
        mended(original.replace("600000", "600,000"))
