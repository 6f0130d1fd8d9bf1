"""`manage.py semester_report 2020/2021-1 --format json|csv [--by grade|class] [--output F]`.

Of a frozen semester it prints what was frozen, after docs/semester-report.schema.json.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.exports import as_csv, as_data
from reports.frozen import published
from reports.semester_page import report_from
from reports.tables import CLASS, GRADE, Report, report
from reports.workflow import report_of
from school.models import Semester

Data = Mapping[str, object]


class Command(BaseCommand):
    help = "Prints Tables 2 and 3 of a semester, by grade or by class."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("semester", help="the semester's code, e.g. 2020/2021-1")
        parser.add_argument("--format", choices=["json", "csv"], default="json")
        parser.add_argument("--by", choices=[GRADE, CLASS], default=GRADE)
        parser.add_argument("--output", type=Path, help="a file to write to, instead of printing")

    def handle(
        self, *, semester: str, format: str, by: str, output: Path | None, **options: object
    ) -> None:
        text = written(found(semester), by, format)
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            output.write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            raise CommandError(f"Cannot write {output}: {error.strerror}") from error


def written(semester: Semester, by: str, format: str) -> str:
    kept = report_of(semester)
    if format == "csv":
        frozen = kept.content and report_from(kept.content[f"by_{by}"], semester)
        return as_csv(frozen or report(semester, by))
    data = published(kept, by) if kept.is_frozen else _live(report(semester, by))
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _live(semester_report: Report) -> Data:
    return as_data(semester_report, _before(semester_report))


def _before(semester_report: Report) -> Report | None:
    """Return the report of the semester before; None if there is none."""
    earlier = Semester.objects.filter(starts_on__lt=semester_report.semester.starts_on)
    before = earlier.select_related("year").order_by("starts_on").last()
    return report(before, semester_report.by) if before else None


def found(code: str) -> Semester:
    """Return the semester of `code`. Raises CommandError, which says which ones there are."""
    try:
        return Semester.objects.by_code(code)
    except Semester.DoesNotExist as missing:
        codes = [semester.code for semester in Semester.objects.select_related("year")]
        known = ", ".join(codes) or "none"
        raise CommandError(f"There is no semester {code!r}. There are: {known}.") from missing
