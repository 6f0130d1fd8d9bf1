"""The people and addresses of a school that the bench uses.

Runs in a process of Sambang and prints JSON for the process that measures. Sets the school's clock.
"""

import json
import sys
import time
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db.models import Count

from cases.models import Case
from counseling.demo import roster
from counseling.demo.today import set_today
from counseling.sessions import SessionStore
from recaps.models import ClassList, Recap
from recaps.workflow import open_sheet
from school.models import SchoolClass, Semester, Student, TeachingAssignment, User
from school.models.last_class import students_in
from workflow import clock
from workflow.models import ActionEntry


def tell() -> None:
    set_today()
    semester = Semester.objects.current()
    people, sheets = _people(), _open_sheets(semester)
    found = {"people": people, "sheets": sheets, "addresses": _addresses(semester, sheets)}
    json.dump(found, sys.stdout)


def _people() -> dict[str, dict[str, Any]]:
    """Return user name → id and session of everybody in the demo school who may sign in."""
    names = [row.username for row in roster.OFFICIALS]
    names += [f"wali{n + 1}" for n in range(len(roster.HOMEROOMS))]
    names += [f"guru{n + 1}" for n in range(20)]
    users = User.objects.filter(username__in=names)
    return {user.username: {"id": user.pk, "session": _session(user)} for user in users}


def _session(user: Any) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["signed_in_at"] = session["seen_at"] = time.time()
    session.create()
    return session.session_key or ""


def _open_sheets(semester: Any) -> list[dict[str, Any]]:
    """Begin a sheet for each teacher who has a class whose list has not gone to BK; return them."""
    period = semester.periods.filter(ends_on__lt=clock.today()).order_by("-ends_on")[0]
    gone = ClassList.objects.filter(period=period).exclude(status="OPEN").values("school_class")
    handed_over = set(
        Recap.objects.filter(period=period).exclude(status="DRAFT").values_list("group", flat=True)
    )
    teaching = TeachingAssignment.objects.today().filter(teacher__username__regex=r"^\D+\d{1,2}$")
    found: dict[str, dict[str, Any]] = {}
    teaching = teaching.exclude(group__school_class__in=gone).select_related("teacher", "group")
    for row in teaching.order_by("pk"):
        name = row.teacher.username
        if row.group_id in handed_over or name in found:
            continue
        sheet = open_sheet(row, period, by=row.teacher)
        students = Student.objects.of_group(row.group, period).order_by("pk")
        # A row that nobody has saved yet has no version to know.
        students = students.exclude(pk__in=sheet.entries.values("student"))
        found[name] = {
            "username": name,
            "recap": sheet.recap.pk,
            "url": f"/rekap/{row.pk}/{period.pk}/",
            "students": list(students.values_list("pk", flat=True)),
        }
    return list(found.values())


def _addresses(semester: Any, sheets: list[dict[str, Any]]) -> dict[str, Any]:
    retno = User.objects.get(username="bk1")
    own = Case.objects.filter(semester=semester, counselor=retno)
    acts = ActionEntry.objects.filter(root_kind="cases.case", root_id__in=own.values("pk"))
    busiest = acts.values("root_id").annotate(n=Count("pk")).order_by("-n", "root_id")[0]
    class_of = SchoolClass.objects.get(year=semester.year, name="X MIPA 3")
    sheet = next(sheet for sheet in sheets if sheet["username"] == "guru1")
    period = sheet["url"].split("/")[3]
    of_class = Student.objects.filter(pk__in=students_in([class_of.pk]))
    plain = of_class.exclude(pk__in=own.values("student"))[0]
    past = list(type(semester).objects.filter(starts_on__lt=semester.starts_on))
    return {
        "sheet": sheet["url"],
        "recap": sheet["recap"],
        "pupil": sheet["students"][0],
        "other_pupil": sheet["students"][1],
        "list": f"/kelas/{class_of.pk}/{period}/",
        "case": f"/kasus/{busiest['root_id']}/",
        "student": f"/siswa/{plain.pk}/",
        "past": past[-1].code if past else semester.code,
    }
