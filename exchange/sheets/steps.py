"""What a city put on the steps of the Nature Pathway, and how far it is with each."""

from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathway.models import Step, StepItem, StepProgress

from ..columns.column import Column, city_column, language_column, link_column, resource_column
from ..columns.references import FileWidget, ReferenceWidget
from ..columns.widgets import ChoiceWidget, DateWidget, NumberWidget
from .base.model_sheet import ModelSheet
from .base.target_sheet import TargetSheet

State = StepProgress.State


class StepsSheet(ModelSheet):
    sheet_name = "Steps"
    purpose = gettext_lazy(
        "How far a city is with the steps of the Nature Pathway, one row for each. A step without "
        "a row counts as under way where something stands on it."
    )
    model = StepProgress

    city = city_column()
    step = Column("Step", "step", ReferenceWidget(Step), key=True, width=24)
    state = Column("State", "state", ChoiceWidget(State), required=True, width=14)
    started_on = Column("Started on", "started_on", DateWidget(), width=12)
    done_on = Column("Done on", "done_on", DateWidget(), width=12)

    def load_existing(self, cities):
        for row in self.context.read_rows(StepProgress.objects.all(), cities):
            self.existing[row.city.slug, row.step_id] = row

    def key_from(self, values):
        return values["city"].slug, values["step"].pk

    def make_instance(self, values):
        return StepProgress(city=values["city"], step=values["step"])

    def follow_up(self, row, instance, changed):
        """Clear the days that a step in an earlier state has not, unless the row gives others."""
        cleared = set()
        if "state" in changed and instance.pk is not None:
            for name in days_without(instance.state):
                old = getattr(instance, name)
                if old is not None and row.values.get(name) is None:
                    setattr(instance, name, None)
                    self.note_change(row, self.fields[name], old, None, instance)
                    cleared.add(name)
        return cleared

    def export_queryset(self, cities):
        return (
            StepProgress.objects.filter(city__in=cities)
            .select_related("city", "step")
            .order_by("city__name", "city", "step__number")
        )


def days_without(state):
    """The fields of the days that a step in `state` does not have."""
    if state == State.DONE:
        return ()
    return ("done_on",) if state == State.UNDER_WAY else ("started_on", "done_on")


class PathwaySheet(TargetSheet):
    sheet_name = "Pathway"
    purpose = gettext_lazy(
        "What a city put on the steps of the Nature Pathway: links, files, and resources of the "
        "hub."
    )
    model = StepItem

    city = city_column()
    step = Column("Step", "step", ReferenceWidget(Step), key=True, width=24)
    title = Column("Title", "title", required=True, width=40)
    url = link_column(
        "Link",
        "url",
        one_of=True,
        width=44,
        help_text=gettext_lazy("Link, file or resource tell the items of one step apart."),
    )
    file = Column(
        "File", "upload", FileWidget(), one_of=True, width=28, help_text=gettext_lazy("Or a file.")
    )
    resource = resource_column("Resource", "resource", one_of=True, width=28)
    language = language_column()
    versions = Column("Versions", "version_set", width=14)
    position = Column(
        "Position",
        "position",
        NumberWidget(whole=True),
        width=9,
        help_text=gettext_lazy("The order of the items of one step."),
    )

    def __init__(self, context):
        super().__init__(context)
        self.touched = {}

    def load_existing(self, cities):
        items = list(self.context.read_rows(StepItem.objects.select_related("upload"), cities))
        self.context.resources.load_referred({item.resource_id for item in items})
        for item in items:
            self.add_existing((item.city.slug, item.step_id), item)

    def parent_key(self, values):
        return values["city"].slug, values["step"].pk

    def make_instance(self, values):
        return self.set_target(StepItem(city=values["city"], step=values["step"]), values)

    def follow_up(self, row, instance, changed):
        if changed or instance.pk is None:
            self.touched[id(instance)] = row
        return super().follow_up(row, instance, changed)

    def finish_plan(self):
        super().finish_plan()
        self.refuse_second_versions()

    def refuse_second_versions(self):
        """Refuse two items of one set of versions and one language."""
        versions = defaultdict(list)
        for item in {id(one): one for one in [*self.existing.values(), *self.batch.new]}.values():
            if item.version_set:
                language = (item.language or item.city.content_language).casefold()
                key = item.city.slug, item.step_id, item.version_set, language
                versions[key].append(item)
        for items in versions.values():
            for item in items if len(items) > 1 else ():
                if row := self.touched.get(id(item)):
                    message = _("There is a version in this language already: “%s”.")
                    other = next(one for one in items if one is not item)
                    self.add_problem(row, "versions", message % other, expected="")

    def export_queryset(self, cities):
        return (
            StepItem.objects.filter(city__in=cities)
            .select_related("city", "step", "upload", "resource__city", "resource__file")
            .order_by("city__name", "city", "step__number", "position", "pk")
        )
