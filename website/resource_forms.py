"""The search form of the hub, sent by GET."""

from operator import attrgetter

from django import forms
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.folding import fold
from catalogue.languages import canonical_tag, language_label
from hub.explorer import BY_TITLE, BY_YEAR, NEWEST, NO_CITY
from hub.models import PublicResource
from profiles.fields import LanguageTagField
from profiles.models import Region

from .action_forms import INVALID, PlainSelect

ORDERS = [
    ("", _("Newest first")),
    (BY_YEAR, _("By year, the latest first")),
    (BY_TITLE, _("By title")),
]
NAMED = ("code", "name", "translations")


class Choice(forms.CharField):
    """A choice among `known` (value → label), each with its number of results."""

    widget = PlainSelect

    def __init__(self, *, empty, **kwargs):
        super().__init__(required=False, **kwargs)
        self.empty = empty
        self.known = {}

    def validate(self, value):
        super().validate(value)
        if value and value not in self.known:
            raise forms.ValidationError(INVALID, code="invalid_choice")

    def offer(self, counts, chosen):
        """Set the choices; values without results are left out, except the chosen one."""
        self.widget.choices = [
            ("", self.empty),
            *(
                (value, with_count(label, counts.get(value, 0)))
                for value, label in self.known.items()
                if value == chosen or counts.get(value)
            ),
        ]


class LanguageChoice(Choice):
    """A choice of languages: those that `counts` has, so that any valid tag is accepted."""

    def clean(self, value):
        return canonical_tag(super().clean(value))

    def validate(self, value):
        for check in LanguageTagField.default_validators:
            if value:
                check(value)

    def offer(self, counts, chosen):
        tags = {*counts, *filter(None, [chosen])}
        named = sorted(((tag, language_label(tag)) for tag in tags), key=lambda pair: fold(pair[1]))
        self.known = dict(named)
        super().offer(counts, chosen)


def with_count(label, count):
    return gettext("%(name)s (%(count)s)") % {
        "name": label,
        "count": number_format(count, force_grouping=True),
    }


class ResourceSearch(forms.Form):
    """Words, choices and an order. Takes one query, for the names of the regions."""

    q = forms.CharField(
        label=_("Search resources, for example tree plan or monitoring"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"type": "search", "autocomplete": "off", "class": "form-control"}),
    )
    kind = Choice(label=_("Kind"), empty=_("All kinds"))
    topic = Choice(label=_("Topic"), empty=_("All topics"))
    language = LanguageChoice(label=_("Language"), empty=_("All languages"))
    region = Choice(label=_("Region"), empty=_("All regions"))
    target = Choice(label=_("Global target"), empty=_("All targets"))
    step = Choice(label=_("Step of the Nature Pathway"), empty=_("All steps"))
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=ORDERS, widget=PlainSelect)

    def __init__(self, data, catalogue):
        super().__init__(data)
        kinds = PublicResource._meta.get_field("kind").choices
        known = {
            "kind": {value: capfirst(label) for value, label in kinds},
            "topic": {code: str(topic.text()) for code, topic in catalogue.topics.items()},
            "region": regions(),
            "target": numbered(catalogue.targets),
            "step": numbered(catalogue.steps),
        }
        for name, labels in known.items():
            self.fields[name].known = labels
        self.is_valid()

    def chosen(self):
        """The valid choices: name of a field → value."""
        return {
            name: self.cleaned_data[name]
            for name, field in self.fields.items()
            if isinstance(field, Choice) and self.cleaned_data.get(name)
        }

    def offer(self, counts):
        """`counts` as `hub.explorer.Search.counts` gives them."""
        chosen = self.chosen()
        for name, by_value in counts.items():
            by_text = {str(value): count for value, count in by_value.items()}
            self.fields[name].offer(by_text, chosen.get(name))

    @property
    def order(self):
        return self.cleaned_data.get("sort") or NEWEST

    def choices(self):
        """The bound fields except the words; call `offer` first."""
        return [self[name] for name in self.fields if name != "q"]

    def chips(self):
        """(name, label, value as text) of each filter in use."""
        words = self.cleaned_data.get("q")
        chips = [("q", gettext("Words"), words)] if words else []
        for name, value in self.chosen().items():
            field = self.fields[name]
            chips.append((name, field.label, field.known[value]))
        return chips

    @property
    def is_used(self):
        asked = set(self.fields) - {"sort"}
        return any(self.data.get(name, "").strip() for name in asked)


def regions():
    named = [(row.code, str(row.text())) for row in Region.objects.only(*NAMED)]
    named.sort(key=lambda pair: fold(pair[1]))
    return dict(named) | {NO_CITY: gettext("No city: partner organisations")}


def numbered(rows):
    """Number as text → number and name, of a list of the catalogue."""
    ordered = sorted(rows.values(), key=attrgetter("number"))
    return {str(row.number): f"{row.number} {row.text()}" for row in ordered}
