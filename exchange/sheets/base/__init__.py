"""How a sheet works.

A sheet is a class of columns (`columns.column.Column`). From them come the template, the reading of
cells, the export, and the help. `ModelSheet` has one row per row of a model; `TargetSheet` knows
its rows by a link, a file or a resource; `StatementSheet` has several rows per statement.

    class CommitmentsSheet(ModelSheet):
        sheet_name = "Commitments"
        purpose = gettext_lazy("Which official commitments a city has made, one row for each.")
        model = CityCommitment

        city = city_column()
        commitment = Column("Commitment", "commitment", ReferenceWidget(Commitment), key=True)
        made_on = Column("Made on", "made_on", DateWidget())

        def load_existing(self, cities):
            for row in self.context.read_rows(CityCommitment.objects.all(), cities):
                self.existing[row.city.slug, row.commitment_id] = row

        def key_from(self, values):
            return values["city"].slug, values["commitment"].pk

        def make_instance(self, values):
            return CityCommitment(city=values["city"], commitment=values["commitment"])

        def export_queryset(self, cities):
            return CityCommitment.objects.filter(city__in=cities).order_by("city", "commitment")

A new sheet defines these and is added to `SHEETS` in `exchange/sheets/__init__.py`. It may also set
`staff_only`, `dated` and `constraint_columns`. An import calls the methods in this order; those
with a star are hooks, which a sheet may override:

    plan(data)                     once per sheet, in the order of `SHEETS`; writes nothing
      read_headers                 finds the columns; on a problem nothing else happens, unless
        has_needed_columns *         all columns are there that a row needs
      prepare *                    reads what is stored
        load_existing *              the rows of the cities that the sheet names
      for each row:
        is_as_stored *             if the cells say what is stored: the next row
        clean_cells                cells → row.values, each by the widget of its column
          clear_cell *               an empty cell, if empty cells clear
            empty_value *
        plan_row *                 from here on for a ModelSheet
          has_key                    the key columns are filled in; else only `check_values`
          key_from *                 the key of the row in `existing`
          claim_key                  no other row has this key
          new key: plan_new          known key: plan_existing *
            make_instance *
            register_new *             other rows may refer to it from now on
          value_names *              the columns to assign, one by one:
          assign *                   is the value another one? is it allowed?
            current_value *
            is_valid *                 asks the field of `model_field` *
          follow_up *                fields that change with the others
          check_instance *           the rules of the whole row
            clean_instance *           the model's `clean`
          batch.create               batch.update
      finish_plan *                judges what needs all rows

    save() *                       after all sheets are planned, in the transaction of the import
      batches *                    the rows to delete, create and update

An export calls `export_queryset` *, `export_lines` * for each row of it, `export_cells` * for each
line. Hooks report with `add_problem` (nothing will be written), `add_doubt` (people may go on) and
`add_notes` (how a cell was understood);
`note_change` puts a change into the preview where a hook changes a field without `assign`.
"""
