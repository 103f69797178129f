"""The states of cities, which 0008 has turned into what they follow from.

Going back makes the columns again, and 0008 fills them; the earlier states in the history of cities
are gone.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("profiles", "0008_what_the_states_of_cities_become")]

    operations = [
        migrations.RemoveConstraint(
            model_name="city",
            name="profiles_city_state_known",
        ),
        migrations.RemoveField(
            model_name="city",
            name="state",
        ),
        migrations.RemoveField(
            model_name="city",
            name="state_note",
        ),
        migrations.RemoveField(
            model_name="historicalcity",
            name="state",
        ),
        migrations.RemoveField(
            model_name="historicalcity",
            name="state_note",
        ),
    ]
