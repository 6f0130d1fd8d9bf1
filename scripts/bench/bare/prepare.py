"""Fills the bare project's database, and prints the session of its only user as JSON."""

import json
import sys

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client

from bench.bare.models import Row

ROWS = 1000


def tell() -> None:

    call_command("migrate", run_syncdb=True, verbosity=0)
    user = get_user_model().objects.create_user("somebody")
    Row.objects.bulk_create(
        Row(name=f"Row {number}", text="Nothing to see here. " * 3) for number in range(ROWS)
    )
    client = Client()
    client.force_login(user)
    json.dump({"session": client.cookies["sessionid"].value}, sys.stdout)
