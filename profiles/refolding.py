"""Computes stored search texts anew; for migrations, after `catalogue.folding` has changed."""

from .fields import SearchTextField

AT_ONCE = 2_000


def refold(model, connection):
    """Write the search texts of `model` that are no longer right; yields (key, text) of each."""
    rows = model.objects.using(connection.alias).order_by("pk")
    for field in model._meta.fields:
        if isinstance(field, SearchTextField):
            names, last = ("pk", field.attname, *field.sources), 0
            while some := list(rows.filter(pk__gt=last).values_list(*names)[:AT_ONCE]):
                folded = ((pk, stored, field.folded(texts)) for pk, stored, *texts in some)
                changed = [(pk, text) for pk, stored, text in folded if text != stored]
                update_each(connection, model, [field.attname], changed)
                yield from changed
                last = some[-1][0]


def update_each(connection, model, names, rows):
    """Update the columns `names` with `rows`: (key, a value for each column).

    `bulk_update` would take ten times as long.
    """
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(model._meta.get_field(name).column)} = %s" for name in names)
    key = quote(model._meta.pk.column)
    # Names of tables and columns only: nothing that anybody typed.
    statement = f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE {key} = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(*values, pk) for pk, *values in rows])
