"""Text of a document → `Profile`: every line is used, or listed as not used with the reason."""

from collections import Counter
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from intake.refusals import UnreadableWorkbook
from profiles.country_names import countries_named
from profiles.texts import DIRECTION_CONTROLS

from . import language_of_text
from .actions import ActionsChapter
from .cover import read_cover
from .feet import part_feet
from .lines import count_lines, lines_of, without_signs_of_html
from .official import CHAPTERS, official_now
from .other_chapters import doubt_points, read_items, read_steps
from .overview import Overview
from .profile import NotUsed, Profile
from .right_to_left import doubt_order
from .stream import Place, Stream, key_of

MOST_LINES = 20_000
MOST_HEADINGS = 1_000
NOTHING_TAKEN = gettext_noop("Nothing was taken from it.")
UNREAD = {
    "cbi": gettext_noop("Of the City Biodiversity Index, whose points are computed here."),
    "pathway": gettext_noop(
        "It stands in the Nature Pathway without an address: add it to its step by hand."
    ),
    "resources": gettext_noop(
        "It stands among the tools and resources, with no address below it: add it by hand."
    ),
}
"""Chapter → why a line of it is left over."""

LONG_TEXT = 40
"""Letters of a text that is found also where it runs over several lines."""


class NotAProfile(UnreadableWorkbook):
    """The text is none of a downloaded profile. The message says so."""


def not_a_profile():
    return NotAProfile(
        _(
            "This is no profile downloaded from CitiesWithNature: neither its cover nor a "
            "heading of its actions is in it."
        )
    )


def too_many_lines():
    return UnreadableWorkbook(
        _("This has more than %d lines: a downloaded profile is shorter.") % MOST_LINES
    )


def read_profile(text, file_name="", *, is_pdf=False):
    """The `Profile` in the text of a document. Raises NotAProfile."""
    official = official_now()
    if count_lines(text) > MOST_LINES:
        raise too_many_lines()
    plain = without_signs_of_html(text)
    # Programs put such marks around words of scripts from right to left.
    shown = DIRECTION_CONTROLS.sub("", plain) if is_pdf else plain
    parted = part_feet(lines_of(shown, is_pdf=is_pdf), official)
    stream = Stream(parted.lines, parted.unsure)
    if not is_profile(stream, official):
        raise not_a_profile()
    refuse_cover_alone(stream, official)
    refuse_too_many(stream, official)
    profile = Profile(file_name, start=stream.place(0), is_ours=official.made(stream))
    if plain != text:
        message = _("Signs such as &amp; are read as the letters that they stand for.")
        profile.doubt(stream.place(0), "", message)
    read_chapters(stream, official, profile, parted.feet)
    return profile


def refuse_cover_alone(stream, official):
    """Refuse what has the line of the cover only, as our page at a glance."""
    signs = ("overview.title", "overview.population", "overview.head", "actions.description")
    if not any(official.label(sign) in stream.letters for sign in signs):
        raise UnreadableWorkbook(
            _(
                "This has the title of a profile only, no chapter of one: is it the page at a "
                "glance? Send the whole profile."
            )
        )


def refuse_too_many(stream, official):
    """Refuse what only a made-up text has: each heading takes a search among the official names."""
    for sign in ("actions.description", "actions.commitment"):
        if stream.letters.count(official.label(sign)) > MOST_HEADINGS:
            raise UnreadableWorkbook(
                _("This has more than %d actions or commitments: a downloaded profile has fewer.")
                % MOST_HEADINGS
            )

    overviews = list(stream.find_all(f"chapter1{official.label('overview.title')}"))
    description = official.label("actions.description")
    if any(stream.letters.find(description, *span) >= 0 for span in pairwise(overviews)):
        raise UnreadableWorkbook(_("Several profiles are in this file: send each by itself."))


def is_profile(stream, official):
    signs = ("cover.line", "actions.description")
    return any(official.label(sign) in stream.letters for sign in signs)


def read_chapters(stream, official, profile, feet):
    printed = lines_printed(stream, official)
    starts = chapter_starts(stream, official)
    spans = chapter_spans(starts, official.disclaimer_in(stream))
    used = read_cover(stream, official, profile, feet)
    used += ActionsChapter(stream, *spans["actions"], official, profile).read()
    used += Overview(stream, *spans["overview"], official, profile).read()
    if profile.is_ours:
        message = _(
            "This document was made by this platform. Export the city as a workbook instead: that "
            "has all of it. Here figures of targets and progress are words; the Nature Pathway, "
            "tools and resources are left out."
        )
        profile.doubt(stream.place(0), "", message, needs_person=True)
    else:
        used += read_steps(stream, *spans["pathway"], official, profile, printed)
        used += read_items(stream, *spans["resources"], profile, printed)
    if spans["cbi"][0] < spans["cbi"][1]:
        doubt_points(stream, *spans["cbi"], profile)
    doubt_left_out(stream, official, profile)
    doubt_city(stream, profile)
    doubt_reading_order(stream, profile)
    doubt_kinds(profile)
    list_not_used(stream, profile, used, feet, printed, spans)


