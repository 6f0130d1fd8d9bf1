"""The cases that wait for a counselor go with their class."""

from cases.workflow.counselors import follow_classes
from school.counseled import register


def register_all() -> None:
    register(follow_classes)
