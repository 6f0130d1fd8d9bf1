"""Files of the operator: one that was applied, and one that waits, with questions and changes."""

from school.imports.answers import usual_day
from school.imports.plan import Answers
from school.imports.reading import read
from school.models import Change, Upload
from school.models.change import ChangeKind
from school.tests.cast import Cast
from school.workflow.imports import keep, plan_of, write

HEAD = "NIS;Nama;L/P;Kelas;HP Siswa"


def upload(cast: Cast, *rows: str, name: str = "siswa.csv") -> Upload:
    """Choose a CSV file with these rows of students, without looking at its plan."""
    content = "\n".join((HEAD, *rows)).encode()
    return keep(read(content), name, by=cast.operator)


def answers(cast: Cast) -> Answers:
    return Answers(cast.semester, usual_day(cast.semester))


def applied(cast: Cast, nis: str = "90001") -> Change:
    """Apply a file with a new student."""
    chosen = upload(cast, f"{nis};Siti Baru;P;X MIPA 4;")
    plan = plan_of(chosen, answers(cast), by=cast.operator)
    chosen.delete()
    return write(plan, ChangeKind.STUDENTS, by=cast.operator)


def waiting(cast: Cast) -> Upload:
    """Choose a file with a change, a class that is not there yet, and a student to recognize."""
    first, second = cast.students[-2:]
    return upload(
        cast,
        f"{first.nis};{first.name};L;{cast.own.name};0857 0000 0001",
        f"90009;{second.name};L;X MIPA 9;",
    )
