"""What a city shares in Tools & resources: links and files, with their descriptions."""

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.models import KMGBFTarget, Topic
from hub import moderation
from hub.models import Licence, Resource
from hub.resource_forms import COVER_SIDE
from profiles.changes import link_in_bulk

from ..columns.column import Column, city_column, language_column, link_column
from ..columns.references import FileWidget, ReferencesWidget, ReferenceWidget, TargetsWidget
from ..columns.widgets import ChoiceWidget, LanguagesWidget, YearWidget
from .base.target_sheet import TargetSheet

State = Resource.State

LINKED = {"topics": "topic_rows", "targets": "target_rows"}
"""Columns of many-to-many fields → the attribute with their rows until those are saved."""

WITH_NOTE = (State.SUBMITTED, State.RETURNED)
MODERATED = ("state", "state_note", "published_on")
"""Fields that `hub.moderation.adjust_state_fields` may change."""

REVIEWED_COLUMNS = ("file", "cover")
"""Columns whose change brings what is published back to review.

A link is reviewed as well, but it is a key: another link is another row.
"""

OLDER_STATES = {State.PUBLISHED: {State.SUBMITTED}, State.RETURNED: {State.SUBMITTED}}
"""Stored state → states of before, which a workbook that was exported earlier still has.

`is_stale`: a row with one of them does not ask to go back to it. These are for platform staff.
"""

OLDER_STATES_OF_CITY = {
    State.SUBMITTED: {State.PUBLISHED, State.RETURNED},
    State.PUBLISHED: {State.SUBMITTED, State.RETURNED},
    State.RETURNED: {State.DRAFT, State.SUBMITTED, State.PUBLISHED},
}
"""The same for officers, who can neither publish nor return."""


