"""Loads the demo school, unless it is there, sets its day, and prints who can sign in."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from counseling.demo import school
from counseling.demo.logins import table
from counseling.demo.real_school import holds_a_real_school
from counseling.demo.scale import multiply
from counseling.demo.today import set_today
from counseling.demo.years import THERE, go_back
from school.models import SchoolProfile


class Command(BaseCommand):
    help = "Loads the demo school where there is none, sets its day and prints the logins."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--years",
            type=int,
            default=THERE,
            help="how many years, the running one included",
        )
        parser.add_argument("--scale", type=int, default=1, help="how many times the rows")
        parser.add_argument(
            "--ask", action="store_true", help="only refuse where a real school is; change nothing"
        )

    def handle(self, *, years: int, scale: int, ask: bool, **options: object) -> None:
        if holds_a_real_school():
            raise CommandError("This database holds a real school. Nothing was changed.")
        if ask:
            return
        is_larger = years > THERE or scale > 1
        if not SchoolProfile.objects.exists():
            self.stdout.write("Loading the demo school ...")
            with transaction.atomic():
                school.load()
                go_back(years)
                multiply(scale)
        elif is_larger:
            raise CommandError("The demo school is there already: `make demo-reset` drops it.")
        today = set_today()
        self.stdout.write(f"The demo school lives on {today:%A, %d %B %Y}.\n\n{table()}")
