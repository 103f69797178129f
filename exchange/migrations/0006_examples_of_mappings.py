"""Two mappings as examples: lists with these headers are recognised, and the answers proposed.

They say what columns are, and leave cities, words and action types to whoever brings a list.
"""

from django.db import migrations


def uses(*rows):
    """Decisions of columns. Each row: key, field, whether the header stands before the text,
    whether an empty cell means the one above."""
    names = ("field", "has_title", "fills_down")
    return {key: dict(zip(names, values, strict=True)) for key, *values in rows}


REPORT = uses(
    ("indicator code", "measure", False, False),
    ("indicator", "measure", False, False),
    ("is this a disaggregation?", "", False, False),
    ("type of disaggregation", "", False, False),
    ("disaggregation", "city", False, False),
    ("year", "year", False, False),
    ("unit", "unit", False, False),
    ("value", "value", False, False),
    ("footnote", "text", False, False),
)
PLAN = uses(
    ("axe", "description", True, True),
    ("sous-axe", "description", True, True),
    ("titre de l’action", "title", False, False),
    ("titre de la sous-action", "description", True, False),
    ("descriptif", "description", False, False),
    ("thématique", "action_type", False, False),
    ("objectifs", "description", True, False),
    ("indicateurs liés", "description", True, False),
    ("structure pilote", "description", True, False),
    ("partenaires", "description", True, False),
    ("service pilote", "department", False, False),
    ("élu·e référent·e", "", False, False),
    ("statut", "description", True, False),
    ("niveau de priorité", "", False, False),
    ("date de début", "days", True, False),
    ("date de fin", "days", True, False),
    ("financeur 1", "", False, False),
    ("montant € ht", "", False, False),
    ("financeur 2", "", False, False),
    ("montant € ht #2", "", False, False),
    ("budget prévisionnel total € ttc", "", False, False),
)
EXAMPLES = (
    ("Indicators of a national report, in nine columns", "statements", REPORT, {}),
    (
        "Plan d’actions communal (Axe, Sous-axe, Titre de l’action …)",
        "actions",
        PLAN,
        {
            "language": "fr",
            "key_columns": ["titre de l’action"],
            "continues": "titre de l’action",
        },
    ),
)


def add_examples(apps, schema_editor):
    mapping = apps.get_model("exchange", "Mapping")
    for name, target, columns, constants in EXAMPLES:
        decisions = {"target": {"target": target}, "columns": {"columns": columns}}
        if constants:
            decisions["constants"] = constants
        mapping.objects.create(
            name=name,
            target=target,
            headers=list(columns),
            decisions=decisions,
            is_example=True,
        )


def remove_examples(apps, schema_editor):
    apps.get_model("exchange", "Mapping").objects.filter(is_example=True).delete()


class Migration(migrations.Migration):
    dependencies = [("exchange", "0005_lists_of_another_form")]

    operations = [migrations.RunPython(add_examples, remove_examples)]
