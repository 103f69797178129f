"""The form of the list of cities, sent by GET."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from achievements.models import Rule
from catalogue.folding import fold
from catalogue.texts import Texts
from profiles.explorer import BY_NAME, BY_SIZE, COUNTED, NEWEST
from profiles.models import Country, Region
from profiles.sizes import SIZES
from publishing.facets import ANY

from .action_forms import PlainSelect
from .resource_forms import Choice, LanguageChoice, numbered

ORDERS = [
    ("", _("By name")),
    (NEWEST, _("Changed lately")),
    (BY_SIZE, _("By people, the largest first")),
]
NAMED = ("code", "name", "translations")


class AwardChoice(Choice):
    """A choice among levels of categories, in groups: `achievements.Rule` knows both."""

    def offer(self, counts, chosen):
        super().offer(counts, chosen)
        offered = dict(self.widget.choices[1:])
        groups = []
        for category in Rule.Category:
            codes = [f"{category}.{level}" for level in Rule.Level]
            options = [(code, offered[code]) for code in codes if code in offered]
            if options:
                groups.append((self.categories[category], options))
        self.widget.choices = [self.widget.choices[0], *groups]


class CityFilter(forms.Form):
    """Words, choices and an order. Takes two queries, for the names of countries and regions.

    `countries`: key → `Country`.
    """

    q = forms.CharField(
        label=_("City, country or region"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"type": "search", "autocomplete": "off", "class": "form-control"}),
    )
    region = Choice(label=_("Region"), empty=_("All regions"))
    country = Choice(label=_("Country"), empty=_("All countries"))
    size = Choice(label=_("People in the city"), empty=_("Any number"))
    commitment = Choice(label=_("Commitment"), empty=_("All commitments"))
    target = Choice(label=_("Global target"), empty=_("All targets"))
    award = AwardChoice(label=_("Highest level reached"), empty=_("Any level, or none"))
    index = Choice(label=_("City Biodiversity Index"), empty=_("With and without"))
    phase = Choice(label=_("Nature Pathway, begun"), empty=_("Any phase, or none"))
    language = LanguageChoice(label=_("Language of the profile"), empty=_("All languages"))
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=ORDERS, widget=PlainSelect)

    def __init__(self, data, catalogue):
        super().__init__(data)
        for name, labels in self.labels(catalogue).items():
            self.fields[name].known = labels
        self.is_valid()

    def labels(self, catalogue):
        """Name of a field → value → label."""
        texts = Texts(catalogue)
        self.regions = list(Region.objects.only(*NAMED))
        self.countries = Country.objects.only(*NAMED, "region").in_bulk()
        self.fields["award"].categories = {
            category: str(texts(f"achievements.{category}")) for category in Rule.Category
        }
        return {
            "region": by_name((row.code, str(row.text())) for row in self.regions),
            "country": by_name((row.code, row.label) for row in self.countries.values()),
            "size": {code: str(words) for code, (_limit, words) in SIZES.items()},
            "commitment": {code: str(row.text()) for code, row in catalogue.commitments.items()},
            "target": numbered(catalogue.targets),
            "award": {
                f"{category}.{level}": str(texts(f"achievements.{level}"))
                for category in Rule.Category
                for level in Rule.Level
            },
            "index": {
                ANY: gettext("Has an assessment"),
                **{code: str(row.text()) for code, row in catalogue.editions.items()},
            },
            "phase": numbered(catalogue.phases),
        }

    def chosen(self):
        """The valid choices: name of a facet → code."""
        found = {name: self.cleaned_data.get(name) for name in COUNTED}
        return {name: code for name, code in found.items() if code}

    def countries_chosen(self):
        """The codes of the country that is chosen, or of those of the region that is."""
        chosen = self.chosen()
        if code := chosen.get("country"):
            return [code]
        keys = {row.pk for row in self.regions if row.code == chosen.get("region")}
        return [row.code for row in self.countries.values() if row.region_id in keys]

    @property
    def words(self):
        return self.cleaned_data.get("q") or ""

    @property
    def order(self):
        return self.cleaned_data.get("sort") or BY_NAME

    def offer(self, counts):
        """`counts` as `profiles.explorer.CitySearch.counts` gives them."""
        chosen = self.chosen()
        for name in COUNTED:
            self.fields[name].offer(counts[name], chosen.get(name))

    def choices(self):
        """The bound fields of the filters; call `offer` first."""
        return [self[name] for name in COUNTED]

    def chips(self):
        """(name, label, value as text) of each filter in use."""
        chips = [("q", gettext("Words"), self.words)] if self.words else []
        return chips + [(name, *self.label_of(name, code)) for name, code in self.chosen().items()]

    def label_of(self, name, code):
        """The label of a filter, and that of what is chosen in it."""
        field = self.fields[name]
        if name == "award":
            return field.categories[code.partition(".")[0]], field.known[code]
        return field.label, field.known[code]

    def ignored(self):
        """(label, what was asked for) of the choices that are unknown here."""
        asked = ((name, self.data.get(name, "")) for name in self.errors)
        return [(self.fields[name].label, value) for name, value in asked]

    @property
    def is_used(self):
        """Whether any field is filled in, the order apart."""
        return any(self.data.get(name, "").strip() for name in ("q", *COUNTED))


def by_name(named):
    """(code, label) as a dictionary in the order of the labels."""
    return dict(sorted(named, key=lambda pair: fold(pair[1])))
