"""The pictures of a city's profile, whose files come in a .zip with the workbook."""

from django.utils.translation import gettext_lazy

from hub.models import Picture
from hub.picture_admin import LONGEST_SIDE

from ..columns.column import Column, city_column
from ..columns.references import FileWidget
from ..columns.widgets import ChoiceWidget, YesNoWidget
from .base.model_sheet import ModelSheet


class PicturesSheet(ModelSheet):
    sheet_name = "Pictures"
    purpose = gettext_lazy(
        "The cover, the logo and the portrait of the head of government, one row for each; the "
        "files come in a .zip with the workbook."
    )
    model = Picture
    constraint_columns = {"hub_picture_cover_has_credit": "credit"}

    city = city_column()
    role = Column("Picture", "role", ChoiceWidget(Picture.Role), key=True, width=14)
    file = Column("File", "file", FileWidget(picture_side=LONGEST_SIDE), required=True, width=28)
    alternative_text = Column("Alternative text", "alternative_text", required=True, width=50)
    credit = Column(
        "Credit", "credit", width=28, help_text=gettext_lazy("Who made it. A cover needs it.")
    )
    place = Column("Place", "place", width=24)
    is_drawing = Column("Drawing", "is_drawing", YesNoWidget(), width=10)

    def load_existing(self, cities):
        rows = Picture.objects.select_related("file")
        for row in self.context.read_rows(rows, cities):
            self.existing[row.city.slug, row.role] = row

    def key_from(self, values):
        return values["city"].slug, values["role"]

    def make_instance(self, values):
        return Picture(city=values["city"], role=values["role"])

    def is_as_stored(self, row):
        """Never where files were sent: a file of the same name may have another content."""
        return self.context.files.enclosed is None and super().is_as_stored(row)

    def save(self):
        self.context.files.save()
        super().save()

    def export_queryset(self, cities):
        return (
            Picture.objects.filter(city__in=cities)
            .select_related("city", "file")
            .order_by("city__name", "city", "role")
        )
