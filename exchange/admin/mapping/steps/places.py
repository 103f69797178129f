"""The step “places”: which cities and countries the rows of a list mean."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_countries import countries

from .... import cells
from ....mapping.places.new_addresses import tells_nothing
from ....mapping.places.place import COUNTRY, KEY, LEFT_OUT, NEW, REST
from ....mapping.places.place_guess import adds, decision
from ..step import Step
from .paged import PagedForm, page_in

ASK, OUT = "?", "-"
"""In selects: nothing is decided; the place is left out."""

MOST_SHOWN = 3
"""Addresses that are examples of those that tell no name."""

MOST_LISTED = 1_000
"""Cities that a field offers while somebody types."""

LONGEST_OTHER = 300


class PlacesForm(PagedForm):
    """For each place on the page a select, and for open ones a field for any other address."""

    def __init__(self, *args, draft, unknown, **options):
        self.draft = draft
        super().__init__(*args, **options)
        for at, (word, place) in enumerate(unknown):
            self.fields[f"country{at}"] = forms.ChoiceField(
                label=_("Country of “%s”") % place.country_word,
                choices=[("", _("– to decide –")), *countries],
                initial=draft.decided("places").get(COUNTRY + word, ""),
                required=False,
            )
        self.unknown = unknown
        choices = [(ASK, _("asked one by one")), (OUT, _("left out"))]
        if adds(draft):
            choices.append((NEW, _("made as new cities, where nothing here is like them")))
        self.fields["rest"] = forms.ChoiceField(
            label=_("Cities of the list that are not here, and not decided below, are"),
            choices=choices,
            initial=shown_of(self.rest_now()),
            required=False,
        )

    def rest_now(self):
        decided = self.draft.decided("places")
        if REST in decided:
            return decided[REST]
        return NEW if self.draft.constants.adds_cities and adds(self.draft) else None

    def add_row(self, name, key, place):
        choices = [(ASK, _("– to decide –")), *place.candidates]
        known = [slug for slug, _label in place.candidates]
        if place.becomes and place.becomes not in (NEW, *known):
            choices.append((place.becomes, self.draft.known_cities.cities[place.becomes].label))
        if adds(self.draft) and place.country:
            slug = place.slug if place.becomes == NEW else ""
            choices.append((NEW, _("a new city (%s)") % slug if slug else _("a new city")))
        choices.append((OUT, _("left out")))
        self.fields[name] = forms.ChoiceField(
            label=place.label, choices=choices, initial=shown_of(place.becomes), required=False
        )
        if place.is_open:
            self.fields[f"{name}-other"] = forms.CharField(
                label=_("Another city for “%s”, by its name") % place.label,
                required=False,
                max_length=LONGEST_OTHER,
                widget=forms.TextInput(attrs={"list": "cities", "class": "vTextField"}),
            )

    def clean(self):
        for _at, _key, _place, name in self.rows():
            other = f"{name}-other"
            word = self.cleaned_data.get(other, "")
            if not word:
                continue
            found = self.draft.known_cities.called(word)
            if len(found) == 1:
                self.cleaned_data[name] = found[0].slug
            elif found:
                words = _("Several cities here are called so: write one of them as it is here: %s.")
                labels = "; ".join(f"“{one.label}”" for one in found[:MOST_SHOWN])
                self.add_error(other, words % labels)
            else:
                words = _(
                    "There is no such city among those you may edit. Write its name as it is here."
                )
                self.add_error(other, words)
        return self.cleaned_data

    def decided(self):
        """What was decided before, with what this page says."""
        decided = dict(self.draft.decided("places"))
        for at, (word, _place) in enumerate(self.unknown):
            put(decided, COUNTRY + word, self.cleaned_data[f"country{at}"] or None)
        rest = self.cleaned_data["rest"]
        put(decided, REST, {OUT: LEFT_OUT, NEW: NEW}.get(rest))
        for _at, key, place, name in self.rows():
            becomes = self.cleaned_data[name]
            for one in place.keys:
                decided.pop(KEY + cells.folded(one), None)
            if becomes in (ASK, ""):
                decided.pop(key, None)
            elif not (follows_rest(place) and becomes == shown_of(place.becomes)):
                decided[key] = decision(place, LEFT_OUT if becomes == OUT else becomes)
        return decided


def follows_rest(place):
    """Whether a place is what was decided for all that are neither here nor decided."""
    return place.is_guess and place.becomes in (NEW, LEFT_OUT)


def put(decided, key, value):
    if value is None:
        decided.pop(key, None)
    else:
        decided[key] = value


def shown_of(becomes):
    """The value of a select for what a place becomes."""
    return ASK if becomes is None else becomes or OUT


class Places(Step):
    name = "places"
    title = gettext_lazy("Cities and countries")
    purpose = gettext_lazy("Say which city here each city of the list is.")
    form_class = PlacesForm
    template = "places"

    @property
    def is_needed(self):
        return bool(self.draft.places)

    @property
    def sentence(self):
        places = self.draft.places.values()
        here = sum(place.becomes not in (NEW, LEFT_OUT, None) for place in places)
        new = sum(place.becomes == NEW for place in places)
        out = sum(place.becomes == LEFT_OUT for place in places)
        asked = sum(place.becomes is None for place in places)
        said = [
            ngettext("%d city is here", "%d cities are here", here) % here if here else "",
            ngettext("%d is new", "%d are new", new) % new if new else "",
            ngettext("%d is left out", "%d are left out", out) % out if out else "",
            ngettext("%d is not decided", "%d are not decided", asked) % asked if asked else "",
        ]
        return ", ".join(filter(None, said))

    @property
    def open(self):
        asked = sum(place.becomes is None for place in self.draft.places.values())
        words = ngettext(
            "%d city of the list is not decided: its rows are left out.",
            "%d cities of the list are not decided: their rows are left out.",
            asked,
        )
        return [words % asked] if asked else []

    def form_options(self):
        pairs = sorted(self.draft.places.items(), key=order)
        return {
            "draft": self.draft,
            "pairs": pairs,
            "number": page_in(self.query.get("page", "")),
            "unknown": list(self.unknown().items()),
        }

    def unknown(self):
        """Folded word → a place, of the countries that are not understood, or were decided."""
        decided = self.draft.decided("places")
        found = {}
        for place in self.draft.places.values():
            word = cells.folded(place.country_word)
            if word and (not place.country or COUNTRY + word in decided):
                found.setdefault(word, place)
        return found

    def subjects(self, form):
        return [key for key, _place in (*form.unknown, *form.shown)]

    def decide(self, form):
        return form.decided()

    def context(self, form):
        rows = [
            (place, countries.name(place.country), form[name], form.field(f"{name}-other"))
            for _at, _key, place, name in form.rows()
        ]
        unknown = [(place, form[f"country{at}"]) for at, (_word, place) in enumerate(form.unknown)]
        known = list(self.draft.known_cities.cities.values())
        nameless = [one for one in self.draft.places.values() if is_nameless(one)]
        return {
            "places": rows,
            "told_by": self.draft.places.columns,
            "nameless": len(nameless),
            "addresses": [one.slug for one in nameless[:MOST_SHOWN]],
            "from_key": any(one.keys for one in nameless),
            "unknown": unknown,
            "cities": known if len(known) <= MOST_LISTED else (),
            "left_out": LEFT_OUT,
        }


def is_nameless(place):
    """Whether a place becomes a city with an address that does not tell its name."""
    return place.becomes == NEW and tells_nothing(place)


def order(pair):
    """What was not clear comes first, then addresses that tell no name, then what has most rows;
    decisions change nothing in it."""
    key, place = pair
    is_unclear = place.is_open and place.candidates
    is_nameless_one = place.is_open and tells_nothing(place)
    return not is_unclear, not is_nameless_one, not place.is_open, -place.count, key
