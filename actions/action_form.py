from itertools import groupby

from django.forms.models import ModelChoiceField, ModelChoiceIterator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from profiles.admin_base import CityRowForm

from .models import ActionType, Value


class TypesByCommitment(ModelChoiceIterator):
    """The action types under "area › commitment", in the order of the catalogue."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        rows = self.queryset.select_related("commitment__area")
        rows = rows.order_by("commitment__area__position", "commitment__position", "position")
        for commitment, types in groupby(rows, key=lambda row: row.commitment):
            label = f"{commitment.area.text()} › {commitment.text()}"
            yield (label, [self.choice(row) for row in types])


class ActionTypeField(ModelChoiceField):
    iterator = TypesByCommitment

    def label_from_instance(self, row):
        return str(row.text())


class ActionForm(CityRowForm):
    action_type = ActionTypeField(
        ActionType.objects.all(),
        label=capfirst(ActionType._meta.verbose_name),
        help_text=_(
            "It decides which figures the baseline, the targets and the progress reports ask for. "
            "They appear below once the action has been saved."
        ),
    )

    def clean_action_type(self):
        """Figures belong to the measures of one type, so the type stays while there are any."""
        chosen = self.cleaned_data["action_type"]
        before = self.initial.get("action_type")
        if before not in (None, chosen.pk):
            if Value.objects.filter(statement__action=self.instance).exists():
                self.add_error(
                    "action_type",
                    _(
                        "The figures below belong to the present type. Empty them and save; then "
                        "the type can be changed."
                    ),
                )
        return chosen
