"""Some samples as records in files, so that tests of their documents ask no database.

`.venv/bin/python -m tests.report.records` writes the files anew from the demo.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    FOLDER = tempfile.TemporaryDirectory()
    os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER.name}/samples.sqlite3"
    os.environ["MEDIA_ROOT"] = FOLDER.name
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citiesnature.settings.development")
    import django

    django.setup()

from django.core.management import call_command

from hub.context import find_resources
from hub.models import PublicResource
from hub.record import resource_ids
from profiles.dates import today
from profiles.models import City, PublicCity
from publishing import record as records
from tests.records import DAY

FILES = Path(__file__).with_name("records")
OWN, OTHERS = 1, 2
"""The keys of the sample itself and of other cities, in the files."""
LEFT_OUT = {"city", "published_on", "search_text"}
FIELDS = [
    field.attname for field in PublicResource._meta.concrete_fields if field.name not in LEFT_OUT
]


RECORDED = (
    "al-waha",
    "anji-county",
    "boa-mata",
    "lomi-seret",
    "nadi-nagar",
    "quietwater",
    "suan-nam",
    "three-otters",
    "zelenyi-bereh",
)


def file_of(slug):
    return FILES / f"{slug}.json"


def read(slug):
    """(its record, the resources to which it refers, whether it is marked as a sample)."""
    stored = json.loads(file_of(slug).read_text(encoding="utf-8"))
    record = records.decode(json.dumps(stored["publication"]))
    resources = [
        PublicResource(**{**fields, "city": fields["city"] and PublicCity(**fields["city"])})
        for fields in stored["resources"]
    ]
    return record, resources, stored["is_sample"]


def written(city):
    """The content of the file of a city with the rows that it has now."""
    record = records.collect([city])[city.pk]
    ids = sorted(resource_ids(record))
    found = find_resources(city.pk, ids, record.city.language)
    keys = Keys({pk: number for number, pk in enumerate(ids, start=1)})
    publication = keys.of(json.loads(records.encode(record)))
    resources = [keys.of_resource(row, city) for row in map(found.get, ids) if row is not None]
    content = {
        "is_sample": city.is_sample,
        "publication": publication,
        "resources": json.loads(json.dumps(resources, default=str)),
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


class Keys:
    """Resources, rows and files with the same keys, whatever keys the database gave them.

    `resources`: primary key → key in the file. What says no day of its last update has `DAY`, not
    that of the import.
    """

    def __init__(self, resources):
        self.resources, self.tokens, self.rows = resources, {}, 0
        self.today = today().isoformat()

    def of(self, value, name=""):
        match value:
            case dict():
                return {name: self.of(item, name) for name, item in sorted(value.items())}
            case list():
                return [self.of(item, name) for item in value]
            case int() if name == "resources" or name.endswith("resource"):
                return self.resources[value]
            case str() if name == "token":
                return self.token(value)
            case self.today if name == "updated_on":
                return DAY.isoformat()
            case int() if name == "id":
                self.rows += 1
                return self.rows
        return value

    def of_resource(self, row, city):
        fields = {name: getattr(row, name) for name in FIELDS}
        tokens = {name: self.token(fields[name]) for name in FIELDS if name.endswith("token")}
        home = row.city and {
            "city_id": OWN if row.city_id == city.pk else OTHERS,
            "slug": row.city.slug,
            "name": row.city.name,
        }
        return {**fields, **tokens, "id": self.resources[row.pk], "city": home}

    def token(self, value):
        if value is None:
            return None
        number = self.tokens.setdefault(str(value), len(self.tokens) + 1)
        return f"00000000-0000-0000-0000-{number:012}"


def write_all():
    call_command("migrate", verbosity=0)
    call_command("load_demo", verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115 (the end)
    FILES.mkdir(exist_ok=True)
    for city in City.objects.filter(slug__in=RECORDED).select_related("country"):
        file_of(city.slug).write_text(written(city), encoding="utf-8")
        sys.stdout.write(f"{file_of(city.slug)}\n")


if __name__ == "__main__":
    write_all()
