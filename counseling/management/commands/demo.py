"""Loads the demo school, unless it is there, sets its day, and prints who can sign in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from counseling.demo import scale, school, years
from counseling.demo.logins import table
from counseling.demo.real_school import holds_a_real_school
from counseling.demo.today import set_today
from school.models import SchoolProfile


class Command(BaseCommand):
    help = "Loads the demo school where there is none, sets its day and prints the logins."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--years",
            type=int,
            default=years.THERE,
            help="how many years, the running one included",
        )
        parser.add_argument("--scale", type=int, default=1, help="how many times the rows")

    def handle(self, *args: Any, **options: Any) -> None:
        if holds_a_real_school():
            raise CommandError("This database holds a real school. Nothing was changed.")
        is_larger = options["years"] > years.THERE or options["scale"] > 1
        if not SchoolProfile.objects.exists():
            self.stdout.write("Loading the demo school ...")
            with transaction.atomic():
                school.load()
                years.go_back(options["years"])
                scale.multiply(options["scale"])
        elif is_larger:
            raise CommandError("The demo school is there already: `make demo-reset` drops it.")
        today = set_today()
        self.stdout.write(f"The demo school lives on {today:%A, %d %B %Y}.\n\n{table()}")
