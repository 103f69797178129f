"""Counts all public cities and their actions where only those that act were counted."""

from django.db import migrations

PLACE = "public"
AT_ONCE = 500


def count(apps, schema_editor):
    alias = schema_editor.connection.alias
    counts_of = apps.get_model("actions", "PublicCounts").objects.using(alias)
    cities = apps.get_model("profiles", "PublicCity").objects.using(alias)
    numbers = dict(cities.values_list("pk", "action_count"))
    totals, changed = {}, []
    for row in counts_of.iterator(AT_ONCE):
        row.actions[PLACE] = numbers.get(row.city_id, 0)
        cities_and_actions = totals.setdefault(row.is_sample, [0, 0])
        cities_and_actions[0] += 1
        cities_and_actions[1] += row.actions[PLACE]
        changed.append(row)
    counts_of.bulk_update(changed, ["actions"], batch_size=AT_ONCE)
    of_all = apps.get_model("actions", "PublicTotals").objects.using(alias)
    for is_sample, found in totals.items():
        row, _created = of_all.get_or_create(is_sample=is_sample)
        row.counts[PLACE] = found
        row.save(update_fields=["counts"])


def forget(apps, schema_editor):
    alias = schema_editor.connection.alias
    counts_of = apps.get_model("actions", "PublicCounts").objects.using(alias)
    changed = list(counts_of.all())
    for row in changed:
        row.actions.pop(PLACE, None)
    counts_of.bulk_update(changed, ["actions"], batch_size=AT_ONCE)
    for row in apps.get_model("actions", "PublicTotals").objects.using(alias):
        row.counts.pop(PLACE, None)
        row.save(update_fields=["counts"])


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0011_letters_of_descriptions"),
        ("profiles", "0006_publications_and_public_cities"),
    ]

    operations = [migrations.RunPython(count, forget)]
