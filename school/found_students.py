"""The students whom the search over everything finds."""

from school import finding
from school.finding import Found
from school.models import Student, User


def students(user: User, words: str, most: int) -> list[Found]:
    """Return students by name, NIS, or the NISN where the person may know it."""
    seen = Student.objects.visible_to(user).found_by_number(words, user).with_class()
    rows = seen.order_by("name", "nis").only("name", "nis")[:most]
    return [Found(each.name, _detail(each), each.get_absolute_url()) for each in rows]


def _detail(student: Student) -> str:
    return " · ".join(filter(None, (student.class_name, f"NIS {student.nis}")))


def register_all() -> None:
    finding.register(finding.STUDENTS, students)