def chapter_starts(stream, official):
    """Chapter → where it begins: at its number and title, or at its title before its first words.

    The table of contents names chapters too, so the last such place counts; the title stands twice
    at the chapter itself.
    """
    found = {}
    for number, name in enumerate(CHAPTERS, start=1):
        title = official.label(f"{name}.title")
        places = list(stream.find_all(f"chapter{number}{title}{title}"))
        places = places or list(stream.find_all(f"chapter{number}{title}"))
        if not places and f"{name}.intro" in official.catalogue.texts:
            places = list(stream.find_all(title + official.label(f"{name}.intro")))
        if places:
            found[name] = places[-1]
    return found


def chapter_spans(starts, end):
    """Chapter → (start, end); a chapter that is missing is empty, the actions never are."""
    spans, order = {}, sorted(starts.values())
    for name in CHAPTERS:
        at = starts.get(name)
        if at is None:
            spans[name] = (end, end)
        else:
            spans[name] = (at, next((one for one in order if one > at), end))
    if "actions" not in starts:
        behind = [starts[one] for one in CHAPTERS[2:] if one in starts]
        spans["actions"] = (0, min(behind, default=end))
    if "overview" not in starts:
        spans["overview"] = (0, spans["actions"][0] or spans["actions"][1])
    return spans


def doubt_left_out(stream, official, profile):
    """Name the lines of no text that are left out as heads or feet of pages."""
    left = [line for line in stream.left_out if not official.is_printed_once(line.text)]
    if left:
        first, words = left[0], ", ".join(line.text for line in left)
        message = _(
            "These lines are left out as heads or feet of pages. They stand in no text; add what "
            "belongs to one."
        )
        profile.doubt(Place(first.number, first.page), words, message)


def doubt_reading_order(stream, profile):
    """Texts of a PDF may come in another order than they are read in."""
    if not stream.lines[0].page:
        return
    message = _("The texts come from a PDF, which does not keep their order: read them over.")
    profile.doubt(stream.place(0), "", message)
    doubt_order(profile, stream.place(0))


def doubt_kinds(profile):
    message = _("The document does not say of what kind this is: choose one.")
    for item in profile.items:
        if not item.step:
            about = {"sheet": "Resources", "thing": item, "header": "Kind", "needs_person": True}
            profile.doubt(item.place, item.title, message, **about)


def doubt_city(stream, profile):
    about = {"sheet": "Cities", "thing": profile}
    first = stream.place(0)
    if not profile.country:
        message = _("No country is printed; a new city needs one.")
        profile.doubt(first, "", message, header="Country", needs_person=True, **about)
    elif len(countries_named(profile.country)) != 1:
        message = _("This is no country that is known here.")
        words = profile.country
        profile.doubt(first, words, message, header="Country", needs_person=True, **about)
    texts = [profile.about, *(action.description for action in profile.actions)]
    profile.language = language_of_text.guess(texts)
    if profile.language:
        message = _("The document does not say its language; this one goes by letters and words.")
    else:
        message = _(
            "In which language the city writes is not clear: add it. A new city without it is "
            "stored as one that writes English."
        )
    is_unclear = not profile.language
    about |= {"header": "Language", "needs_person": is_unclear}
    profile.doubt(first, profile.language, message, **about)
    if not profile.actions:
        profile.doubt(first, "", _("No action was found."), needs_person=True)


def list_not_used(stream, profile, used, feet, printed, spans):
    """List each line that nothing was taken from."""
    taken = Counter()
    for start, end in used:
        for at in range(start, end):
            taken[stream.origins[at][0]] += 1
    listed = {one.place.line for one in profile.not_used}
    for index, line in enumerate(stream.lines):
        if line.text and not taken[index] and line.number not in listed:
            place = Place(line.number, line.page)
            known = known_reason(line, profile, is_printed=index in printed)
            chapter = next((one for one in UNREAD if is_in(stream, index, spans[one])), None)
            why = known or _(UNREAD[chapter] if chapter else NOTHING_TAKEN)
            is_unknown = not known and chapter != "cbi"
            profile.not_used.append(NotUsed(place, line.text, why, is_unknown))
    for line in feet:
        place = Place(line.number, line.page)
        profile.not_used.append(NotUsed(place, line.text, _("Head or foot of a page.")))
    profile.not_used.sort(key=lambda one: one.place.line)


def is_in(stream, index, span):
    """Whether a line lies in a span."""
    start, end = span
    return start < end and stream.origins[start][0] <= index <= stream.origins[end - 1][0]


def lines_printed(stream, official):
    """Indexes of the lines with texts of every document, long ones also over several lines."""
    found = {at for at, line in enumerate(stream.lines) if official.is_printed(line.text)}
    end = official.disclaimer_in(stream)
    if end < len(stream):
        found.update(range(stream.origins[end][0], len(stream.lines)))
    for key in official.printed:
        for at in stream.find_all(key) if len(key) >= LONG_TEXT else ():
            found.update(range(stream.origins[at][0], stream.origins[at + len(key) - 1][0] + 1))
    return found


def known_reason(line, profile, *, is_printed):
    """Why a line is of no use; empty where nobody knows."""
    if line.text == profile.name:
        return _("The name of the city.")
    if not key_of(line.text):
        return _("Marks alone.")
    if is_printed:
        return _("Words that the document prints for every city.")
    if line.text.endswith("% complete"):
        return _("An award, which the platform computes itself.")
    return ""
