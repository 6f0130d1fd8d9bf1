"""`manage.py gather FOLDER [--format csv|json] [--output F]`: the reports of many schools."""

import csv
import json
from io import StringIO
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.gathering import ALL, Gathered, gather, lines_of
from reports.tables import GRADE
from school.sheets.csv_text import safe

HIDDEN = "*"
HEADS = (
    *("semester", "school", "npsn", "grade", "students", "rate"),
    *("cases", "unhandled", "contact", "summons", "home_visit"),
)


class Command(BaseCommand):
    help = (
        "Joins the frozen semester reports (JSON) of a folder into one table by school and grade. "
        "Numbers from 1 to 4, and others that would give them away, are hidden."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="a folder with files from the button JSON")
        parser.add_argument("--by", choices=[GRADE], default=GRADE)
        parser.add_argument("--format", choices=["csv", "json"], default="csv")
        parser.add_argument("--output", type=Path, help="a file to write to, instead of printing")

    def handle(self, *, folder: Path, format: str, output: Path | None, **options: object) -> None:
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        gathered = gather(folder)
        for file, why in gathered.left:
            self.stderr.write(f"left out: {file}: {why}")
        if not gathered.schools:
            raise CommandError(f"There is no frozen report in {folder}.")
        self.stderr.write(f"gathered: {len(gathered.schools)}, left out: {len(gathered.left)}")
        text = as_csv(gathered) if format == "csv" else as_json(gathered)
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            output.write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            raise CommandError(f"Cannot write {output}: {error.strerror}") from error


def as_csv(gathered: Gathered) -> str:
    """Return a line for each school and grade; what is hidden is a star."""
    text = StringIO()
    write = csv.writer(text).writerow
    write(HEADS)
    for line in lines_of(gathered):
        write([HIDDEN if line[head] is None else safe(str(line[head])) for head in HEADS])
    return text.getvalue()


def as_json(gathered: Gathered) -> str:
    """Return the same lines as data, in which null is hidden, and the files that were left out."""
    data = {
        "all": ALL,
        "lines": list(lines_of(gathered)),
        "left_out": [left._asdict() for left in gathered.left],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
