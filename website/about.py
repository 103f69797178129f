"""The plain pages about the platform: what it is, and what it does with what people give it."""

from django.conf import settings
from django.views.generic import TemplateView

from .small_letters import SmallLetters


class PlainPage(SmallLetters, TemplateView):
    """`template_name` is given with the address."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            operator=settings.OPERATOR_NAME,
            operator_email=settings.OPERATOR_EMAIL,
            security_contact=settings.SECURITY_CONTACT,
            security_words=settings.SECURITY_CONTACT.removeprefix("mailto:"),
            **kwargs,
        )
