"""The form of a target: what shall be true, by when, set in which plan?"""

from django import forms
from django.core.exceptions import ValidationError
from django.forms import HiddenInput
from django.template.loader import render_to_string
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.choices import accept_resource_addresses, choose_by_address
from profiles.number_fields import form_options
from profiles.search import fold

from .models import Measure, Plan
from .statement_forms import StatementForm
from .value_fields import PREFIX

FIGURE, POLICY, SENTENCE = "figure", "policy", "sentence"
GOALS = {
    FIGURE: gettext_lazy("A figure by a year"),
    POLICY: gettext_lazy("A policy by a year: from no to partly to yes"),
    SENTENCE: gettext_lazy("A sentence with a year"),
}
FROM_WORDS = "plan_from_words"
LONGEST_TITLE = Plan._meta.get_field("title").max_length


def goal_of(measure):
    """Under which of the `GOALS` the value of a measure or an own figure is asked."""
    if measure.is_numeric:
        return FIGURE
    return POLICY if measure.kind == Measure.Kind.STATUS else SENTENCE


def questions(measures, source_fields):
    """The fieldsets of the form. `measures`: those of the action, and its own figures.

    `source_fields`: those that say where the target is written.
    """
    values = {goal: [] for goal in GOALS}
    for measure in measures:
        values[goal_of(measure)].append(PREFIX + measure.key)
    what, no_figure = _("What shall be true?"), ""
    if not values[FIGURE]:
        no_figure = _(
            "This action has no figure yet. Give it one of its own above and save: then a target "
            "can be a figure."
        )
    if has_choice := bool(values[FIGURE] or values[POLICY]):
        yield _fieldset(what, ["goal"], description=no_figure)
        yield _fieldset(_("A figure"), values[FIGURE], "goal-figure")
        yield _fieldset(_("A policy"), values[POLICY], "goal-policy")
    words = ["text", *values[SENTENCE]]
    if has_choice:
        yield _fieldset(_("A sentence"), words, "goal-words")
    else:
        yield _fieldset(what, words, description=no_figure)
    yield _fieldset(_("By when?"), ["due_year"])
    yield _fieldset(
        _("Set in which plan?"), ["plan", "plan_title", ("plan_year", "plan_url"), FROM_WORDS]
    )
    rest = [name for name in source_fields if name != "text"]
    yield source_section(rest)


def source_section(names):
    """The section of a statement that folds: where it is written, and in which language."""
    heading = _("Source and language")
    return heading, {"fields": names, "classes": ["collapse", "folded"]}


def _fieldset(heading, names, css="", description=""):
    return heading, {"fields": names, "classes": [css], "description": description}


def offered_plans(action):
    """The plans of the city, kept on the action for all forms of a request."""
    if not hasattr(action, "_offered_plans"):
        action._offered_plans = list(Plan.objects.filter(city=action.city_id).order_by("title"))
    return action._offered_plans


class GoalField(forms.ChoiceField):
    """What kind of target it is: it only says which fields are asked for, so it is no change."""

    def has_changed(self, initial, data):
        return False


class PlanField(forms.ChoiceField):
    """A choice among the plans of the city, which `offer` sets."""

    plans = {}

    def offer(self, plans):
        self.plans = {str(plan.pk): plan for plan in plans}
        named = [(key, str(plan)) for key, plan in self.plans.items()]
        self.choices = [("", _("none, or one that is not in the list")), *named]

    def to_python(self, value):
        value = super().to_python(getattr(value, "pk", value))
        return self.plans.get(value, value or None)

    def valid_value(self, value):
        return isinstance(value, Plan)

    def has_changed(self, initial, data):
        return str(initial or "") != str(data or "")


class PlanButton(forms.Widget):
    """A button that saves the form and makes a plan of the words of its target."""

    def render(self, name, value, attrs=None, renderer=None):
        return render_to_string("admin/actions/plan_button.html", {"name": name})

    def value_from_datadict(self, data, files, name):
        return bool(data.get(name))

    def id_for_label(self, id_):
        return None


def new_plan_field(name, label, help_text=""):
    field = Plan._meta.get_field(name)
    told = {"label": label, "help_text": help_text, "required": False}
    return field.formfield(**form_options(field), **told)


