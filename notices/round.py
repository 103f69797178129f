"""What is done for mails in the background: by the worker, and by `manage.py send_mails`."""

import logging
import time

from accounts.password_mails import answer_requests, forget_requests
from profiles.outages import is_outage
from updates.asking import forget_requests as forget_colleagues

from .colleagues import tell_of_answers
from .delivery import deliver_due
from .models import Mail
from .questions import forget_questions, tell_cities
from .unpublished import remind

logger = logging.getLogger(__name__)

REST = 60
"""Seconds until a step that failed is tried again."""

HOUR = 60 * 60


def forget_old(goes_on):
    """Delete mails, and requests for mails, that nobody asks about any more."""
    Mail.objects.old().delete()
    forget_requests()
    forget_questions()
    forget_colleagues()


STEPS = [
    (answer_requests, 0),
    (tell_cities, 0),
    (tell_of_answers, REST),
    (remind, HOUR),
    (deliver_due, 0),
    (forget_old, HOUR),
]
"""Functions of `goes_on`, and how many seconds pass until each is called again.

One that gives False could not do its work.
"""


def add_writer(step):
    """Have a function of a higher app, of `goes_on`, called each time before mails are sent."""
    STEPS.insert(STEPS.index((deliver_due, 0)), (step, 0))


class MailRound:
    def __init__(self):
        self.rests = {}

    def run(self, goes_on):
        for step, pause in STEPS:
            if goes_on() and self.rests.get(step, 0) <= time.monotonic():
                went_well = attempt(step, goes_on)
                self.rests[step] = time.monotonic() + (pause if went_well else REST)


def attempt(step, goes_on):
    """Whether the step went well; an outage of database or disk is the caller's to wait for."""
    try:
        return step(goes_on) is not False
    except Exception as error:
        if is_outage(error):
            raise
        logger.exception("The worker goes on with other work than %s.", step.__name__)
        return False
