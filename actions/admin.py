from django.contrib import admin
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, Subquery, When
from django.forms import Script
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from catalogue.admin import CatalogueAdmin
from catalogue.models import gaps_of
from profiles.admin_base import CityFilter, CityRowAdmin, ScopedChoices, may_edit
from profiles.models import City

from .action_form import ActionForm
from .models import (
    Action,
    ActionArea,
    ActionType,
    CityCommitment,
    Commitment,
    Measure,
    Statement,
    Value,
)
from .models.city import today, twins_of
from .services import next_number
from .statement_forms import StatementFormSet, form_for
from .value_fields import PREFIX, words_of


def measures_of(action):
    """The measures that the action's form shows; the same all through one request.

    Retired ones stay where the action has a value of them.
    """
    if not hasattr(action, "_shown_measures"):
        used = Q(pk__in=Value.objects.filter(statement__action=action).values("measure"))
        measures = action.action_type.measures.filter(Q(retired=False) | used)
        action._shown_measures = list(measures.order_by("position"))
    return action._shown_measures


class StatementInline(ScopedChoices, admin.StackedInline):
    """The statements of one kind, each with its values by the measures of the action's type."""

    model = Statement
    kind = None
    own_fields = ()
    told_apart_by = None
    extra = 1
    template = "admin/actions/statements.html"
    words = ("text", "source", "source_url", "language", "confirmed")

    def shows_form(self, request, action):
        return self.has_change_permission(request, action) and may_edit(request, action)

    def get_fields(self, request, obj=None):
        values = ["figures"]
        if self.shows_form(request, obj):
            values = [PREFIX + measure.key for measure in measures_of(obj)]
        return [*self.own_fields, *values, *self.words]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "text":
            field.widget.attrs["rows"] = 3
        return field

    def get_readonly_fields(self, request, obj=None):
        return () if self.shows_form(request, obj) else ("figures",)

    def get_formset(self, request, obj=None, **kwargs):
        form = form_for(self.kind, measures_of(obj))
        formset = super().get_formset(request, obj, form=form, formset=StatementFormSet, **kwargs)
        formset.kind, formset.told_apart_by = self.kind, self.told_apart_by
        return formset

    def get_queryset(self, request):
        values = Value.objects.select_related("measure").order_by("measure__position")
        rows = super().get_queryset(request).filter(kind=self.kind)
        return rows.prefetch_related(Prefetch("values", values)).order_by(*self.own_fields, "pk")

    @admin.display(description=_("values"))
    def figures(self, statement):
        lines = [(value.measure.name, words_of(value)) for value in statement.values.all()]
        return format_html_join("", "<p>{}: <strong>{}</strong></p>", lines) or "–"


class BaselineInline(StatementInline):
    """Its form is the official sentence with the values' fields in the gaps."""

    kind = Statement.Kind.BASELINE
    verbose_name = verbose_name_plural = _("baseline")
    own_fields = ("year",)
    max_num = 1

    class Media:
        js = (Script("js/sentence.js", defer=True),)

    def get_fields(self, request, obj=None):
        in_sentence = {PREFIX + key for key in gaps_of(obj.action_type.baseline_template)}
        is_read = not self.shows_form(request, obj)
        return [
            name for name in super().get_fields(request, obj) if is_read or name not in in_sentence
        ]

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        if self.shows_form(request, obj):
            formset.form.template = obj.action_type.text("baseline_template")
        return formset


class TargetInline(StatementInline):
    kind = Statement.Kind.TARGET
    verbose_name, verbose_name_plural = _("target"), _("targets")
    own_fields = ("due_year",)
    told_apart_by = "due_year"


class ProgressInline(StatementInline):
    kind = Statement.Kind.PROGRESS
    verbose_name, verbose_name_plural = _("progress report"), _("progress reports")
    own_fields = ("date",)
    told_apart_by = "date"


class ToLookAt(admin.SimpleListFilter):
    title = _("to look at")
    parameter_name = "look"

    def lookups(self, request, model_admin):
        return (
            ("repeated", _("same type or words as another")),
            ("no-baseline", _("without a baseline")),
            ("no-target", _("without a target")),
        )

    def queryset(self, request, queryset):
        if self.value() == "repeated":
            return queryset.filter(twin_number__isnull=False)
        if self.value() == "no-baseline":
            return queryset.filter(has_baseline=False)
        return queryset.filter(has_target=False) if self.value() == "no-target" else queryset


def statements_of_action(kind):
    return Exists(Statement.objects.filter(action=OuterRef("pk"), kind=kind))


