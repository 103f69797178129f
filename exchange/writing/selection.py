"""What goes into a file: which sheets, and which of their rows. Every export asks here."""

from copy import copy

from django.utils.text import slugify

from actions.models import Action
from profiles.models import City

from ..lookups.context import ImportContext, editable_cities
from ..sheets import sheet_classes

CHOSEN_ROWS = "pk"


def path_to(model, sheet):
    """The lookup from the sheet's rows to rows of `model`: themselves or those above them."""
    if sheet.model._meta.concrete_model is model._meta.concrete_model:
        return CHOSEN_ROWS
    above = getattr(sheet.model, "city_path", "").partition("__")[0]
    is_below = above and sheet.model._meta.get_field(above).related_model is model
    return above if is_below else None


class Selection:
    """Sheets of cities that `user` may edit; with `rows`, only what belongs to those rows.

    `rows` is a queryset of the model of an admin list: chosen actions bring their baselines,
    targets and progress with them.
    """

    def __init__(self, user, cities, sheets=None, rows=None):
        self.user = user
        self.cities = editable_cities(user).filter(pk__in=cities.values("pk"))
        self.sheets = sheet_classes(user) if sheets is None else list(sheets)
        self.rows = rows
        self.department = ""

    @classmethod
    def of_cities(cls, user, cities):
        return cls(user, cities)

    @classmethod
    def of_rows(cls, user, model, queryset):
        """The rows of an admin list; a list of cities stands for all sheets of those cities."""
        if model is City:
            return cls(user, queryset)
        sheets = [sheet for sheet in sheet_classes(user) if path_to(model, sheet)]
        return cls(user, City.objects.all(), sheets, queryset)

    def of_department(self, name):
        """The same with no other rows than the actions of this department and what belongs to
        them."""
        actions = Action.objects.filter(city__in=self.cities, department=name)
        narrower = Selection.of_rows(self.user, Action, actions)
        narrower.cities, narrower.department = self.cities, name
        return narrower

    def with_sheets(self, *names):
        """The same selection with no other sheets than these."""
        narrower = copy(self)
        narrower.sheets = [sheet for sheet in self.sheets if sheet.sheet_name in names]
        return narrower

    @property
    def name(self):
        """For the name of a file, without ending: the city, if it is one, and the department or
        the sheet."""
        slugs = list(self.cities.order_by("pk").values_list("slug", flat=True)[:2])
        parts = slugs if len(slugs) == 1 else []
        if self.department:
            parts.append(slugify(self.department, allow_unicode=True))
        elif self.rows is not None or len(self.sheets) == 1:
            parts += [sheet.sheet_name.lower() for sheet in self.sheets[:1]]
        return "-".join(filter(None, parts)) or "cities"

    def bound_sheets(self):
        """An instance of each sheet, ready to write its rows."""
        context = ImportContext(self.user)
        context.chosen = self.cities
        if self.rows is not None:
            of_rows = self.rows.order_by().values(self.rows.model.city_path)
            context.chosen = self.cities.filter(pk__in=of_rows)
        return [cls(context) for cls in self.sheets]

    def rows_of(self, sheet):
        """The rows of a bound sheet as lists of values, read as they are needed."""
        return sheet.export_rows(self.queryset_of(sheet))

    def queryset_of(self, sheet):
        """The stored rows of a bound sheet that go into the file."""
        rows = sheet.export_queryset(self.cities)
        if self.rows is None:
            return rows
        path = path_to(self.rows.model, sheet)
        return rows.filter(**{f"{path}__in": self.rows.values("pk")})
