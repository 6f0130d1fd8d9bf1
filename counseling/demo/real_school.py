"""Keeps the demo out of a database that holds a real school."""

from django.db import connection

from school.models import SchoolProfile, Student, User


def holds_a_real_school() -> bool:
    """Return whether there is a school that is not the demo, or people without a school."""
    there = set(connection.introspection.table_names())
    if not {model._meta.db_table for model in (SchoolProfile, Student, User)} <= there:
        return False
    # Only this column: the tables may be those of an older version.
    is_demo = SchoolProfile.objects.values_list("is_demo", flat=True).first()
    if is_demo is not None:
        return not is_demo
    return User.objects.exists() or Student.objects.exists()
