"""The kinds of files of this room."""

from school.imports import student_file
from school.imports.kinds import register


def register_all() -> None:
    for kind in (student_file.KIND,):
        register(kind)
