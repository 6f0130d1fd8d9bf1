from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from school.imports.answers import usual_day, usual_semester
from school.imports.kinds import KINDS
from school.imports.plan import EVERY_ROW, Answers, Asked, Line, Plan
from school.imports.reading import read
from school.models import Semester, User
from school.models.change import ChangeKind
from school.roles import OPERATOR
from school.workflow.imports import alone, write
from school.years import check_day
from workflow.errors import WorkflowError


class Command(BaseCommand):
    """Prints what the file would change; exit 0 if it was done, or with --dry-run can be."""

    help = "Import students from Dapodik's list or the school's own sheet, all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only print what would change")
        parser.add_argument("--semester", help="e.g. 2021/2022-1; the present one by default")
        parser.add_argument("--by", help="user name of the operator; the first one by default")
        parser.add_argument(
            "--answer",
            action="append",
            default=[],
            metavar="QUESTION=ANSWER",
            help="an answer to a question that was printed",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("id"):
            self._import(**options)

    def _import(self, *, file: Path, dry_run: bool, **options: Any) -> None:
        operator, of = _operator(options["by"]), _semester(options["semester"])
        day, first = usual_day(of), of.starts_on
        given = dict(one.partition("=")[::2] for one in options["answer"])
        try:
            check_day(of.year, first)
            found = read(file.read_bytes(), ChangeKind.STUDENTS)
            answers = Answers(of, day, given, first_on=first)
            with alone():
                asked = Asked(found.rows, frozenset(found.columns), answers, operator)
                self._carry_out(asked, dry_run=dry_run)
        except (OSError, WorkflowError) as why:
            raise CommandError(str(why)) from None

    def _carry_out(self, asked: Asked, *, dry_run: bool) -> None:
        """Print what the file would change, and do it."""
        plan = KINDS[ChangeKind.STUDENTS].plan_of(asked)
        self._print(plan)
        if plan.refusals or plan.open_questions:
            raise CommandError("Nothing was imported.")
        if plan.is_possible and not dry_run:
            write(plan, ChangeKind.STUDENTS, by=asked.by)
            self.stdout.write("Imported.")

    def _print(self, plan: Plan) -> None:
        for title, lines in (("new", plan.new), ("changed", plan.changed), ("gone", plan.gone)):
            self.stdout.write(f"{title}: {len(lines)}")
            for line in lines:
                self.stdout.write(f"  {_said(line)}")
        self.stdout.write(f"unchanged: {plan.unchanged}")
        for remark in plan.remarks:
            self.stdout.write(f"note: {remark.said} {list(remark.rows) or ''}".rstrip())
        for question in plan.questions:
            row = f"row {question.row}: " if question.row != EVERY_ROW else ""
            chosen = plan.ask(question) or "?"
            self.stdout.write(f"question {question.key}: {row}{question.text} → {chosen}")
            for value, label in question.choices:
                self.stdout.write(f"  {value}: {label}")
        for refusal in plan.refusals:
            self.stdout.write(f"row {refusal.row}: {refusal.said}: {refusal.why}")


def _said(line: Line) -> str:
    row = f"row {line.row}: " if line.row else ""
    changes = "; ".join(f"{f.label} {f.was} → {f.becomes}" for f in line.fields if f.was)
    return f"{row}{line.who} ({line.note}) {changes}".rstrip()


def _operator(username: str | None) -> User:
    operators = User.objects.holding(OPERATOR).order_by("pk")
    found = operators.filter(username=username).first() if username else operators.first()
    if found is None:
        raise CommandError("There is no such operator.")
    return found


def _semester(code: str | None) -> Semester:
    try:
        found = Semester.objects.by_code(code) if code else usual_semester()
    except Semester.DoesNotExist:
        found = None
    if found is None:
        raise CommandError("There is no such semester.")
    return found
