"""How a city chooses its key figures: the field in the form of an action, and what is refused."""

from django.forms.models import ModelChoiceField
from django.utils.functional import SimpleLazyObject
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue import frozen
from profiles.dates import today

from .judged import judge
from .key_figures import MOST, find_whole, shown_numbers
from .models import Action, Measure, OwnFigure
from .models.city import CATALOGUE_ORDER
from .record import collect


class KeyMeasureField(ModelChoiceField):
    """A measure of the action's type that is a number, or none."""

    def __init__(self):
        super().__init__(
            Measure.objects.filter(kind__in=Measure.NUMERIC).order_by("position"),
            required=False,
            label=capfirst(Action._meta.get_field("key_measure").verbose_name),
            empty_label=gettext_lazy("No key figure"),
        )

    def label_from_instance(self, row):
        return str(row.text())

    def fit(self, action):
        """Offer the measures of the type of `action`, and tell which figures are shown now.

        That takes the record of the city, which is collected only where the form is shown.
        """
        self.queryset = self.queryset.filter(action_type=action.action_type_id)
        self.help_text = SimpleLazyObject(lambda: help_for(action.city))


def help_for(city):
    """What the field is for, and which figures the page of the city shows now."""
    numbers = _numbers(city)
    chosen = [one for one in numbers if one.action.key_measure]
    shown = shown_numbers(numbers, find_whole(city, numbers))
    return " ".join(
        (
            _(
                "Readers see up to %(most)d key figures of the city first. Choose a measure, and "
                "its newest number is one of them."
            )
            % {"most": MOST},
            *_choice(chosen),
            _shown(shown),
        )
    )


def _choice(chosen):
    if not chosen:
        yield _("The city has chosen none, so the platform does.")
    for one in chosen:
        if not one.chosen:
            words = _("Chosen for action %(number)d, but without a number now, so not shown.")
            yield words % {"number": one.action.number}


def _shown(shown):
    if not shown:
        return _("No action has a number to show yet.")
    figures = [(action.number, newest.measure.text()) for action, newest in shown]
    return _("Shown now: %(figures)s.") % {"figures": named(figures)}


def _numbers(city):
    """The `Judged` actions of the rows of a city, as its document prints them."""
    try:
        record = collect([city])[city.pk]
    except KeyError:  # somebody added an action while the rows were read
        record = collect([city])[city.pk]
    own = {action.number: action for action in record.actions}
    order = Action.objects.filter(city=city).order_by(*CATALOGUE_ORDER)
    known = [own[number] for number in order.values_list("number", flat=True) if number in own]
    return judge(known, frozen.current(), today())


def chosen_in(city_id, *, without):
    """[(number of an action, name of its key figure)] of a city, without one of its `Action`s."""
    of_city = Action.objects.filter(city=city_id).exclude(pk=without.pk)
    measures = of_city.filter(key_measure__isnull=False).select_related("key_measure")
    own = OwnFigure.objects.filter(action__in=of_city, is_key_figure=True)
    return [
        *((one.number, str(one.key_measure.text())) for one in measures),
        *own.values_list("action__number", "name"),
    ]


def why_too_many(chosen):
    """Why a city can have no further key figure; "" where it can.

    `chosen`: (number of an action, name of its key figure), in any order.
    """
    if len(chosen) < MOST:
        return ""
    words = _(
        "A city has at most %(most)d key figures, and these are chosen already: %(figures)s. Take "
        "one of them out first."
    )
    return words % {"most": MOST, "figures": named(sorted(chosen))}


def named(figures):
    """(number of an action, name of a figure) in words."""
    words = _("action %(number)d, “%(measure)s”")
    return "; ".join(words % {"number": number, "measure": label} for number, label in figures)
