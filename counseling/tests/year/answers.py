"""What the pages and the command answer, in the words of `expected.md`."""

import json
from collections import Counter
from collections.abc import Callable
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.utils import translation

from cases.models import Case, Rung, Summons
from counseling.tests.year.home import home_lines
from counseling.tests.year.school import School
from counseling.tests.year.tables import Row, tables
from recaps.models import Recap

REASONS = {"NEVER": "never", "LOW": "activity", "MISSING": "work"}
ORDER = ("never", "activity", "work", "economy", "family")
NEXT = {
    "Review the case": "review",
    "Try again": "attempt",
    "Record the outcome": "outcome",
    "The proposed visit is waiting": "approval",
    "Schedule the visit": "schedule",
    "Record the visit": "report",
}


class Pages:
    """The pages as each person reads them, in English; what each command prints is kept."""

    def __init__(self, school: School) -> None:
        self.school = school
        self._clients: dict[str, Client] = {}
        self._printed: dict[tuple[str, ...], Any] = {}
        self._homes: dict[str, Any] = {}

    def of(self, who: str, path: str) -> Any:
        """Return what `who` gets at `path`."""
        if who not in self._clients:
            client = self._clients[who] = Client()
            client.force_login(self.school.person(who))
            client.cookies["django_language"] = "en"
        return self._clients[who].get(path)

    def home(self, who: str) -> list[Any]:
        if who not in self._homes:
            waiting = self.of(who, "/").context["waiting"]
            self._homes[who] = [*waiting.today, *waiting.later]
        return self._homes[who]

    def printed(self, *asked: str) -> Any:
        """Return what `semester_report` prints."""
        if asked not in self._printed:
            out = StringIO()
            call_command("semester_report", *asked, stdout=out)
            self._printed[asked] = json.loads(out.getvalue())
        return self._printed[asked]

    def next_day(self) -> None:
        self._printed.clear()
        self._homes.clear()


def _table(pages: Pages, row: Row) -> dict[str, str]:
    by = "class" if "-" in row["row"] else "grade"
    found = pages.printed(row["semester"], "--by", by)
    parts: dict[str, object] = {}
    for name in ("problem_rate", "handling"):
        rows = {each["label"]: each for each in found[name]["rows"]}
        rows["total"] = found[name]["total"]
        parts |= rows[row["row"]]
    return {name.replace("_", " "): str(value) for name, value in parts.items()}


def _change(pages: Pages, row: Row) -> dict[str, str]:
    found = pages.printed("2025/2026-2", "--by", "grade")["change"]
    return {
        "cases": str(found["cases"]["difference"]),
        "cases %": str(found["cases"]["percent"]),
        "rate points": str(found["points"]),
        "home visits": str(found["home_visits"]["difference"]),
        "home visits %": str(found["home_visits"]["percent"]),
    }


def _class_list(pages: Pages, row: Row) -> dict[str, str]:
    """Return what the homeroom teacher of that day reads on the list."""
    who = next(
        one["person"]
        for one in pages.school.told["Homeroom"]
        if one["class"] == row["class"] and one["from"] <= row["day"] <= (one["until"] or "9")
    )
    context = pages.of(who, list_path(pages.school, row) + "?show=all").context
    rows = context["rows"]
    return {
        "status": context["class_list"].status.lower().replace("_", " "),
        "in": _named(line.group.subject.name for line in context["subjects_in"]),
        "missing": _named(line.group.subject.name for line in context["missing"]),
        "indicators": "; ".join(sorted(filter(None, map(_indicators, rows)))),
        "undecided": _named(each.student.name for each in rows if each.is_undecided),
    }


def list_path(school: School, row: Row) -> str:
    return f"/kelas/{school.classes[row['class']].pk}/{school.periods[row['period']].pk}/"


def _indicators(row: Any) -> str:
    counts = (("N", row.now.never), ("A", row.now.low), ("W", row.now.missing))
    shown = " ".join(f"{letter}{number}" for letter, number in counts if number)
    return f"{row.student.name} {shown}" if shown else ""


def _named(names: Any) -> str:
    return ", ".join(sorted(names))


def _case(pages: Pages, row: Row) -> dict[str, str]:
    """Return what the coordinator reads on the page of the case."""
    found = case_of(pages.school, row)
    if found is None:
        return {"status": "none"}
    context = pages.of("Retno", f"/kasus/{found.pk}/").context
    case, coming = context["case"], context["coming"]
    reasons = {code for line, *_words in context["evidence"] for code in line.reasons}
    words = {REASONS.get(code, code.lower()) for code in reasons}
    answer = {
        "status": STATUSES[case.status],
        "rung": Rung(case.rung).name.lower().replace("_", " "),
        "confirmed": "yes" if case.confirmed_at else "no",
        "reasons": ", ".join(word for word in ORDER if word in words),
        "counselor": case.counselor.name,
    }
    return answer | _next(pages, row, coming)


