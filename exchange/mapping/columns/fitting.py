"""Whether the cells of a column can be what a field takes."""

from .fields import Kind

LONGEST_NAME = 100
LONGEST_LINE = 300
LONGEST_UNIT = 40
MOST_TYPES = 60

NUMBERS_IN_TEXTS = ("area", "value", "year", "period", "status")
"""Meanings of which a number may stand in a description, behind its header."""

SHORT_LINES = {"unit": LONGEST_UNIT, "area_unit": LONGEST_UNIT, "department": 150}


def fits(field, content, meaning):
    """Whether `content` can become `field`; an empty column can become all."""
    return content.is_empty or CHECKS[field.kind](field, content, meaning)


def is_number(field, content, _meaning):
    if field.code == "population" and content.are_years:
        return False
    return content.share("number", "whole", "year") >= 0.5


def is_year(_field, content, _meaning):
    return content.share("year", "period", "day", "month") >= 0.5


def is_day(_field, content, _meaning):
    return content.are_days


def is_place(_field, content, _meaning):
    return not is_figure(content) and content.mean_length <= LONGEST_NAME


def is_country(_field, content, _meaning):
    return content.are_countries


def is_position(field, content, _meaning):
    if field.code == "point":
        return content.share("point") >= 0.5
    limit = 90 if field.code == "latitude" else 180
    return content.share("degrees") >= 0.5 or content.within(-limit, limit)


def is_address(field, content, _meaning):
    if field.code == "contact_email":
        return content.are_office_mails
    return content.share("link") >= 0.5


def is_key(_field, content, _meaning):
    return content.is_key


def is_word(field, content, _meaning):
    if is_figure(content):
        return False
    if field.choices == "action_type":
        return content.mean_length <= LONGEST_NAME and len(content.words) <= MOST_TYPES
    return content.mean_length <= LONGEST_LINE


def is_line(field, content, _meaning):
    longest = SHORT_LINES.get(field.code, LONGEST_LINE)
    return content.mean_length <= longest and (
        field.code in ("unit", "state") or not is_figure(content)
    )


def is_text(_field, content, meaning):
    if content.is_yes_or_no:
        return False
    return content.are_days or not is_figure(content) or meaning in NUMBERS_IN_TEXTS


def is_figure(content):
    return content.is_numeric or content.are_days


CHECKS = {
    Kind.TEXT: is_text,
    Kind.LINE: is_line,
    Kind.NUMBER: is_number,
    Kind.YEAR: is_year,
    Kind.DAY: is_day,
    Kind.WORD: is_word,
    Kind.PLACE: is_place,
    Kind.COUNTRY: is_country,
    Kind.COORDINATES: is_position,
    Kind.ADDRESS: is_address,
    Kind.KEY: is_key,
    Kind.YEARS_VALUE: is_number,
}
