"""The forms by which platform staff withdraw a version, give it back, or redact a part of it."""

from dataclasses import dataclass, field
from itertools import groupby

from django import forms
from django.utils.functional import cached_property
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import (
    Action,
    CityCommitment,
    OwnFigure,
    Plan,
    Statement,
    Value,
)
from actions.plan_record import PlanRecord
from actions.record import (
    ActionRecord,
    CommitmentRecord,
    OwnFigureRecord,
    StatementRecord,
    ValueRecord,
)
from catalogue.folding import fold, search_words
from cbi.models import Assessment, IndicatorResult
from cbi.record import AssessmentRecord, ResultRecord
from hub.models import Picture, Resource
from hub.record import PictureRecord
from pathway.models import StepItem, StepProgress
from pathway.record import ItemRecord, ProgressRecord
from profiles.models import City, Publication, Redaction
from profiles.printing import FIRST_STRONG_ISOLATE, POP_ISOLATE
from profiles.record import CityRecord, words_of

from .redaction import parts

LONGEST = 80
"""Characters of what stands in a part."""

MOST_SHOWN = 100
"""So many parts are offered at a time."""

CHAPTERS = {
    "city": gettext_lazy("City details"),
    "pictures": gettext_lazy("Pictures"),
    "commitments": gettext_lazy("Commitments made"),
    "actions": gettext_lazy("Actions"),
    "plans": gettext_lazy("Plans"),
    "pathway": gettext_lazy("Nature Pathway"),
    "cbi": gettext_lazy("Assessments by the biodiversity index"),
    "resources": gettext_lazy("Tools & resources"),
}
"""How a path begins → the words for all that begins so."""

MODELS = {
    CityRecord: City,
    PictureRecord: Picture,
    CommitmentRecord: CityCommitment,
    ActionRecord: Action,
    OwnFigureRecord: OwnFigure,
    StatementRecord: Statement,
    ValueRecord: Value,
    PlanRecord: Plan,
    AssessmentRecord: Assessment,
    ResultRecord: IndicatorResult,
    ProgressRecord: StepProgress,
    ItemRecord: StepItem,
    int: Resource,
}
"""Type of a row of a record → the model that has the words for it."""

SHOWN = {
    PictureRecord: lambda row: words_of(row.alternative_text),
    CommitmentRecord: lambda row: row.commitment,
    ActionRecord: lambda row: words_of(row.description),
    OwnFigureRecord: lambda row: words_of(row.name),
    StatementRecord: lambda row: words_of(row.text) or row.updated_on,
    ValueRecord: lambda row: row.status or words_of(row.text) or f"{row.number} {row.unit}",
    PlanRecord: lambda row: words_of(row.title),
    AssessmentRecord: lambda row: f"{row.edition}, {row.year}",
    ResultRecord: lambda row: row.indicator,
    ProgressRecord: lambda row: row.state,
    ItemRecord: lambda row: words_of(row.title),
    int: str,
}
"""Type of a row → what tells readers which one it is."""


def value_of(part):
    """What stands in a `redaction.Part`, in words."""
    value = getattr(part.row, part.field) if part.field else SHOWN[type(part.row)](part.row)
    value = words_of(value) if isinstance(value, dict) else value
    return " ".join(str(value).split())


def beginning_of(part):
    """Of its value; text of any script does not turn the words around it."""
    words = Truncator(value_of(part)).chars(LONGEST)
    return f"{FIRST_STRONG_ISOLATE}{words}{POP_ISOLATE}"


def label_of(part):
    """A `redaction.Part` in words: what it is, and how it begins."""
    meta = MODELS[type(part.row)]._meta
    name = meta.get_field(part.field).verbose_name if part.field else meta.verbose_name
    return f"{capfirst(name)}: {beginning_of(part)}"


@dataclass(slots=True)
class Group:
    """The `redaction.Part`s of a chapter, or of one action, which one looks at together."""

    key: str
    name: str
    parts: list = field(default_factory=list)
    options: list = field(default_factory=list)
    """Of those that are offered: the buttons of the form."""


