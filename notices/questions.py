"""Questions that readers ask a city: stored by its page, mailed to the city by the worker.

The page looks at no row of the city, and does the same whether anybody there can answer.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q

from .models import Question
from .recipients import officers_of, platform_staff
from .sending import notify

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

MOST_OF_CLIENT, MOST_OF_CITY = 5, 20
"""Questions within an hour from one IP address, and to one city."""


def ask(question):
    """Store an unsaved `Question`; False where too many have been asked within the hour.

    Of those that are sent at one moment all are stored before they are counted, so that they do not
    pass together: each request counts that of the others.
    """
    if is_beyond_limits(question, more=1):
        return False
    question.save()
    if is_beyond_limits(question):
        question.delete()
        return False
    return True


def is_beyond_limits(question, more=0):
    """Whether there are too many of this hour, and `more` of them to come."""
    client, city = Q(client=question.client) & ~Q(client=""), Q(city=question.city_id)
    counts = Question.objects.since(HOUR).aggregate(
        client=Count("pk", filter=client), city=Count("pk", filter=city)
    )
    return counts["client"] + more > MOST_OF_CLIENT or counts["city"] + more > MOST_OF_CITY


def tell_cities(goes_on):
    """Mail the questions to the officers of their cities, as long as `goes_on()`.

    Where a city has nobody who reads mails, platform staff get them.
    """
    waiting = Question.objects.filter(is_told=False).order_by("pk")
    for question in waiting.select_related("city__country"):
        if not goes_on():
            return
        with transaction.atomic():
            if waiting.filter(pk=question.pk).update(is_told=True):
                city = question.city
                if not notify("question", officers_of(city), city, question=question):
                    notify("question", platform_staff(), city, question=question)


def forget_questions():
    """Delete old questions, and the IP addresses after a day."""
    Question.objects.old().delete()
    recent = Question.objects.since(DAY).values("pk")
    Question.objects.exclude(client="").exclude(pk__in=recent).update(client="")
