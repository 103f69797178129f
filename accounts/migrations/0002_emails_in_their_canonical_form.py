"""Each person's e-mail address in the form in which new ones are kept (`accounts.emails`)."""

import contextlib
import logging

from django.db import migrations

from accounts.emails import canonical_email, email_key

logger = logging.getLogger(__name__)


def make_canonical(apps, schema_editor):
    rename(apps, canonical_email)


def write_domains_in_letters(apps, schema_editor):
    """Names of domains in their own script again: code before this migration compares letters."""
    rename(apps, in_letters)


def in_letters(email):
    name, at, domain = email.rpartition("@")
    with contextlib.suppress(UnicodeError):
        domain = domain.encode().decode("idna")
    return f"{name}{at}{domain}"


def rename(apps, spelt):
    """Leaves an address alone whose other spelling belongs to somebody else: staff must decide."""
    users = apps.get_model("accounts.User").objects
    stored = dict(users.values_list("pk", "email"))
    taken = {email_key(spelt(email)) for email in stored.values() if spelt(email) == email}
    for pk, email in stored.items():
        new = spelt(email)
        if new == email:
            continue
        if email_key(new) in taken:
            logger.warning("Two accounts have the address %s; number %d keeps %s.", new, pk, email)
            continue
        taken.add(email_key(new))
        users.filter(pk=pk).update(email=new)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_users")]

    operations = [migrations.RunPython(make_canonical, write_domains_in_letters)]
