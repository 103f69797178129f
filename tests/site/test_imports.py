"""An app may import only from apps of lower floors (docs/architecture.md has the table).

Relations by string and `get_model` count as imports.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

FLOORS = {
    "accounts": 1,
    "catalogue": 1,
    "intake": 1,
    "profiles": 2,
    "hub": 3,
    "actions": 4,
    "cbi": 4,
    "pathway": 4,
    "achievements": 5,
    "updates": 5,
    "publishing": 6,
    "report": 7,
    "exchange": 7,
    "notices": 7,
    "oversight": 8,
    "website": 8,
}
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}


def sources(app):
    return sorted((ROOT / app).rglob("*.py"))


def called(node):
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def named_models(node):
    """App labels in `apps.get_model("app.Model")` and in relations by string."""
    if called(node) == "get_model" or called(node) in RELATIONS:
        candidates = [*node.args[:1], *(k.value for k in node.keywords if k.arg == "to")]
        for value in candidates:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.value.split(".")[0]


def uses(tree):
    """(line, app) of each import, relation and `get_model` in the file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.lineno, node.module.split(".")[0]
        elif isinstance(node, ast.Call):
            for label in named_models(node):
                yield node.lineno, label


def wrong_uses(app, tree):
    for line, used in uses(tree):
        if used in FLOORS and used != app and FLOORS[used] >= FLOORS[app]:
            yield f"line {line} uses {used} (floor {FLOORS[used]})"
        elif used in ("citiesnature", "tests"):
            yield f"line {line} uses {used}, which stands above every app"


@pytest.mark.parametrize("app", FLOORS)
def test_an_app_leans_on_lower_floors_only(app):
    wrong = [
        f"{path.relative_to(ROOT)}, {fault}"
        for path in sources(app)
        if "migrations" not in path.parts
        for fault in wrong_uses(app, ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not wrong, "\n".join(wrong)


def test_every_app_has_a_floor():
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")} - {"citiesnature"}
    assert apps == set(FLOORS)


@pytest.mark.parametrize(
    "source",
    [
        "import website.views",
        "from report.document import build",
        "def late():\n    from actions.models import Action",
        "apps.get_model('actions.Action')",
        "apps.get_model('actions', 'Action')",
        "models.ForeignKey('actions.Action', on_delete=None)",
        "models.ManyToManyField(to='cbi.Edition')",
        "from citiesnature.settings import base",
    ],
)
def test_this_guard_sees_an_upward_use(source):
    assert list(wrong_uses("profiles", ast.parse(source)))
