"""The kinds of files of this room."""

from school.imports import (
    class_lists,
    holiday_file,
    lesson_file,
    parents_phones,
    staff_file,
    student_file,
)
from school.imports.kinds import register


def register_all() -> None:
    for kind in (
        student_file.KIND,
        staff_file.KIND,
        lesson_file.KIND,
        parents_phones.KIND,
        class_lists.KIND,
        holiday_file.KIND,
    ):
        register(kind)
