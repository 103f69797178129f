"""The chapters of a city, each as a page at its own address."""

from django.utils.translation import gettext_lazy

from accounts.site_url import site_url

from .download_and_cite import of_profile
from .meta_of_city import description_of, meta_of_city
from .views import CityPage

HEADINGS = {
    "actions": gettext_lazy("Actions of %(city)s"),
    "pathway": gettext_lazy("%(city)s on the Nature Pathway"),
    "cbi": gettext_lazy("%(city)s in the City Biodiversity Index"),
    "resources": gettext_lazy("Tools and resources of %(city)s"),
}
"""Field of the document → what its page is called. The field names form and template too."""


class ChapterPage(CityPage):
    """One chapter of the document; `chapter` is a key of `HEADINGS`."""

    chapter = ""
    template_name = "website/chapter_page.html"

    @property
    def form(self):
        return f"city_{self.chapter}"

    @property
    def place_in_preview(self):
        return self.chapter

    def shown(self, city, document, url):
        chapter = getattr(document, self.chapter)
        heading = HEADINGS[self.chapter] % {"city": document.cover.title}
        trail = (
            (str(document.cover.title), city.get_absolute_url()),
            (str(chapter.head.title), self.address_at(city.slug)),
        )
        site = site_url(self.request)
        description = f"{heading}. {description_of(document)}"
        part = of_profile(document, city.slug, site, str(chapter.head.title), chapter.head.anchor)
        return {
            "chapter": chapter,
            "chapter_template": f"website/city/{self.chapter}.html",
            "heading": heading,
            "meta": meta_of_city(city, document, url, site, heading, description, trail),
            "download_and_cite": part,
            "neighbours": neighbours(document, city.slug),
        }


def neighbours(document, slug):
    """(form, title) of the pages of all chapters, in the order of the document."""
    return [(f"city_{name}", getattr(document, name).head.title) for name in HEADINGS]
