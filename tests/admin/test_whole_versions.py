"""An earlier version of an action is the whole action: its figures, statements and values."""

import pytest

from actions.models import Statement, Value
from profiles.models import ChangeSet
from tests.admin.forms import fields_of, save
from tests.admin.test_deleted import bring_back, delete, rows_of
from tests.clients import url_of, words_of
from tests.factories import make_own_figure, make_statement, writing

DERIVED = {"updated_on", "search_text"}


def contents_of(action):
    """What people read of an action, by model and primary key."""
    return {
        model: [{name: row[name] for name in row.keys() - DERIVED} for row in rows]
        for model, rows in rows_of(action).items()
    }


@pytest.fixture
def full(ours):
    trees = make_own_figure(ours.action, "Trees")
    for year, number in ((2030, 5000), (2035, 7000)):
        make_statement(ours.action, "target", {trees: number}, due_year=year)
    return ours.action


@pytest.fixture
def then(full):
    """The state of `full` that is brought back, and the change set after which it stood."""
    return contents_of(full), ChangeSet.objects.latest("pk").pk


def change_everything(officer, action):
    """Two targets exchange their years; values go, change and come; the words change."""
    early, late = action.statements.targets().order_by("due_year")
    with writing():
        for statement, year in ((early, 2040), (late, 2030), (early, 2035)):
            statement.due_year = year
            statement.save()
        late.values.get().delete()
        action.own_figures.get().delete()
        action.statements.baselines().delete()
    make_statement(action, "progress", {"total_area": 3}, date="2026-03-01")
    save(officer, url_of(action), description="Anew.")


def version(action, at):
    record = action.history.filter(change_set__lte=at).order_by("history_id").last()
    return f"{url_of(action, 'version', record.pk)}?as_of={at}"


def test_it_comes_back_as_it_was(officer, full, then):
    before, at = then
    change_everything(officer, full)
    changed = contents_of(full)
    latest = ChangeSet.objects.latest("pk").pk
    history = officer.get(url_of(full, "history")).text
    assert version(full, at) in history
    page = officer.get(version(full, at))
    said = words_of(page)
    for words in (
        "Hedges have been planted.", "Starting point: comes back", "Trees: comes back", "2035",
        "Progress: is deleted", "Progress, Total area",
    ):  # fmt: skip
        assert words in said
    officer.post(version(full, at), fields_of(page.text))
    assert contents_of(full) == before
    last = ChangeSet.objects.latest("pk")
    assert last.reason.startswith("Back to the version of ")
    assert {r.history_type for r in Statement.history.filter(change_set=last)} == {"+", "~", "-"}
    # Nothing is lost: the state in between comes back in the same way.
    page = officer.get(version(full, latest))
    officer.post(version(full, latest), fields_of(page.text))
    assert contents_of(full) == changed


def test_nothing_comes_back_over_what_somebody_changed_meanwhile(officer, as_, full, then):
    _before, at = then
    change_everything(officer, full)
    form = fields_of(officer.get(version(full, at)).text)
    save(as_("colleague"), url_of(full), description="Theirs.")
    page = words_of(officer.post(version(full, at), form))
    assert "somebody changed this meanwhile" in page and "Mo Our" in page
    full.refresh_from_db()
    assert full.description == "Theirs."


def test_what_it_refers_to_is_still_there(officer, ours, full):
    plan = ours.plan
    target = full.statements.targets().get(due_year=2030)
    with writing():
        target.plan = plan
        target.save()
    at = ChangeSet.objects.latest("pk").pk
    with writing():
        target.plan = None
        target.save()
        plan.delete()
    page = words_of(officer.get(version(full, at)))
    assert "what it had as “plan” has been deleted" in page
    assert "Bring this version back" not in page
    count = Value.history.count()
    officer.post(version(full, at), {"seen_version": "x"})
    assert Value.history.count() == count


def test_a_reader_sees_it_and_brings_nothing_back(as_, full, then):
    _before, at = then
    client = as_("reviewer")
    assert client.get(version(full, at)).status_code == 200
    assert client.post(version(full, at)).status_code == 403
    assert as_("other").post(version(full, at)).status_code == 404


def test_nothing_is_a_version_while_it_was_deleted(officer, full, then):
    """Else bringing that back would delete all that belongs to the action."""
    _before, at = then
    delete(officer, full)
    gone = full.history.latest("history_id")
    bring_back(officer, full)
    early = version(full, at).replace(f"={at}", "=0")
    for url in (f"{url_of(full, 'version', gone.pk)}", early):
        assert officer.get(url).status_code == officer.post(url).status_code == 404
    assert f"/history/{gone.pk}/" not in officer.get(url_of(full, "history")).text
