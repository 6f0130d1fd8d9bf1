"""The last evening of a period: all teachers save their sheets at the same moment, over HTTP."""

import http.client
import json
import threading
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import pytest
from django.conf import settings
from django.middleware.csrf import _get_new_csrf_string

from recaps.models import Entry, Recap, RecapStatus
from school.models import TeachingAssignment
from school.tests import factories as make
from school.tests.cast import Cast, small_school
from workflow.tests.browser_free import signed_in

TEACHERS, ROWS = 45, 2


class Teacher(threading.Thread):
    """A teacher's phone: it reads the sheet, saves rows one by one, and hands over."""

    def __init__(self, url: str, assignment: TeachingAssignment, cast: Cast, rows: int) -> None:
        super().__init__()
        self.host = urlsplit(url).netloc
        self.sheet = f"/rekap/{assignment.pk}/{cast.period.pk}/"
        self.students = [student.pk for student in cast.students[:rows]]
        session = signed_in(assignment.teacher).cookies[settings.SESSION_COOKIE_NAME].value
        self.token = _get_new_csrf_string()
        self.headers = {
            "Accept": "application/json",
            "X-For-User": str(assignment.teacher_id),
            "X-CSRFToken": self.token,
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={self.token}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.wrong: list[str] = []

    def run(self) -> None:
        try:
            self.ask("GET", self.sheet, 200)
            for student in self.students:
                row = f"{self.sheet}siswa/{student}/"
                version = self.save(row, {"read_at": 0, "absent": 2})
                self.save(row, {"read_at": version, "absent": 3})
            self.ask("POST", f"{self.sheet}serahkan/", 302, {"submit_id": uuid4()})
        except Exception as error:
            self.wrong.append(repr(error))

    def save(self, row: str, fields: dict[str, Any]) -> int:
        """Save a row and return its new version."""
        return json.loads(self.ask("POST", row, 200, {"submit_id": uuid4(), **fields}))["version"]

    def ask(self, method: str, path: str, wanted: int, fields: Any = None) -> bytes:
        connection = http.client.HTTPConnection(self.host, timeout=60)
        try:
            connection.request(method, path, urlencode(fields or {}), self.headers)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != wanted:
                self.wrong.append(f"{method} {path}: {answer.status} {body[:300]!r}")
            return body
        finally:
            connection.close()


def staff(cast: Cast) -> list[TeachingAssignment]:
    """Make many teachers of one class with a subject each, so that all recaps go to one list."""
    return [
        make.TeachingAssignmentFactory(
            teacher=make.person(username=f"guru{number:02d}"), school_class=cast.own
        )
        for number in range(TEACHERS)
    ]


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_45_teachers_save_their_sheets_at_the_same_moment(live_server: Any) -> None:
    cast = small_school(36)
    teachers = [Teacher(live_server.url, assignment, cast, ROWS) for assignment in staff(cast)]
    for teacher in teachers:
        teacher.start()
    for teacher in teachers:
        teacher.join()
    assert [wrong for teacher in teachers for wrong in teacher.wrong] == []
    assert Recap.objects.filter(status=RecapStatus.HANDED_OVER).count() == TEACHERS
    assert Entry.objects.filter(absent=3, version=2).count() == TEACHERS * ROWS
