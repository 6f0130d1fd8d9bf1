"""What the page of a semester report shows: a draft from the data, else what was kept."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Rung
from reports import grids
from reports.figures import Figure, figures
from reports.frozen import Content
from reports.grid import Grid
from reports.grid_data import grid_from
from reports.kept_evaluation import kept_grids, kept_texts
from reports.models import TEXTS, SemesterReport
from reports.permissions import may_see_every_class, reads_drafts
from reports.tables import CLASS, GRADE, Report, Row, Tally, reports_of
from school.filter_kinds import Choice
from school.filters import ListFilter
from school.models import Semester, User
from workflow.errors import Text

TITLES: dict[str, Text] = {
    "introduction": gettext_lazy("Introduction"),
    "conclusion": gettext_lazy("Conclusion"),
    "plans": gettext_lazy("Plans for the next semester"),
}


class ByFilter(ListFilter):
    """By grade or by class; student affairs read the tables by grade alone."""

    by = Choice(
        gettext_lazy("By class"),
        choices=((GRADE, gettext_lazy("By grade")), (CLASS, gettext_lazy("By class"))),
        initial=GRADE,
        is_switch=True,
        shown_to=may_see_every_class,
    )

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, Semester.objects.none())


@dataclass(frozen=True)
class Shown:
    """The texts, figures and tables of a report, and the names that it keeps."""

    texts: Sequence[tuple[Text, str]]
    figures: Sequence[Figure]
    grids: Sequence[Grid]
    since: str = ""
    """The semester with which the figures are compared."""
    further: Sequence[tuple[str, Sequence[Grid]]] = ()
    """The title of each further report that was kept, and its tables."""
    people: dict[str, Any] = field(default_factory=dict)
    school: dict[str, str] = field(default_factory=dict)

    @property
    def introduction(self) -> str:
        return self.texts[0][1]

    @property
    def other_texts(self) -> Sequence[tuple[Text, str]]:
        return self.texts[1:]


def drafted(report: SemesterReport, before: Semester | None, by: str, user: User) -> Shown:
    """Return what the report would say if it were frozen now; its numbers open their rows.

    `before` is the semester with which it is compared.
    """
    *earlier, last = reports_of([*filter(None, [before]), report.semester], by, viewer=user)
    return Shown(
        texts=[(TITLES[name], getattr(report, name)) for name in TEXTS],
        figures=figures(last, earlier[0].total.tally if earlier else None, None),
        grids=[grids.problem_rate([last]), grids.handling([last])],
        since=str(before) if before else "",
    )


def kept(report: SemesterReport, by: str, user: User) -> Shown:
    """Return what a frozen report says to `user`, and nothing that was not in it then."""
    content = report.content or {}
    last = report_from(content[f"by_{by}"], report.semester)
    before = content.get("before")
    is_whole = reads_drafts(user)
    further = [
        (kind["title"], [grid_from(one) for one in kind[f"by_{by}"]]) for kind in content["reports"]
    ]
    evaluation = content.get("evaluation")
    if evaluation:
        further.append((_("Evaluation"), kept_grids(evaluation)))
    return Shown(
        texts=[
            *((TITLES[name], content["texts"][name]) for name in TEXTS),
            *(kept_texts(evaluation) if is_whole else ()),
        ],
        figures=figures(last, _tally_before(before) if before else None, None),
        grids=[grids.problem_rate([last]), grids.handling([last])],
        further=further if is_whole else (),
        since=before["name"] if before else "",
        people=content["people"] if is_whole else {},
        school=content["school"],
    )


def report_from(data: Content, semester: Semester) -> Report:
    """Return Tables 2 and 3 as they were frozen; their numbers open nothing."""
    of_label = {row["label"]: row for row in data["handling"]["rows"]}
    rows = [
        Row(semester, line["label"], _tally(line["students"], of_label[line["label"]]))
        for line in data["problem_rate"]["rows"]
    ]
    whole = data["problem_rate"]["total"], data["handling"]["total"]
    total = Row(semester, _("Total"), _tally(whole[0]["students"], whole[1]), is_total=True)
    return Report(semester, data["by"], rows, total)


def _tally(students: int, handled: dict[str, int]) -> Tally:
    return Tally(students, Counter({rung: handled[rung.column] for rung in Rung}))


def _tally_before(before: dict[str, Any]) -> Tally:
    return _tally(before["students"], before["handling"])
