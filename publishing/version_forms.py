"""The forms by which platform staff withdraw a version, or redact a part of the profile."""

from django import forms
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
from cbi.models import Assessment, IndicatorResult
from cbi.record import AssessmentRecord, ResultRecord
from hub.models import Picture, Resource
from hub.record import PictureRecord
from pathway.models import StepItem, StepProgress
from pathway.record import ItemRecord, ProgressRecord
from profiles.models import City, Publication, Redaction
from profiles.record import CityRecord, words_of

from .redaction import parts

LONGEST = 80
"""Characters of what stands in a part."""

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


def label_of(part):
    """A `redaction.Part` in words: what it is, how it begins, and its path."""
    meta = MODELS[type(part.row)]._meta
    name, value = meta.verbose_name, ""
    if part.field:
        name, value = meta.get_field(part.field).verbose_name, getattr(part.row, part.field)
        value = words_of(value) if isinstance(value, dict) else value
    else:
        value = SHOWN[type(part.row)](part.row)
    shown = Truncator(" ".join(str(value).split())).chars(LONGEST)
    return f"{capfirst(name)}: {shown} ({part.path})"


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


class RedactionForm(forms.ModelForm):
    """`record`: that of the version from which one chooses."""

    path = forms.ChoiceField(
        label=gettext_lazy("What to take out"),
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

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(part.path, label_of(part)) for part in parts(record)]
        self.fields["path"].choices = [("", _("Choose")), *choices]
