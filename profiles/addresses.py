"""The address of a city, made of its name, or of the one that it had."""

from itertools import chain, count

from django.utils.text import slugify

from .models import City
from .models.published import taken_slugs

LONGEST = City._meta.get_field("slug").max_length


def slug_for(name, country=None):
    """A free address; "" where the name has no letter for it, or all that it gives are taken.

    Of two cities with one name the second has the code of its country behind it.
    """
    plain = slugify(name)
    if not plain:
        return ""
    codes = [f"-{country.code.lower()}"] if country else []
    tried = [plain[:LONGEST], *(plain[: LONGEST - len(code)] + code for code in codes)]
    stored = City.objects.filter(slug__in=tried).values_list("slug", flat=True)
    taken = {*stored, *taken_slugs(tried)}
    return next((slug for slug in tried if slug not in taken), tried[-1])


def free_slug(slug, city_id):
    """`slug` if it leads to no city but this one; else the same with a number behind it."""
    numbers = (f"-{number}" for number in count(2))
    tried = chain([slug], (f"{slug[: LONGEST - len(end)]}{end}" for end in numbers))
    others = City.objects.exclude(pk=city_id)
    return next(
        one
        for one in tried
        if not others.filter(slug=one).exists() and not taken_slugs([one], by_other_than=city_id)
    )
