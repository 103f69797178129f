"""Attributes that tell screen readers of a drawing, or hide it beside words that say the same."""

from django.utils.safestring import SafeString

SHOWN, HIDDEN = SafeString('role="img"'), SafeString('aria-hidden="true" focusable="false"')
GROUP = SafeString('role="group"')
"""For a drawing with links in it."""