class TargetForm(StatementForm):
    """Asks what shall be true (one of `GOALS`), by when, and in which plan that is set.

    Without a choice each field counts as it is filled in: nothing is hidden without :has() in CSS.
    """

    plans = ()
    """Those that are offered."""

    goal = GoalField(label=gettext_lazy("Choose one"), required=False, widget=forms.RadioSelect)
    plan = PlanField(
        label=capfirst(Plan._meta.verbose_name),
        required=False,
        help_text=gettext_lazy("A plan is entered once, and chosen for many targets."),
    )
    plan_title = new_plan_field(
        "title", gettext_lazy("Or enter a new plan: its title"), gettext_lazy("As it is printed.")
    )
    plan_year = new_plan_field("year", gettext_lazy("Year of the new plan"))
    plan_url = new_plan_field("url", gettext_lazy("Link to the new plan"))
    plan_from_words = forms.BooleanField(label=gettext_lazy("The words as a plan"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.named_plan = None
        if self.request is None:  # for those who only read
            return
        self.fields["plan"].offer(self.plans)
        if stored := self.fields["plan"].plans.get(str(self.instance.plan_id)):
            self.instance.plan = stored
        accept_resource_addresses(self, "plan_url", self.request.get_host())
        self._offer_goals()
        self.fields[FROM_WORDS].widget = PlanButton() if self._may_be_title() else HiddenInput()

    def _may_be_title(self):
        """Whether the words may be the title of a plan: one line, and all that the target says."""
        words = self.instance.text
        is_line = words and len(words) <= LONGEST_TITLE and "\n" not in words
        return not self.is_new and is_line and not self.values and self.instance.plan_id is None

    def _typed_statement(self, cleaned):
        typed = super()._typed_statement(cleaned)
        typed.plan = cleaned.get("plan") or Plan(year=cleaned.get("plan_year"))
        return typed

    def _offer_goals(self):
        possible = {goal_of(measure) for measure in self.measures} | {SENTENCE}
        self.fields["goal"].choices = [(key, GOALS[key]) for key in GOALS if key in possible]
        if not self.is_new:
            given = {goal_of(value.figure) for value in self.values.values()}
            self.initial["goal"] = next((goal for goal in GOALS if goal in given), SENTENCE)

    def clean(self):
        cleaned = super().clean()
        if self.has_changed():
            self._compare_with_goal(cleaned)
            self._find_plan(cleaned)
        return self.cleaned_data

    def _compare_with_goal(self, cleaned):
        """Refuse a value that was entered for another kind of target than the chosen one."""
        goal = cleaned.get("goal")
        if not goal:
            return
        is_given, names = False, [PREFIX + measure.key for measure in self.measures]
        for measure, name in zip(self.measures, names, strict=True):
            content, own = cleaned.get(name), goal_of(measure)
            is_given |= own == goal and (content not in (None, "") or name in self.errors)
            if own not in (goal, SENTENCE) and content not in (None, "") and self._is_new(name):
                words = _("You chose “%(goal)s” above. Empty this, or choose “%(other)s”.")
                self.add_error(name, words % {"goal": GOALS[goal], "other": GOALS[own]})
        if not is_given and goal != SENTENCE and cleaned.get("text") and self._is_new("goal"):
            words = _("Fill it in below, or choose “%(other)s”.")
            self.add_error("goal", words % {"other": GOALS[SENTENCE]})

    def _is_new(self, name):
        if name == "goal":
            return self.cleaned_data.get("goal") != self.initial.get("goal")
        return name in self.changed_data

    def _find_plan(self, cleaned):
        """Set `named_plan` to the plan of the title that is entered, or that the words are."""
        city = self.instance.action.city
        choose_by_address(self, "plan_url", "plan_resource", city)
        cleaned = self.cleaned_data
        title = cleaned.get("plan_title")
        if cleaned.get(FROM_WORDS) and not title and cleaned.get("text"):
            title = Plan._meta.get_field("title").tidy(cleaned["text"])
            self._move_words(cleaned, title)
        if title and cleaned.get("plan"):
            self.add_error("plan_title", _("Choose a plan or enter a new one, not both."))
        elif title:
            self.named_plan = self._known_plan(title, cleaned) or self._new_plan(title, cleaned)
        elif cleaned.get("plan_year") or cleaned.get("plan_url") or cleaned.get("plan_resource"):
            if "plan_title" not in self.errors:
                self.add_error("plan_title", _("Give the title of the plan as well."))

    def _move_words(self, cleaned, title):
        """Empty the words where the target says something else, too: they are the plan's now."""
        is_told = any(cleaned.get(PREFIX + one.key) not in (None, "") for one in self.measures)
        said = _("“%(title)s” is a plan of the city now, in which this target is set.")
        left = _("Say here what the plan wants to be true, and by when.")
        self.fields[FROM_WORDS].notes = [said % {"title": title}, *([] if is_told else [left])]
        if is_told:
            cleaned["text"] = ""

    def _known_plan(self, title, cleaned):
        """The plan of this title that the city has, or that another form of the page makes."""
        new = self._new_plans().values()
        known = next((one for one in (*self.plans, *new) if fold(one.title) == fold(title)), None)
        if known is None:
            return None
        entered = {
            "year": cleaned.get("plan_year"),
            "url": cleaned.get("plan_url"),
            "resource": cleaned.get("plan_resource"),
        }
        if any(value and value != getattr(known, name) for name, value in entered.items()):
            self.add_error(
                "plan_title",
                _("The city has this plan already, with another year or link: choose it above."),
            )
        return known

    def _new_plan(self, title, cleaned):
        action = self.instance.action
        plan = Plan(
            city=action.city,
            title=title,
            year=cleaned.get("plan_year"),
            url=cleaned.get("plan_url") or "",
            resource=cleaned.get("plan_resource"),
            language=cleaned.get("language") or action.language,
        )
        try:
            plan.full_clean()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                shown = f"plan_{name}" if f"plan_{name}" in self.fields else "plan_title"
                self.add_error(shown, messages)
        return self._new_plans().setdefault(fold(title), plan)

    def _new_plans(self):
        """Folded title → plan, of those that the forms of this page make; kept on the action."""
        return self.instance.action.__dict__.setdefault("_new_plans", {})

    def save(self, commit=True):
        if self.named_plan is not None:
            if self.named_plan.pk is None:
                self.named_plan.save()
            self.instance.plan = self.named_plan
        return super().save(commit)


class StaysAfterMakingPlan:
    """For the admin of actions: the button that makes a plan leads back to the form."""

    def response_change(self, request, obj):
        if any(name.endswith(f"-{FROM_WORDS}") and request.POST[name] for name in request.POST):
            request.POST = request.POST.copy()
            request.POST["_continue"] = "1"
        return super().response_change(request, obj)
