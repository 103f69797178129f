"""Lets tests read in public what they have written, without a commit.

Publishing follows a commit, and most tests roll back instead. So what was recorded since the last
request is published before the next request for a public page, or by `publish_all`.
"""

import pytest
from django.test import Client

from profiles.changes import Recording

_pending: set[int] = set()


def publish_all():
    """Publish all cities that were written to in this test."""
    from publishing.publish import publish

    while _pending:
        publish(_pending.pop())


@pytest.fixture(autouse=True, scope="session")
def published_before_requests():
    finish, request = Recording.finish, Client.request

    def finish_and_note(self):
        finish(self)
        _pending.update(self.city_ids)

    def publish_and_request(self, **given):
        if not given["PATH_INFO"].startswith("/admin/"):
            publish_all()
        return request(self, **given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Recording, "finish", finish_and_note)
        patch.setattr(Client, "request", publish_and_request)
        yield


@pytest.fixture(autouse=True)
def nothing_to_publish():
    """Forgets what the test before has written: it is rolled back."""
    _pending.clear()