def groups_of(record):
    """The `Group`s of all parts of a `ProfileRecord`, in their order."""
    return [group_of(key, list(some)) for key, some in groupby(parts(record), key_of_group)]


def key_of_group(part):
    chapter, _dot, rest = part.path.partition(".")
    return f"{chapter}.{rest.partition('.')[0]}" if chapter == "actions" else chapter


def group_of(key, some):
    chapter, _dot, number = key.partition(".")
    if not number:
        return Group(key, str(CHAPTERS[chapter]), some)
    words = {"number": number, "words": beginning_of(some[0])}
    return Group(key, _("Action %(number)s: %(words)s") % words, some)


class WithdrawalForm(forms.ModelForm):
    class Meta:
        model = Publication
        fields = ("withdrawal_note",)
        help_texts = {"withdrawal_note": gettext_lazy("Everybody who asks for it reads this.")}
        error_messages = {
            "withdrawal_note": {"required": gettext_lazy("Say why: a line is enough.")}
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["withdrawal_note"].required = True


class ReinstatementForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("The history of the version tells it; readers do not see it."),
        error_messages={"required": gettext_lazy("Say why: a line is enough.")},
    )


class RedactionForm(forms.ModelForm):
    """`record`: that of the version from which one chooses.

    `asked`: `q` and `part` of the query string, the words and the group to which the choice of
    parts is narrowed. Whatever stands in the record can be taken out.
    """

    path = forms.ChoiceField(
        label=gettext_lazy("What to take out"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is to be taken out.")},
    )
    keeps_working_copy = forms.BooleanField(
        label=gettext_lazy("What the working copy says there now may stay public"),
        required=False,
        label_suffix="",
        help_text=gettext_lazy(
            "Only where the city has replaced what is to be taken out: versions that say what the "
            "rows say now keep it."
        ),
    )

    class Meta:
        model = Redaction
        fields = ("path", "reason")
        help_texts = {
            "reason": gettext_lazy("Readers of each version from which it is taken read this.")
        }
        error_messages = {"reason": {"required": gettext_lazy("Say why: a line is enough.")}}

    def __init__(self, *args, record, asked, **kwargs):
        super().__init__(*args, **kwargs)
        self.groups = groups_of(record)
        self.asked_words, self.asked_group = asked.get("q", ""), asked.get("part", "")
        every = [(part.path, label_of(part)) for group in self.groups for part in group.parts]
        self.fields["path"].choices = every
        self.offered = set(self._offered())

    def _offered(self):
        """The paths of the parts that are asked for, and of the one that is chosen."""
        words, chosen = search_words(self.asked_words), self["path"].value()
        for group in self.groups:
            is_asked = self.asked_group in ("", group.key, group.key.partition(".")[0])
            for part in group.parts:
                text = fold(f"{label_of(part)} {value_of(part)} {part.path}")
                if part.path == chosen or (is_asked and all(word in text for word in words)):
                    yield part.path

    @property
    def places(self):
        """(key, name, number of parts) of each chapter, and of each action below its own."""
        for chapter, groups in groupby(self.groups, lambda group: group.key.partition(".")[0]):
            groups = list(groups)
            yield chapter, CHAPTERS[chapter], sum(len(group.parts) for group in groups)
            for group in groups:
                if group.key != chapter:
                    yield group.key, group.name, len(group.parts)

    @cached_property
    def offered_groups(self):
        """The `Group`s of which something is offered, each with its `options`; so many at most."""
        buttons = {button.data["value"]: button for button in self["path"]}
        left, chosen = MOST_SHOWN, self["path"].value()
        for group in self.groups:
            asked = [part.path for part in group.parts if part.path in self.offered]
            shown = [path for path in asked[:left] if path != chosen]
            left -= len(shown)
            group.options = [buttons[path] for path in asked if path in shown or path == chosen]
        return [group for group in self.groups if group.options]

    @property
    def more(self):
        """How many parts are offered besides those that are shown."""
        return len(self.offered) - sum(len(group.options) for group in self.offered_groups)

    @property
    def other_fields(self):
        return [self["reason"], self["keeps_working_copy"]]