STATUSES = {
    "OPEN": "open",
    "RESOLVED": "resolved",
    "CLOSED": "closed",
    "CARRIED": "carried",
    "DISMISSED": "dismissed",
}


def _next(pages: Pages, row: Row, coming: Any) -> dict[str, str]:
    """Return the next step: of the case page, or a line of its counselor's home."""
    if row["next"] in {"reopen", "new evidence"}:
        lines = pages.home(row["counselor"])
        start = {"reopen": "Consider reopening", "new evidence": "New information"}[row["next"]]
        due = [line.due_on for line in lines if str(line.title) == f"{start}: {row['student']}"]
        return {"next": row["next"] if due else "", "due": str(due[0]) if due else ""}
    if coming is None:
        return {"next": "", "due": ""}
    with translation.override("en"):
        text, due = str(coming.text), coming.due_on.isoformat() if coming.due_on else ""
    kind = next((word for start, word in NEXT.items() if text.startswith(start)), "")
    if coming.at:
        kind = "meeting" if text.startswith("Summons") else "visit"
    return {"next": kind or text, "due": due}


def case_of(school: School, row: Row) -> Case | None:
    student, semester = school.students[row["student"]], school.semesters[row["semester"]]
    return Case.objects.filter(student=student, semester=semester).first()


def _letters(pages: Pages, row: Row) -> dict[str, str]:
    student = pages.school.students[row["student"]]
    case = Case.objects.filter(student=student).latest("semester__starts_on")
    letters = Summons.objects.filter(case=case).order_by("pk")
    said = (
        f"{'I' * letter.sequence} {letter.status.lower().replace('_', ' ')}" for letter in letters
    )
    words = "; ".join(said).replace("not attended", "did not come").replace("attended", "came")
    return {"letters": words}


def _home(pages: Pages, row: Row) -> dict[str, str]:
    return {"lines": home_lines(pages, row["who"], row["kind"])}


def _who(pages: Pages, path: str) -> dict[str, str]:
    """Return who gets the page; an answer beside 200 and 404 is named."""
    answers = {
        one["name"]: pages.of(one["name"], path).status_code for one in pages.school.told["People"]
    }
    odd = {name: code for name, code in answers.items() if code not in {200, 404}}
    return {"who": _named(name for name, code in answers.items() if code == 200)} | (
        {"odd": str(odd)} if odd else {}
    )


def _who_case(pages: Pages, row: Row) -> dict[str, str]:
    found = case_of(pages.school, row)
    return _who(pages, f"/kasus/{found.pk}/") if found else {"who": "there is no case"}


def _who_recap(pages: Pages, row: Row) -> dict[str, str]:
    class_name, subject, period = row["recap"].split()
    group = pages.school.teaching[class_name, subject].group_id
    found = Recap.objects.get(group=group, period=pages.school.periods[period])
    return _who(pages, f"/rekap/{found.pk}/")


def _who_list(pages: Pages, row: Row) -> dict[str, str]:
    class_name, period = row["list"].split()
    return _who(pages, list_path(pages.school, {"class": class_name, "period": period}))


ASKED: dict[str, Callable[[Pages, Row], dict[str, str]]] = {
    "Tables 2 and 3": _table,
    "Change": _change,
    "Class lists": _class_list,
    "Cases": _case,
    "Summonses": _letters,
    "Home": _home,
    "Who opens which case": _who_case,
    "Who opens which recap": _who_recap,
    "Who opens which class list": _who_list,
}
MAY_BE_EMPTY = {"in", "missing", "indicators", "undecided"}
"""Columns in which an empty cell says that there is nothing; elsewhere it is not asked."""


def expected() -> dict[str, list[tuple[str, Row]]]:
    """Return day → headings and rows of `expected.md`."""
    found: dict[str, list[tuple[str, Row]]] = {}
    for heading, rows in tables("expected.md").items():
        for row in rows:
            found.setdefault(row["day"], []).append((heading, row))
    return found


def differences(pages: Pages, heading: str, row: Row, count: Counter[str]) -> list[str]:
    """Return what differs between a row and the pages; `count` counts the answers asked."""
    got = ASKED[heading](pages, row)
    found = [f"{heading}, {row}: also {got['odd']}"] if "odd" in got else []
    told = {name: cell for name, cell in row.items() if cell or name in MAY_BE_EMPTY}
    for name in told.keys() & got.keys():
        count[heading] += 1
        if told[name] != got[name]:
            key = ", ".join(list(row.values())[:3])
            found.append(f"{heading}: {key}: {name}: expected {told[name]!r}, got {got[name]!r}")
    return found
