"""The columns of the cases behind a figure of the progress report in a file."""

from django.utils.translation import gettext_lazy as _

from school.list_files import Column

CASE_COLUMNS = (
    Column(_("Student"), lambda row: row[1].student.name),
    Column("NIS", lambda row: row[1].student.nis),
    Column(_("Class"), lambda row: row[0].class_name),
    Column(_("Rung then"), lambda row: row[0].rung.standing.word),
    Column(_("Today"), lambda row: row[1].standing.word),
    Column(_("Counselor"), lambda row: row[1].counselor.called if row[1].counselor else ""),
)
"""Of a case as the figure counts it, and as it stands today."""
