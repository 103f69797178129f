"""Cells whose words mean something within a city only: files and resources."""

from django.utils.translation import gettext_lazy

from profiles.models import City

from .. import cells
from .widgets import TextWidget

RESOURCE_HELP = gettext_lazy(
    "A resource in Tools & resources. The city's own by its link or the name of its file; that of "
    "another city as “anji-county: https://…”; any by the address of its page, as /resources/12/."
)


class LateWidget(TextWidget):
    """`clean` gives the word, `resolve` what it means on a row of a city.

    `prepare` is called before, with the cities and the words of a whole column.
    """

    is_late = True

    def prepare(self, cities, words):
        raise NotImplementedError

    def resolve(self, city, word):
        raise NotImplementedError


class FileWidget(LateWidget):
    expected = gettext_lazy("the name of a file of the city, or of one in the .zip, as plan.pdf")

    def __init__(self, *, is_cover=False):
        super().__init__()
        self.is_cover = is_cover

    def prepare(self, cities, words):
        self.scope.files.load(cities)

    def resolve(self, city, word):
        return self.scope.files.find(city, word, is_cover=self.is_cover)

    def render(self, value, obj=None, **kwargs):
        return self.kept(value).name if value is not None else None

    def kept(self, value):
        return getattr(value, "upload", value)

    def same(self, old, new):
        return old is None if new is None else new.is_still(old)


class ResourceWidget(LateWidget):
    expected = gettext_lazy(
        "a resource of the city by its link or file name, or the address of its page"
    )

    def prepare(self, cities, words):
        self.scope.library.prepare(cities, {cells.tidy(word) for word in words})

    def resolve(self, city, word):
        return self.scope.library.find(city, word)

    def render(self, value, obj=None, **kwargs):
        if value is None:
            return None
        city = obj if isinstance(obj, City) else obj.owning_city
        return self.scope.library.word_for(value, city)

    def same(self, old, new):
        if old is None or new is None:
            return old is new
        return old is new or (old.pk is not None and old.pk == new.pk)
