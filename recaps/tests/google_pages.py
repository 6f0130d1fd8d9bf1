"""Files of Google on the pages of a sheet: sent, answered, saved."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from recaps.tests import google_files as files
from school.tests.cast import Cast
from workflow.tests.browser_free import post, signed_in


class Pages:
    """The pages of the sheet of maths, for its teacher."""

    def __init__(self, cast: Cast, client: Client | None = None) -> None:
        self.cast = cast
        self.client = client or signed_in(cast.guru)

    def url(self, name: str = "google") -> str:
        return reverse(f"recaps:{name}", args=[self.cast.maths.pk, self.cast.period.pk])

    def send(self, given: Mapping[str, bytes]) -> Any:
        """Choose files; return the answer."""
        chosen = [SimpleUploadedFile(name, content) for name, content in given.items()]
        return post(self.client, self.url(), {"chosen": chosen})

    def answer(self, **answers: str | list[str]) -> Any:
        """Send the step that is asked as it stands, with these answers; return the answer."""
        page = self.client.get(self.url())
        step = page.context["step"]
        given: dict[str, Any] = {"step": step.name}
        for field in step:
            if (value := field.value()) not in (None, False, []):
                given[field.html_name] = value
        return post(self.client, self.url(), given | answers)

    def fields(self, prefix: str) -> list[str]:
        """Return the names of the fields of the present step."""
        step = self.client.get(self.url()).context["step"]
        return [name for name in step.fields if name.startswith(prefix)]

    def save(self, **more: Any) -> Any:
        """Press the button below what would change."""
        page = self.client.get(self.url("google_fill"))
        return post(
            self.client, self.url("google_fill"), {"seal": page.context["plan"].seal, **more}
        )


def three_files(cast: Cast) -> dict[str, bytes]:
    """Return grades, a meeting and answers of a period, each with somebody of another class."""
    one, two, three, _four = (student.name for student in cast.students)
    other = cast.foreign_students[0].name
    days = [cast.period.ends_on - timedelta(days=n) for n in (7, 5, 3)]
    grades = files.classroom(
        {"Tugas 1": days[0], "Kuis": days[1]},
        {one: ["90", ""], two: ["", "80"], three: ["0", "70"], other: ["55", ""]},
    )
    meeting = files.meet({one: "40 min", two: "2 min", other: "40 min"})
    answers = files.form(
        [
            (days[2], one, "X MIPA 3", "Hadir"),
            (days[2], two, "X MIPA 3", "Sakit"),
            (days[2], other, "X MIPA 4", "Izin"),
        ]
    )
    return {
        "nilai.csv": files.written(grades),
        f"{days[0]} 07-30 Matematika.csv": files.written(meeting),
        "presensi.csv": files.written(answers),
    }


def answered(pages: Pages) -> None:
    """Answer all that `three_files` leave open: empty marks are missing, the rest as it stands."""
    pages.answer()
    pages.answer(**dict.fromkeys(pages.fields("e-"), "missing"))
    pages.answer()
