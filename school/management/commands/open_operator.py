"""Lets an operator in again who has lost password or phone, where no other one can do it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import translation

from school.models import User
from school.workflow.offices import open_operator
from workflow.errors import WorkflowError


class Command(BaseCommand):
    help = (
        "Gives an operator a new first password, which is printed once, and removes their two-step "
        "sign-in. For the only operator: another one is let in on the person's page."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user_name")

    @transaction.atomic
    def handle(self, *, user_name: str, **_options: Any) -> None:
        person = User.objects.filter(username__iexact=user_name).first()
        if person is None:
            raise CommandError(f"Nobody has the user name {user_name}.")
        with translation.override("en"):
            try:
                given = open_operator(person)
            except WorkflowError as why:
                raise CommandError(str(why)) from None
        self.stdout.write(f"{person.full_name}\nUser name: {person.username}")
        self.stdout.write(f"First password: {given.password}")