class ResourcesSheet(TargetSheet):
    sheet_name = "Resources"
    purpose = gettext_lazy(
        "What a city offers to others in Tools & resources: links, and files that come in a .zip "
        "with the workbook."
    )
    model = Resource

    city = city_column()
    title = Column("Title", "title", required=True, width=40)
    kind = Column("Kind", "kind", ChoiceWidget(Resource.Kind), required=True, width=14)
    url = link_column(
        "Link",
        "url",
        one_of=True,
        width=44,
        help_text=gettext_lazy("Tells the resources of one city apart; empty where it is a file."),
    )
    file = Column(
        "File",
        "file",
        FileWidget(),
        one_of=True,
        width=28,
        help_text=gettext_lazy("Instead of a link. Its name tells it from others of the city."),
    )
    summary = Column("Summary", "summary", width=60)
    language = language_column()
    languages = Column("Languages", "languages", LanguagesWidget(), width=14)
    year = Column("Year", "year", YearWidget(), width=8)
    organisation = Column("Organisation", "organisation", width=28)
    topics = Column(
        "Topics",
        "topic_rows",
        ReferencesWidget(Topic),
        width=40,
        help_text=gettext_lazy("What it is about."),
    )
    targets = Column(
        "KMGBF targets",
        "target_rows",
        TargetsWidget(KMGBFTarget),
        width=20,
        help_text=gettext_lazy("Those that it helps to reach."),
    )
    licence = Column("Licence", "licence", ReferenceWidget(Licence), width=18)
    cover = Column(
        "Cover",
        "cover",
        FileWidget(picture_side=COVER_SIDE),
        width=22,
        help_text=gettext_lazy("An image that is shown with it."),
    )
    state = Column(
        "State",
        "state",
        ChoiceWidget(State),
        width=12,
        help_text=gettext_lazy("Empty in a new row: a draft. Platform staff publish."),
    )
    note = Column("Note", "state_note", staff_only=True, width=40)

    def load_existing(self, cities):
        resources = self.context.resources
        resources.load(cities)
        slugs = {city.slug for city in cities}
        stored = [row for row in resources.by_id.values() if row.city and row.city.slug in slugs]
        prefetch_related_objects(stored, *LINKED)
        for resource in stored:
            read_linked(resource)
            resource.before_import = {name: getattr(resource, name) for name in MODERATED}
            self.add_existing(resource.city.slug, resource)

    def empty_value(self, name):
        return [] if name in LINKED else super().empty_value(name)

    def parent_key(self, values):
        return values["city"].slug

    def make_instance(self, values):
        """A new resource, whose state before the import is draft, or for staff submitted.

        From there the transitions lead to every state that they may give a new resource.
        """
        resource = self.set_target(Resource(city=values["city"]), values)
        for attribute in LINKED.values():
            setattr(resource, attribute, [])
        before = State.SUBMITTED if self.context.by_platform else State.DRAFT
        resource.before_import = {"state": before, "state_note": "", "published_on": None}
        return resource

    def register_new(self, instance):
        self.context.resources.add(instance)

    def value_names(self, row):
        """Without the note, which `plan_note` assigns: the state decides whether there is one."""
        return [name for name in super().value_names(row) if name != "note"]

    def assign(self, row, instance, name, *, is_new):
        if name == "state" and self.is_stale(row, instance):
            self.add_doubt(row, name, self.why_state_stays(instance))
            return False
        if name not in LINKED:
            return super().assign(row, instance, name, is_new=is_new)
        column, new = self.fields[name], row.values[name]
        old = getattr(instance, LINKED[name])
        if column.widget.same(old, new):
            return False
        if not is_new:
            self.note_change(row, column, old, new, instance)
        setattr(instance, LINKED[name], new)
        return True

    def history_value(self, record, column, instance):
        if column in (self.fields[name] for name in LINKED):
            name = next(name for name in LINKED if column is self.fields[name])
            return record.links[name]
        return super().history_value(record, column, instance)

    def is_stale(self, row, instance):
        """Whether the row's state is one that the resource had before somebody moved it on.

        A row that repeats the note of the return was written after the return and answers it.
        """
        before, wanted = instance.before_import["state"], row.values.get("state")
        older = OLDER_STATES if self.context.by_platform else OLDER_STATES_OF_CITY
        if instance.pk is None or wanted not in older.get(before, ()):
            return False
        return before != State.RETURNED or not self.has_note(row, instance)

    def has_note(self, row, instance):
        note = row.values.get("note", "")
        return self.fields["note"].widget.same(instance.before_import["state_note"], note)

    def why_state_stays(self, instance):
        """Why the state of a row is passed over."""
        if instance.state == State.SUBMITTED:
            return _("It waits for platform staff, who publish.")
        if instance.state == State.PUBLISHED:
            return _("It is published by now, and stays so.")
        return _(
            "It stays returned until its note is answered: submit it on its own page, or have the "
            "note in the column Note. It says: “%(note)s”"
        ) % {"note": instance.state_note}

    def follow_up(self, row, instance, changed):
        """Change state and note by the rules of `hub.moderation`."""
        by_staff, before = self.context.by_platform, instance.before_import["state"]
        self.plan_note(row, instance)
        try:
            moderation.check_transition(before, instance, by_staff)
        except ValidationError as error:
            for name, message in self.messages_by_column(error):
                expected = self.open_states(before) if name == "state" else ""
                self.add_problem(row, name, message, expected=expected)
            return set()
        if moderation.adjust_state_fields(before, instance, changed, by_staff):
            self.note_change(row, self.fields["state"], before, instance.state, instance)
            name = next(name for name in REVIEWED_COLUMNS if name in changed)
            self.add_doubt(
                row,
                name,
                _(
                    "Another file: platform staff look at it before it takes the place of the one "
                    "that everybody sees now."
                ),
            )
        return {
            name for name in MODERATED if getattr(instance, name) != instance.before_import[name]
        }

    def plan_note(self, row, instance):
        if "note" not in row.values or self.is_stale(row, instance):
            return
        if instance.state in WITH_NOTE:
            is_new = instance.pk is None and self.context.by_platform
            self.assign(row, instance, "note", is_new=is_new)
        elif self.context.by_platform and row.values["note"] not in ("", instance.state_note):
            self.add_doubt(
                row, "note", _("Only what is returned has a note: this one is not kept.")
            )

    def open_states(self, before):
        moves = moderation.TRANSITIONS.open_from(before, self.context.by_platform)
        return _("one of: %s") % ", ".join([before, *(move.after for move in moves)])

    def save(self):
        self.batch.fields -= {*LINKED.values()}
        super().save()
        saved = self.batch.instances
        for name, attribute in LINKED.items() if saved else ():
            targets = {row.pk: {one.pk for one in getattr(row, attribute)} for row in saved}
            link_in_bulk(Resource, name, targets)

    def export_queryset(self, cities):
        return (
            Resource.objects.filter(city__in=cities)
            .select_related("city", "file", "cover", "licence")
            .prefetch_related(*LINKED)
            .order_by("city__name", "city", "title", "pk")
        )

    def export_lines(self, resource):
        read_linked(resource)
        return [resource]


def read_linked(resource):
    """Put the prefetched rows into the attributes from which the columns in LINKED read."""
    for name, attribute in LINKED.items():
        setattr(resource, attribute, list(getattr(resource, name).all()))
