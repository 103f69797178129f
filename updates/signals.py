"""What the yearly update tells: sent inside the transaction that did it."""

from django.dispatch import Signal

colleague_called = Signal()
"""A colleague is to be mailed. Arguments: request (a `ColleagueRequest`), token (opens it; stored
nowhere), occasion (`asked`, `reminded` or `returned`), figure (the one that is returned, or None).
"""
