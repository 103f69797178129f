"""Adding an action: first which one, then one form with its starting point and first target."""

from itertools import groupby
from urllib.parse import parse_qsl, urlencode, urlsplit

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.typed import show_unsaved
from profiles.admin_base.scope import editable_rows
from profiles.models import City

from .models import Action, ActionType, Measure
from .own_figure_forms import typed_figures
from .own_figures import offered_figures

ASK = "_ask"
"""The button that shows the form again, with the fields for the values of the own figures."""

NAMES = ("city", "action_type")
"""What the address of the form says of the new action."""


class ChoiceForm(forms.Form):
    """Which action of which city; a user who may edit a single city is not asked for it."""

    city = forms.ModelChoiceField(
        City.objects.none(), label=capfirst(Action._meta.get_field("city").verbose_name)
    )
    action_type = forms.ModelChoiceField(ActionType.objects.all())

    def __init__(self, request):
        posted = {name: request.POST[name] for name in NAMES if name in request.POST}
        super().__init__({**request.GET.dict(), **posted})
        self.fields["city"].queryset = editable_rows(City, request.user)
        only = list(self.fields["city"].queryset[:2])
        if len(only) == 1:
            self.data["city"] = only[0].pk
        self.asks_for_city = len(only) != 1


class ChosenText(forms.Select):
    """The choice that was made before, as words."""

    def __init__(self, words, change_url=""):
        super().__init__()
        self.told = {"words": words, "change_url": change_url}

    def render(self, name, value, attrs=None, renderer=None):
        return render_to_string("admin/actions/chosen.html", {**self.told, "name": name})

    def id_for_label(self, id_):
        return None


def draft_of(request):
    """The new `Action` that the address of its form describes; None if that lacks something."""
    if not hasattr(request, "new_action"):
        form = ChoiceForm(request)
        request.new_action = Action(**form.cleaned_data) if form.is_valid() else None
        if request.new_action and request.method == "POST":
            offered_figures(request.new_action).extend(
                typed_figures(request.new_action, request.POST)
            )
    return request.new_action


def fix_choices(form, draft):
    """Show in the form of a new action what was chosen before."""
    without_type = f"?{urlencode({'city': draft.city.pk})}"
    shown = {
        "city": ChosenText(draft.city.name),
        "action_type": ChosenText(draft.action_type.text(), without_type),
    }
    for name in NAMES:
        form.fields[name].disabled = True
        form.fields[name].widget = shown[name]
        form.initial[name] = getattr(draft, name).pk


def types_to_choose(city):
    """[(area, [(commitment, [(type, its measures, number of an action of `city`)])])]."""
    own = {}
    if city is not None:
        pairs = city.actions.order_by("-number").values_list("action_type", "number")
        own = dict(pairs)
    measures = Measure.objects.filter(retired=False).order_by("position")
    types = ActionType.objects.filter(retired=False).select_related("commitment__area")
    types = types.prefetch_related(Prefetch("measures", measures)).order_by(
        "commitment__area__position", "commitment__position", "position"
    )
    for area, of_area in groupby(types, key=lambda row: row.commitment.area):
        commitments = groupby(of_area, key=lambda row: row.commitment)
        yield (
            area,
            [
                (commitment, [(row, row.measures.all(), own.get(row.pk)) for row in rows])
                for commitment, rows in commitments
            ],
        )


def without_choice(url, names):
    """`url` without these parameters."""
    parts = urlsplit(url)
    left = [pair for pair in parse_qsl(parts.query) if pair[0] not in names]
    return parts._replace(query=urlencode(left)).geturl()


class AsksForTypeFirst:
    """For the admin of actions: the form of a new action asks what its type asks for."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id is None and draft_of(request) is None:
            return self.choice_of_type(request)
        view = super().changeform_view
        if object_id is None and ASK in request.POST:
            request.unsaved = _("Fill in where your own figures start and where they are to lead.")
            return show_unsaved(view, request, object_id, form_url, extra_context)
        return view(request, object_id, form_url, extra_context)

    def choice_of_type(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ChoiceForm(request)
        is_asked = form.is_valid() or "action_type" in form.data
        city = form.cleaned_data.get("city")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Which action?"),
            "opts": self.opts,
            "city": city,
            "city_field": form["city"] if form.asks_for_city else None,
            "city_error": is_asked and city is None,
            "areas": [(area, list(rows)) for area, rows in types_to_choose(city)],
            "others": [pair for pair in request.GET.items() if pair[0] not in NAMES],
        }
        return TemplateResponse(request, "admin/actions/choose_type.html", context)

    def get_formsets_with_inlines(self, request, obj=None):
        return super().get_formsets_with_inlines(request, obj or draft_of(request))

    def get_inline_formsets(self, request, formsets, inline_instances, obj=None):
        row = obj or draft_of(request)
        return super().get_inline_formsets(request, formsets, inline_instances, row)

    def response_add(self, request, obj, post_url_continue=None):
        """Another new action may be of another type."""
        response = super().response_add(request, obj, post_url_continue)
        if isinstance(response, HttpResponseRedirect) and "_addanother" in request.POST:
            response["Location"] = without_choice(response["Location"], {"action_type"})
        elif isinstance(response, HttpResponseRedirect) and "_continue" in request.POST:
            response["Location"] = without_choice(response["Location"], set(NAMES))
        return response