@admin.register(Action)
class ActionAdmin(CityRowAdmin):
    form = ActionForm
    inlines = (BaselineInline, TargetInline, ProgressInline)
    list_display = ("number", "title", "city", "baseline", "target", "updated_on")
    list_display_links = ("number", "title")
    list_select_related = ("city__country", "action_type__commitment__area")
    list_filter = (
        CityFilter,
        ToLookAt,
        ("action_type__commitment__area", admin.RelatedFieldListFilter),
        ("action_type__commitment", admin.RelatedFieldListFilter),
    )
    search_fields = ("description", "action_type__name", "=number")
    search_help_text = _("Words of the description or the action type, or a number.")
    readonly_fields = ("number", "updated_on")

    def get_fieldsets(self, request, obj=None):
        first = ["city", "number", "action_type"] if obj else ["city", "action_type"]
        last = ["updated_on"] if obj else []
        return [(None, {"fields": [*first, "description", "language", "confirmed", *last]})]

    def get_inlines(self, request, obj):
        """The type decides what is measured, so its figures come after the first saving."""
        return self.inlines if obj else ()

    def get_queryset(self, request):
        twins = twins_of(
            city=OuterRef("city"),
            action_type=OuterRef("action_type"),
            description=OuterRef("description"),
        ).exclude(pk=OuterRef("pk"))
        return (
            super()
            .get_queryset(request)
            .annotate(
                has_baseline=statements_of_action(Statement.Kind.BASELINE),
                has_target=statements_of_action(Statement.Kind.TARGET),
                twin_number=Case(
                    When(confirmed="", then=Subquery(twins.order_by("number").values("number")[:1]))
                ),
            )
        )

    def get_list_display(self, request):
        """Somebody with a single city need not read its name in every line."""
        several = len(City.objects.managed_by(request.user)[:2]) > 1
        return [name for name in self.list_display if several or name != "city"]

    @admin.display(description=_("action type"), ordering="action_type")
    def title(self, action):
        """The type, and whether another action says the same."""
        name = action.action_type.text()
        if action.twin_number is None:
            return str(name)
        return format_html(
            '{} <span class="hint">{}</span>',
            name,
            _("Same type or words as %(number)s") % {"number": action.twin_number},
        )

    @admin.display(description=_("baseline"), ordering="has_baseline")
    def baseline(self, action):
        return _("yes") if action.has_baseline else None

    @admin.display(description=_("target"), ordering="has_target")
    def target(self, action):
        return _("yes") if action.has_target else None

    def view_on_site(self, obj):
        return f"{obj.city.get_absolute_url()}#action-{obj.number}"

    def save_model(self, request, obj, form, change):
        if not change:
            obj.number = next_number(obj.city)
        if form.changed_content:
            obj.updated_on = today()
        super().save_model(request, obj, form, change)

    # The history of an action tells of its statements and their values as well.

    def trails(self, row):
        statements = Statement.history.filter(action_id=row.pk)
        values = Value.history.filter(statement_id__in=statements.values("id"))
        return [
            *super().trails(row),
            statements.select_related("change_set__user"),
            values.select_related("change_set__user", "measure"),
        ]

    def hidden_in_history(self, request, row):
        return super().hidden_in_history(request, row) | {"kind"}

    def trail_label(self, record):
        if record.instance_type is Statement:
            return str(record.get_kind_display())
        if record.instance_type is Value:
            kinds = Statement.history.filter(id=record.statement_id).order_by("-history_id")
            kind = kinds.values_list("kind", flat=True).first()
            return f"{Statement.Kind(kind).label}, {record.measure.name}"
        return ""


@admin.register(CityCommitment)
class CityCommitmentAdmin(CityRowAdmin):
    fields = ("city", "commitment", "made_on")
    list_display = ("commitment", "city", "made_on")
    list_select_related = ("city", "commitment")
    list_filter = (CityFilter, "commitment__area")
    search_fields = ("commitment__name", "city__name")


@admin.register(ActionArea)
class ActionAreaAdmin(CatalogueAdmin):
    list_display = ("number", *CatalogueAdmin.list_display)


@admin.register(Commitment)
class CommitmentAdmin(CatalogueAdmin):
    list_filter = ("area", *CatalogueAdmin.list_filter)


@admin.register(ActionType)
class ActionTypeAdmin(CatalogueAdmin):
    list_filter = ("commitment__area", "commitment", *CatalogueAdmin.list_filter)


@admin.register(Measure)
class MeasureAdmin(CatalogueAdmin):
    list_display = ("code", "name", "kind", "unit", "retired", "is_edited")
    list_filter = ("kind", *CatalogueAdmin.list_filter)
