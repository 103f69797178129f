"""A kept mapping in words, for people."""

from django.utils.translation import gettext as _

from actions.models import ActionType, Commitment
from catalogue.languages import language_name
from profiles.models import City

from ..models.mapping import Target
from .columns import fields
from .places.place import COUNTRY, NEW, REST
from .words.words import BY_ROW, LEAVE_OUT


def describe(mapping):
    """[(heading, [sentences])] of a kept `Mapping`, in the order of the steps."""
    target = Target(mapping.target)
    decisions = mapping.decisions
    parts = [
        (_("What the rows become"), [target.label]),
        (_("Columns"), list(of_columns(target, decisions))),
        (_("The same for all rows"), list(of_constants(decisions.get("constants", {})))),
        (_("Words"), list(of_words(decisions))),
        (_("Numbers, dates, units"), list(of_formats(decisions.get("formats", {})))),
        (_("Years and measures"), list(of_years(decisions.get("years", {})))),
        (_("Cities"), list(of_places(decisions.get("places", {})))),
    ]
    return [(heading, sentences) for heading, sentences in parts if sentences]


def of_columns(target, decisions):
    left = []
    for key, use in decisions.get("columns", {}).get("columns", {}).items():
        if field := fields.field_of(target, use["field"]):
            yield _("“%(theirs)s” → %(ours)s") % {"theirs": key, "ours": field.label}
        else:
            left.append(f"“{key}”")
    if left:
        yield _("Not imported: %s") % ", ".join(left)


def of_constants(constants):
    if slug := constants.get("city"):
        yield _("City: %s") % (
            City.objects.filter(slug=slug).values_list("name", flat=True).first() or slug
        )
    if code := constants.get("country"):
        yield _("Country: %s") % code
    if language := constants.get("language"):
        yield _("Language: %s") % language_name(language)
    if code := constants.get("action_type"):
        yield _("Action type: %s") % (names_of(ActionType).get(code) or code)
    if key := constants.get("type_column"):
        yield _("The words of “%s” tell the action type.") % key
    if keys := constants.get("key_columns"):
        yield _("A row is known again by: %s") % ", ".join(f"“{key}”" for key in keys)
    if key := constants.get("continues"):
        words = _(
            "A row without “%s” goes on with the row above, and so does one with the same and a "
            "subtitle."
        )
        yield words % key
    if constants.get("adds_cities"):
        yield _("Cities that are not here yet are made.")


def of_words(decisions):
    names = names_of(ActionType) | names_of(Commitment)
    special = {"": _("empty"), LEAVE_OUT: _("the row is left out"), BY_ROW: _("row by row")}
    for key, words in decisions.get("words", {}).get("words", {}).items():
        for word, becomes in words.items():
            ours = special.get(becomes) or names.get(becomes) or becomes
            yield _("“%(column)s”: “%(theirs)s” → %(ours)s") % {
                "column": key,
                "theirs": word,
                "ours": ours,
            }


def names_of(model):
    return dict(model.objects.values_list("code", "name"))


def of_formats(formats):
    for key, form in formats.items():
        said = [
            _("decimals behind “%s”") % form["decimal"] if form.get("decimal") else "",
            _("in %s") % form["unit"] if form.get("unit") else "",
            _("times %s") % form["times"] if form.get("times", "1") != "1" else "",
            _("shares as 0.183") if form.get("share") == "fraction" else "",
            _("days as %s") % form["order"] if form.get("order") else "",
            _("numbers of days as spreadsheets count them") if form.get("serials") else "",
        ]
        if any(said):
            words = ", ".join(filter(None, said))
            yield _("“%(column)s”: %(words)s") % {"column": key, "words": words}


def of_years(years):
    kinds = {
        "progress": _("progress"),
        "target": _("target"),
        "baseline": _("starting point"),
        "": _("not imported"),
    }
    for key, one in years.get("columns", {}).items():
        words = {"column": key, "year": one["year"], "kind": kinds.get(one["kind"], one["kind"])}
        yield _("“%(column)s”: %(year)s, %(kind)s") % words
    types = names_of(ActionType) if years.get("measures") else {}
    for word, one in years.get("measures", {}).items():
        if one.get("action") == "new":
            ours = _("an action of its own")
            if name := types.get(one.get("action_type")):
                ours = f"{ours} ({name})"
        elif one.get("action"):
            ours = _("action %s") % one["action"]
        else:
            ours = _("not imported")
        yield _("“%(theirs)s” → %(ours)s") % {"theirs": word, "ours": ours}


def of_places(places):
    special = {NEW: _("a new city"), "": _("left out")}
    for key, becomes in places.items():
        ours = special.get(becomes.partition("/")[0], becomes)
        if key == REST:
            yield _("Cities that are not here and not decided: %s") % ours
        else:
            theirs = key.removeprefix(COUNTRY)
            yield _("“%(theirs)s” → %(ours)s") % {"theirs": theirs, "ours": ours}
