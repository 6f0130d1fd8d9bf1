"""Loads the demo school, unless it is there, sets its day, and prints who can sign in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from counseling.demo import school
from counseling.demo.logins import table
from counseling.demo.real_school import holds_a_real_school
from counseling.demo.today import set_today
from school.models import SchoolProfile


class Command(BaseCommand):
    help = "Loads the demo school where there is none, sets its day and prints the logins."

    def handle(self, *args: Any, **options: Any) -> None:
        if holds_a_real_school():
            raise CommandError("This database holds a real school. Nothing was changed.")
        if not SchoolProfile.objects.exists():
            self.stdout.write("Loading the demo school ...")
            school.load()
        today = set_today()
        self.stdout.write(f"The demo school lives on {today:%A, %d %B %Y}.\n\n{table()}")
