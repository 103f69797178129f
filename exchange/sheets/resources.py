from django.utils.translation import gettext_lazy

from catalogue.models import Topic
from hub.models import Resource
from profiles.changes import link_in_bulk

from ..widgets import CityWidget, LanguageWidget, NumberWidget, ReferencesWidget, WebAddressWidget
from .column import Column
from .model_sheet import ModelSheet


class ResourcesSheet(ModelSheet):
    sheet_name = "Resources"
    purpose = gettext_lazy("What a city offers to others in Tools & resources: titles with links.")
    model = Resource

    city = Column("City", "city", CityWidget(), key=True, width=24)
    title = Column("Title", "title", required=True, width=40)
    url = Column(
        "Link",
        "url",
        WebAddressWidget(),
        key=True,
        width=44,
        help_text=gettext_lazy("Tells the resources of one city apart."),
    )
    summary = Column("Summary", "summary", width=60)
    year = Column("Year", "year", NumberWidget(whole=True), width=8)
    topics = Column(
        "Topics",
        "topic_rows",
        ReferencesWidget(Topic),
        width=40,
        help_text=gettext_lazy("What it is about."),
    )
    language = Column("Language", "language", LanguageWidget(), width=11)

    def load(self, cities):
        by_id = {city.pk: city for city in cities}
        stored = Resource.objects.filter(city__in=self.scope.existing(cities))
        for resource in stored.prefetch_related("topics"):
            resource.city = by_id[resource.city_id]
            resource.topic_rows = list(resource.topics.all())
            self.existing[resource.city.slug, resource.url] = resource

    def key(self, values):
        return values["city"].slug, values["url"]

    def make(self, values):
        resource = Resource(city=values["city"], url=values["url"])
        resource.topic_rows = []
        return resource

    def empty_value(self, name):
        return [] if name == "topics" else super().empty_value(name)

    def assign(self, row, instance, name, *, is_new):
        if name != "topics":
            return super().assign(row, instance, name, is_new=is_new)
        old, new = instance.topic_rows, row.values[name]
        column = self.fields[name]
        if column.widget.same(old, new):
            return False
        if not is_new:
            self.note_change(row, column, old, new)
        instance.topic_rows = new
        return True

    def write(self):
        self.batch.fields.discard("topic_rows")
        super().write()
        written = self.batch.instances
        if written:
            targets = {row.pk: {topic.pk for topic in row.topic_rows} for row in written}
            link_in_bulk(Resource, "topics", targets)

    def exported(self, cities):
        return (
            Resource.objects.filter(city__in=cities)
            .select_related("city")
            .prefetch_related("topics")
            .order_by("city__name", "city", "title", "pk")
        )

    def export_rows(self, exported):
        columns = list(self.fields.values())
        for resource in exported.iterator(chunk_size=2000):
            resource.topic_rows = list(resource.topics.all())
            yield [column.export(resource) for column in columns]
