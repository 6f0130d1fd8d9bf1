"""The buttons of files in: choose, apply, delete, undo."""

from counseling.tests.buttons.button import Button, rows, url
from counseling.tests.scenarios import files
from counseling.tests.scenarios.students import Students
from school.models import Student, Upload
from school.workflow.imports import plan_of


class ChosenFile:
    """A file that every thread reads from its beginning."""

    name = "dipilih.csv"
    content_type = "text/csv"

    def read(self) -> bytes:
        return f"{files.HEAD}\n90003;Dewi Baru;P;X MIPA 4;".encode()


def of_files(students: Students) -> dict[str, Button]:
    cast = students.cast
    operator = cast.operator
    seen = files.upload(cast, "90002;Agus Baru;L;X MIPA 4;")
    said = files.answers(cast)
    assert said.on
    seal = plan_of(seen, said, by=operator).seal
    dropped = files.upload(cast, "90004;Tono Baru;L;X MIPA 4;", name="dihapus.csv")
    return {
        "school:imports": Button(
            operator,
            url("school:imports"),
            {"file": ChosenFile(), "kind": ""},
            rows(Upload, name=ChosenFile.name),
            each=True,
        ),
        "school:import_plan": Button(
            operator,
            url("school:import_plan", seen.pk),
            {"semester": cast.semester.pk, "on": said.on.isoformat(), "seal": seal},
            rows(Student, nis="90002"),
        ),
        "school:import_discard": Button(
            operator,
            url("school:import_discard", dropped.pk),
            {},
            lambda: 1 - Upload.objects.filter(pk=dropped.pk).count(),
        ),
    }
