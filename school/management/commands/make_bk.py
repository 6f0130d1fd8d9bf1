"""Gives an office that sees cases without anybody's yes, where nobody is there who could say it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import translation

from school.models import User
from school.roles import GUARDED
from school.workflow.offices import make_first
from workflow.errors import WorkflowError

CODES = {office.code.lower(): office for office in GUARDED}


class Command(BaseCommand):
    help = (
        "Gives a person an office that sees cases, and a first password, which is printed once. "
        "For a school in which no coordinator and no principal can sign in; else the operator asks "
        "for it in the browser, and one of them agrees."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user_name")
        parser.add_argument("office", choices=CODES)

    @transaction.atomic
    def handle(self, *, user_name: str, office: str, **_options: Any) -> None:
        person = User.objects.filter(username__iexact=user_name).first()
        if person is None:
            raise CommandError(f"Nobody has the user name {user_name}.")
        with translation.override("en"):
            try:
                given = make_first(person, CODES[office])
            except WorkflowError as why:
                raise CommandError(str(why)) from None
            self.stdout.write(f"{person.full_name}: {CODES[office].label}")
        self.stdout.write(f"User name: {person.username}\nFirst password: {given.password}")
