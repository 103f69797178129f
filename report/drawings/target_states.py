"""The marks of the states of targets, as SVG."""

from django.utils.html import format_html

STATES = {
    "reached": "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zM5 8.3l2.2 2.2L11 5.8",
    "on-track": "M3 3.5 7.5 8 3 12.5M8.5 3.5 13 8l-4.5 4.5",
    "no-data": "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z",
    "behind": "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zM8 4.8V8l2.3 1.6",
    "overdue": "M8 1.5 15 14.5H1zM8 6v4M8 12v.3",
}
"""State of a target → the path of its mark in a box of 16. Each has its own shape."""


def state_mark(state):
    """The mark of a target's state in `currentColor`, hidden from screen readers."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="state-mark" viewBox="0 0 16 16"'
        ' aria-hidden="true" focusable="false"><path d="{}" fill="none" stroke="currentColor"'
        ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>',
        STATES[state],
    )
