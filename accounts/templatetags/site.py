"""The name of the platform, for templates that are rendered with a request or without one."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def site_name():
    return settings.SITE_NAME
