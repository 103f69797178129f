"""The address of a city, made of its name, or of the one that it had."""

from itertools import chain, count

from django.utils.text import slugify

from catalogue.folding import search_words

from .models import City
from .models.published import taken_slugs

CHUNK = 2000
"""Addresses in one query: a database takes only so many."""

LONGEST = City._meta.get_field("slug").max_length


def plain_slug(name):
    """The address that a name gives: “Łódź” is lodz; "" where it has no letter for it."""
    return slugify(" ".join(search_words(name)))[:LONGEST].strip("-")


def slug_for(name, country=None):
    """A free address; "" where the name has no letter for it, or all that it gives are taken.

    Of two cities with one name the second has the code of its country behind it.
    """
    plain = plain_slug(name)
    if not plain:
        return ""
    tried = slugs_of(plain, country.code if country else "")
    taken = taken_of(tried)
    return next((slug for slug in tried if slug not in taken), tried[-1])


def slugs_of(plain, country):
    """`plain`, and with the two letters of `country` behind it, unless they stand there."""
    end = f"-{country.lower()}" if country else ""
    ends = [""] if end and plain.endswith(end) else ["", end]
    return list(dict.fromkeys(plain[: LONGEST - len(end)] + end for end in ends))


def taken_of(slugs):
    """Those of these addresses that a city has or had."""
    stored = City.objects.filter(slug__in=slugs).values_list("slug", flat=True)
    return {*stored, *taken_slugs(slugs)}


def new_slugs(wanted):
    """A free address for each of `wanted`: pairs of the one that a name gives, and the two letters
    of its country. Of several that are alike the later ones have the country and numbers behind."""
    tried = {slug for plain, country in wanted for slug in slugs_of(plain, country)}
    taken = set()
    for start in range(0, len(ordered := sorted(tried)), CHUNK):
        taken |= taken_of(ordered[start : start + CHUNK])
    for plain, country in wanted:
        slugs = slugs_of(plain, country)
        numbered = (f"{slugs[-1][: LONGEST - len(end)]}{end}" for end in numbers_behind())
        slug = next(one for one in chain(slugs, numbered) if one not in taken)
        if slug not in tried and taken_of([slug]):
            slug = next(one for one in numbered if one not in taken and not taken_of([one]))
        taken.add(slug)
        yield slug


def numbers_behind():
    return (f"-{number}" for number in count(2))


def free_slug(slug, city_id):
    """`slug` if it leads to no city but this one; else the same with a number behind it."""
    tried = chain([slug], (f"{slug[: LONGEST - len(end)]}{end}" for end in numbers_behind()))
    others = City.objects.exclude(pk=city_id)
    return next(
        one
        for one in tried
        if not others.filter(slug=one).exists() and not taken_slugs([one], by_other_than=city_id)
    )
