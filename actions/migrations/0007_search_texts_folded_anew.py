"""Searches fold more letters than before, and leave out hyphens and quotation marks."""

from django.db import migrations

from profiles.refolding import refold, update_each

SIGNATURE_FIELDS = ("signs_1", "signs_2", "signs_3", "signs_4")
BITS = 63
FULL, PAIRS = (1 << BITS) - 1, BITS * len(SIGNATURE_FIELDS)


def search_signature(text):
    """Which pairs of letters `text` has, as searches compared it at the time of this migration."""
    bits = 0
    for first, second in zip(text, text[1:], strict=False):
        bits |= 1 << (ord(first) * 67 + ord(second)) % PAIRS
    return tuple(bits >> BITS * place & FULL for place in range(len(SIGNATURE_FIELDS)))


def fold_anew(apps, schema_editor):
    connection = schema_editor.connection
    changed = refold(apps.get_model("actions", "Action"), connection)
    signed = [(pk, *search_signature(text)) for pk, text in changed]
    update_each(connection, apps.get_model("actions", "Sought"), SIGNATURE_FIELDS, signed)


class Migration(migrations.Migration):
    dependencies = [("actions", "0006_synonyms_of_action_types")]

    operations = [migrations.RunPython(fold_anew, migrations.RunPython.noop)]
