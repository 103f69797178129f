"""The step of what holds for all rows of a list, and of what names a row in it."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.languages import language_name
from profiles.access import is_platform_staff
from profiles.language_fields import LanguageField, named_languages
from profiles.models import Country

from ....lookups.context import editable_cities
from ....mapping.columns.columns import gone_of_cities
from ....mapping.constants import NAMES, WITH_KEYS, subtitles_of
from ....mapping.places.country_languages import language_of
from ....mapping.places.places import NEW, new_places
from ....mapping.words import words
from ....models.mapping import Target
from ..step import Step

OF_CITIES = (Target.CITIES, Target.COMMITMENTS)
"""Targets of which new cities alone are in a language."""

OF_KEYS = ("key_columns", "list_name")
"""The fields by which a row is known again; the others hold for all rows."""


def columns_of(draft, empty=None):
    named = [(column.key, column.name) for column in draft.columns]
    return named if empty is None else [("", empty), *named]


class ConstantsForm(forms.Form):
    """Asks for what the target of the list needs, and no column tells."""

    def __init__(self, *args, draft, **kwargs):
        super().__init__(*args, **kwargs)
        self.draft = draft
        for name in asked_names(draft):
            field = self.fields[name] = getattr(self, f"field_of_{name}")()
            if name in draft.constants.guessed and getattr(draft.constants, name):
                mark = format_html('<span class="guess">{}</span>', _("guess"))
                field.label = format_html("{} {}", field.label, mark)

    def field_of_city(self):
        rows = editable_cities(self.draft.user).order_by("name", "pk")
        cities = rows.values_list("slug", "name", "country__name")
        labels = [(slug, f"{name} ({country})") for slug, name, country in cities]
        return forms.ChoiceField(
            label=_("City"),
            choices=[("", _("choose one")), *labels],
            error_messages={"required": _("Choose the city that the rows belong to.")},
        )

    def field_of_country(self):
        rows = Country.objects.order_by("name").values_list("code", "name")
        return forms.ChoiceField(
            label=_("Country"),
            required=False,
            choices=[("", _("different ones")), *rows],
            help_text=_("Of the cities, where no column tells it."),
        )

    def field_of_commitment(self):
        return forms.ChoiceField(
            label=_("Commitment of all rows"),
            choices=[("", _("choose one")), *words.choices_of("commitment", self.draft)],
            error_messages={"required": _("Choose the commitment that all the cities have made.")},
        )

    def field_of_language(self):
        words = _("Of all rows. Empty: the language of the city's texts.")
        if self.draft.target in OF_CITIES:
            words = _("Of the new cities. Empty: that of their country, if its cities write one.")
        return LanguageField(label=_("Language of the texts"), required=False, help_text=words)

    def field_of_action_type(self):
        return forms.ChoiceField(
            label=_("Action type of rows that name none"),
            required=False,
            choices=[("", _("none")), *words.choices_of("action_type", self.draft)],
            help_text=_(
                "Where no column tells it, the cell of a row is empty or its title tells none."
            ),
        )

    def field_of_type_column(self):
        return forms.ChoiceField(
            label=_("Column that tells the action type"),
            required=False,
            choices=columns_of(self.draft, _("none")),
            help_text=_(
                "Each of its words becomes one of our action types on the page of words. It may "
                "be imported as something else too. Choose “none” where one type is that of all "
                "rows."
            ),
        )

    def field_of_key_columns(self):
        return forms.MultipleChoiceField(
            label=_("What names a row"),
            required=False,
            choices=columns_of(self.draft),
            widget=forms.CheckboxSelectMultiple,
            help_text=_(
                "A number or code that each row keeps from year to year, or its title. It is "
                "stored with the action, so that the same list next year changes the rows instead "
                "of adding them once more."
            ),
        )

    def field_of_list_name(self):
        return forms.CharField(
            label=_("Name of the list"),
            max_length=80,
            required=False,
            help_text=_("Stands before what names a row, so that two lists are never confused."),
        )

    def field_of_continues(self):
        return forms.ChoiceField(
            label=_("Rows that go on with the one above"),
            required=False,
            choices=columns_of(self.draft, _("none: each row is one of its own")),
            help_text=_(
                "A row that is empty in this column, or has the word of the row above and a "
                "subtitle, is a part of the row above: its text is added to the description there."
            ),
        )

    def field_of_adds_cities(self):
        return forms.BooleanField(
            label=_("Make cities that are not here yet"),
            required=False,
            help_text=_(
                "Else their rows are left out, or wait for a choice on the page of places."
            ),
        )


def asked_names(draft):
    """The constants that the target of the list needs."""
    asked = {"language", "adds_cities"}
    if draft.target != Target.CITIES:
        asked |= {"city"} if not draft.used_as("city") else set()
    if draft.target == Target.COMMITMENTS and not draft.used_as("commitment"):
        asked.add("commitment")
    if draft.target == Target.ACTIONS:
        asked |= {"key_columns", "list_name", "continues", "action_type"}
        if not draft.used_as("action_type"):
            asked.add("type_column")
    if draft.target == Target.STATEMENTS:
        asked |= {"list_name", "action_type"}
    if not draft.used_as("country") and (draft.used_as("city") or draft.used_as("name")):
        asked.add("country")
    if draft.used_as("language") or draft.target in OF_CITIES and not new_places(draft):
        asked.discard("language")
    if draft.user is not None and not is_platform_staff(draft.user):
        asked.discard("adds_cities")
    return [name for name in NAMES if name in asked]


class ConstantsStep(Step):
    name = "constants"
    title = gettext_lazy("The same for all rows")
    purpose = gettext_lazy(
        "What no column tells and holds for all rows, and what names a row, so that the list finds "
        "its rows again next time."
    )
    form_class = ConstantsForm
    template = "constants"

    @property
    def is_needed(self):
        return bool(asked_names(self.draft))

    def form_options(self):
        return {"draft": self.draft, "initial": self.initial()}

    def initial(self):
        constants = self.draft.constants
        return {name: getattr(constants, name) for name in asked_names(self.draft)}

    @property
    def sentence(self):
        constants, asked = self.draft.constants, asked_names(self.draft)
        said = {
            "city": constants.city and _("city: %s") % self.city_name(),
            "country": constants.country and _("country: %s") % self.country_name(),
            "commitment": constants.commitment
            and _("commitment: %s") % self.label_of("commitment"),
            "language": self.sentence_of_language(),
            "action_type": constants.action_type
            and _("action type: %s") % self.label_of("action_type"),
            "type_column": constants.type_column
            and _("the action type by the column “%s”") % self.column_name(constants.type_column),
            "key_columns": self.sentence_of_keys(),
            "continues": self.sentence_of_parts(),
            "adds_cities": constants.adds_cities and _("new cities are made"),
        }
        return "; ".join(said[name] for name in asked if said.get(name)) or _("nothing yet")

    def sentence_of_language(self):
        if language := self.draft.constants.language:
            return _("language: %s") % language_name(language)
        tags = dict.fromkeys(language_of(place.country) for place in new_places(self.draft))
        names = [language_name(tag) for tag in tags if tag]
        return names and _("new cities in the language of their country: %s") % ", ".join(names)

    def sentence_of_parts(self):
        constants = self.draft.constants
        if not constants.continues:
            return ""
        words = _("a row without “%s” goes on with the row above")
        if subtitles_of(self.draft):
            words = _(
                "a row without “%s” goes on with the row above, and so does one with the same and "
                "a subtitle"
            )
        return words % self.column_name(constants.continues)

    def sentence_of_keys(self):
        constants = self.draft.constants
        if not constants.key_columns:
            return _("nothing names a row: the same list next year would add its rows once more")
        names = ", ".join(f"“{self.column_name(key)}”" for key in constants.key_columns)
        gaps = {"names": names, "list": constants.list_name}
        return _("a row is known again by %(names)s in the list “%(list)s”") % gaps

    def city_name(self):
        cities = editable_cities(self.draft.user).filter(slug=self.draft.constants.city)
        return cities.values_list("name", flat=True).first() or self.draft.constants.city

    def country_name(self):
        code = self.draft.constants.country
        return Country.objects.filter(code=code).values_list("name", flat=True).first() or code

    def label_of(self, name):
        """What the code of ours is called that was chosen for all rows."""
        code = getattr(self.draft.constants, name)
        return dict(words.choices_of(name, self.draft)).get(code, code)

    def column_name(self, key):
        return next((one.name for one in self.draft.columns if one.key == key), key)

    @property
    def open(self):
        constants, asked = self.draft.constants, asked_names(self.draft)
        found = []
        if "city" in asked and not constants.city:
            found.append(self.asked_for_city())
        if "commitment" in asked and not constants.commitment:
            found.append(_("Choose the commitment that all the cities have made."))
        if "country" in asked and self.lacks_country():
            found.append(_("Choose the country of the cities."))
        if "language" in asked and self.lacks_language():
            found.append(self.question_of_language())
        if "type_column" in asked and not (constants.action_type or constants.type_column):
            found.append(_("Choose the action type, or the column that tells it."))
        return found

    def asked_for_city(self):
        """The question for the city of all rows, with the column that told it last time."""
        by_key = self.draft.decided("columns").get("columns", {})
        if gone := gone_of_cities(self.draft.target, self.draft.columns, by_key):
            words_ = _(
                "“%s” named the cities and is not in this list. Say under “Columns” which column "
                "names them now, or choose one city for all rows."
            )
            return words_ % gone
        return _("Choose the city that the rows belong to.")

    def lacks_country(self):
        """Whether a city of the list could be made or found, if only its country were known."""
        places = self.draft.places.values()
        return self.draft.target == Target.CITIES and any(
            not place.country and place.becomes in (None, NEW) for place in places
        )

    def lacks_language(self):
        """Whether nothing tells the language of the texts, and nobody has left it open."""
        constants = self.draft.constants
        if constants.language or "language" not in constants.guessed:
            return False
        if self.draft.target in OF_CITIES:
            return not any(language_of(place.country) for place in new_places(self.draft))
        return self.draft.target == Target.ACTIONS

    def question_of_language(self):
        if self.draft.target in OF_CITIES:
            return _("Say in which language the new cities write.")
        return _("Say in which language the texts are, or leave it at that of the city's texts.")

    def decide(self, form):
        return dict(form.cleaned_data)

    def context(self, form):
        asked = asked_names(self.draft)
        named = [self.column_name(key) for key in self.draft.constants.key_columns]
        return {
            "same": [field for field in form if field.name not in OF_KEYS],
            "keys": [field for field in form if field.name in OF_KEYS],
            "key_names": [f"“{name}”" for name in named],
            "languages": named_languages() if "language" in asked else (),
            "lacks_key": self.draft.target in WITH_KEYS
            and "key_columns" in asked
            and not self.draft.constants.key_columns,
        }
