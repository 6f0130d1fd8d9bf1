"""How the columns of teaching assignments are called, and what stands between two names."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from school.imports.student_rows import CLASSES
from school.sheets.heads import Layout
from workflow.errors import Text

TEACHER, NIP, SUBJECT, CLASS = "teacher", "nip", "subject", "class"
LAYOUT = Layout(
    names={
        TEACHER: (
            *("guru", "namaguru", "gurumapel", "pengajar", "namapengajar", "gurupengampu"),
            *("namagurupengampu", "pengampu", "guruyangmengajar", "teacher", "nama", "namalengkap"),
        ),
        NIP: ("nip", "nipguru"),
        SUBJECT: (
            *("mapel", "matapelajaran", "namamapel", "pelajaran", "mapelyangdiampu", "bidangstudi"),
            *("tugas", "tugasmengajar", "subject"),
        ),
        CLASS: (*CLASSES, "kelasyangdiajar", "kelasyangdiampu", "mengajardikelas"),
    },
    needed=((TEACHER, NIP), (SUBJECT,), (CLASS,)),
    otherwise=gettext_lazy("No row of the file names its columns."),
)
LABELS: Mapping[str, Text] = {
    TEACHER: gettext_lazy("Teacher"),
    NIP: "NIP",
    SUBJECT: gettext_lazy("Subject"),
    CLASS: gettext_lazy("Class"),
}
BESIDES = re.compile(r"\s*[;/]\s*")
"""Between two teachers or subjects in a cell; a comma may belong to a title."""
AND_CLASSES = re.compile(r"\s*[;,/&]\s*")
