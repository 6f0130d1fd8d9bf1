"""Sets up a school on an empty database, and prints the first passwords once."""

import sys
from collections.abc import Callable
from typing import Any, TextIO, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import translation

from school import names
from school.forms.person import USER_NAME
from school.models import User
from school.school_years import label_of, year_of
from school.workflow.accounts import FirstPassword
from school.workflow.setup import (
    FIRST_OFFICES,
    FirstPerson,
    check_empty,
    check_year,
    read_name,
    set_up,
)
from workflow import clock
from workflow.errors import NotNow

T = TypeVar("T")
WRONG_USE = 2
QUESTIONS = {
    "operator": "Operator, who enters people and classes",
    "coordinator": "Coordinator of counseling (koordinator BK)",
    "principal": "Principal",
}
EXAMPLES = {
    "operator": "Pak Tri Hartono, A.Md.",
    "coordinator": "Bu Endang Rahayu, S.Pd.",
    "principal": "Bu Dra. Hj. Sri Wahyuni, M.Pd.",
}


class Command(BaseCommand):
    stealth_options = ("stdin",)
    help = (
        "Sets up a school on an empty database: its name, a school year with two semesters, and "
        "the first three people. Asks for what no flag gives. Exit status: 0 done, 1 refused, "
        "2 something is missing or wrong."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--school", help='e.g. "SMA Negeri 1 Candiroto"')
        parser.add_argument("--year", help="e.g. 2026/2027")
        for key, question in QUESTIONS.items():
            parser.add_argument(f"--{key}", metavar="NAME", help=f'{question}: "{EXAMPLES[key]}"')
            parser.add_argument(f"--{key}-username", metavar="USER_NAME")
        parser.add_argument(
            "--no-input", action="store_true", help="never ask; what is missing is an error"
        )

    def handle(self, *, no_input: bool, stdin: TextIO = sys.stdin, **options: Any) -> None:
        with translation.override("en"):
            self._refuse_unless_empty()
            self.stdin, self.asks = stdin, not no_input and stdin.isatty()
            school = self._ask("school", options["school"], "Name of the school", _filled)
            year = self._ask("year", options["year"], "School year", _year, label_of_today())
            people = {key: self._person(key, options) for key in FIRST_OFFICES}
            try:
                given = set_up(school, year, people)
            except NotNow as why:
                raise CommandError(str(why), returncode=WRONG_USE) from None
            self.stdout.write(said(school, year, given))

    def _refuse_unless_empty(self) -> None:
        if User._meta.db_table not in connection.introspection.table_names():
            raise CommandError("The database has no tables yet. Run `manage.py migrate` first.")
        try:
            check_empty()
        except NotNow as why:
            raise CommandError(str(why)) from None

    def _person(self, key: str, options: dict[str, Any]) -> FirstPerson:
        example = EXAMPLES[key]
        question = f"{QUESTIONS[key]}, with Pak or Bu and titles (e.g. {example})"
        named = self._ask(key, options[key], question, read_name)
        flag = f"{key}_username"
        usual = names.user_name(named.name)
        given = options[flag] or ("" if self.asks else usual)
        return FirstPerson(named, self._ask(flag, given, "User name", _user_name, usual))

    def _ask(
        self,
        flag: str,
        given: str | None,
        question: str,
        read: Callable[[str], T],
        usual: str = "",
    ) -> T:
        """Return what a flag gives, else what the person types; asks again until it is right."""
        while True:
            text = given or self._typed(flag, question, usual)
            try:
                return read(text.strip())
            except NotNow as why:
                if given or not self.asks:
                    where = f"--{flag.replace('_', '-')}"
                    raise CommandError(f"{where}: {why}", returncode=WRONG_USE) from None
                self.stderr.write(str(why))

    def _typed(self, flag: str, question: str, usual: str) -> str:
        if not self.asks:
            raise CommandError(f"Give --{flag.replace('_', '-')}.", returncode=WRONG_USE)
        suffix = f" [{usual}]" if usual else ""
        self.stdout.write(f"{question}{suffix}: ", ending="")
        self.stdout.flush()
        line = self.stdin.readline()
        if not line:
            raise CommandError("Nothing was set up.")
        return line.strip() or usual


def label_of_today() -> str:
    return label_of(year_of(clock.today()))


def said(school: str, year: str, given: list[FirstPassword]) -> str:
    """Return who can sign in with which password, and what comes next."""
    rows = [("Role", "Name", "User name", "First password")]
    rows += [
        (key.capitalize(), one.user.full_name, one.user.username, one.password)
        for key, one in zip(FIRST_OFFICES, given, strict=True)
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    return "\n".join(
        (
            f"{school}, {year}, is set up.",
            "",
            *lines,
            "",
            "These passwords are shown only now. Each person makes their own at the first sign-in.",
            "The operator's home page leads on from here.",
        )
    )


def _filled(text: str) -> str:
    if not text:
        raise NotNow("Type a name.")
    return text


def _year(text: str) -> str:
    check_year(text)
    return text


def _user_name(text: str) -> str:
    if not USER_NAME.fullmatch(text):
        raise NotNow("Small letters, digits, dots and dashes, at least three: tri.hartono")
    return text
