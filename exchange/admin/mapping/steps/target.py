"""The step “target”: what the rows of a list become."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ....models.mapping import Target
from ..step import Step

SENTENCES = {
    Target.CITIES: gettext_lazy(
        "One row for each city, with its country, and perhaps people, area, position, website."
    ),
    Target.COMMITMENTS: gettext_lazy(
        "One row for each commitment that a city has made: the city, the commitment, perhaps a day."
    ),
    Target.ACTIONS: gettext_lazy(
        "One row for each project, measure or activity: a title, a description, who does it."
    ),
    Target.STATEMENTS: gettext_lazy(
        "Measured numbers: a row for each indicator with a column for each year, or one for each "
        "value with its year and unit."
    ),
}


class TargetForm(forms.Form):
    target = forms.ChoiceField(label=gettext_lazy("The rows become"), widget=forms.RadioSelect)

    def __init__(self, *args, guessed, **options):
        super().__init__(*args, **options)
        self.fields["target"].choices = [(one.value, label_of(one, guessed)) for one in Target]


def label_of(target, guessed):
    """What a target is called and looks like; where it is the guess, why."""
    likeliest, why = guessed
    said = ""
    if target == likeliest:
        mark = ' <span class="guess">{}</span> <span class="quiet">{}</span>'
        said = format_html(mark, _("guess"), why)
    name = target.label.capitalize()
    return format_html("<span><strong>{}</strong>. {}{}</span>", name, SENTENCES[target], said)


class TargetStep(Step):
    name = "target"
    title = gettext_lazy("What the rows are")
    purpose = gettext_lazy("Say what each row of the list is about. One file gives one kind.")
    form_class = TargetForm
    shows_made = False

    @property
    def sentence(self):
        return _("The rows become %s.") % self.draft.target.label

    def form_options(self):
        return {"initial": self.initial(), "guessed": self.draft.guessed_target}

    def initial(self):
        return {"target": self.draft.target.value}
