"""The class list: every student across subjects, and what each number rests on."""

from datetime import datetime
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from recaps.acts import CLASS_LIST_ACTS
from recaps.chips import indicator_chips
from recaps.filters import ClassListFilter, EntryFilter
from recaps.list_columns import student_columns
from recaps.models import Choice, ClassList, ClassListStatus, Decision
from recaps.models.figures import Figures
from recaps.models.subjects import subjects_of
from recaps.permissions import is_homeroom_of, sees_attendance
from recaps.queries.class_list_rows import ListedStudent, entries_of, rows_of, tally
from recaps.views.class_list_fetch import on_class_list, student_on
from recaps.workflow.class_list import everyone_is_decided, list_can_change, why_undecided
from school import wording
from school.list_files import list_file
from school.models import Student, User
from workflow import clock
from workflow.addresses import address
from workflow.lifecycle import Reasons


@on_class_list(methods=("GET",))
def class_list(request: HttpRequest, class_list: ClassList) -> HttpResponse:
    """Show subjects in and missing, and the students whom the chosen filter shows."""
    rows = rows_of(class_list, request.user)
    context = list_context(request, class_list, rows)
    subjects = subjects_of(class_list)
    asked = ClassListFilter(request, rows, may_decide=bool(context["may_decide"]))
    context |= {
        "rows": asked.rows,
        "asked": asked,
        "show": asked.value("show"),
        "subjects": subjects.lines,
        "subjects_in": subjects.came,
        "missing": subjects.missing,
        "nihil": sum(line.is_nihil for line in subjects.came),
        "reads_recaps": class_list.as_of is None,
    }
    return render(request, "recaps/class_list.html", context)


@on_class_list(methods=("GET",))
def class_list_file(request: HttpRequest, class_list: ClassList) -> HttpResponse:
    """Send the students whom the chosen filter shows as a file."""
    rows = rows_of(class_list, request.user)
    may_decide = is_homeroom_of(request.user, class_list) and not list_can_change(class_list)
    asked = ClassListFilter(request, rows, may_decide=may_decide)
    of_list = [(_("Class"), class_list.school_class.name), (_("Period"), str(class_list.period))]
    return list_file(
        request,
        asked,
        student_columns(class_list.period.semester.policy),
        asked.rows,
        title=", ".join([str(_("Class list")), *(name for _label, name in of_list)]),
        said=[*of_list, (_("Students shown"), asked.shown_word)],
    )


@on_class_list(methods=("GET",))
def student(request: HttpRequest, class_list: ClassList, student_id: int) -> HttpResponse:
    """Show what a student's numbers rest on: in place for a script, else on a page of its own."""
    rows = rows_of(class_list, request.user)
    row = _row_of(rows, student_id)
    asked = EntryFilter(request, entries_of(class_list, row.student), row.now)
    context = list_context(request, class_list, rows) | {
        "row": row,
        "entries": [
            (entry, indicator_chips(entry, class_list.period.semester.policy)) for entry in asked.qs
        ],
        "asked": asked,
        "indicator": asked.value("of"),
    }
    if "HX-Request" in request.headers:
        context["opened"] = "recaps/class_list_detail.html"
        return render(request, "recaps/class_list_fragment.html", context)
    context["history"] = _decisions_on(class_list, row.student, request.user)
    return render(request, "recaps/class_list_student.html", context)


@on_class_list(methods=("GET",))
def row(request: HttpRequest, class_list: ClassList, student_id: int) -> HttpResponse:
    """Draw one row as it stands now, for a script; else the whole list."""
    if "HX-Request" in request.headers:
        return row_of(request, class_list, student_id)
    student = student_on(class_list, student_id)
    return redirect(f"{list_url(class_list)}?show=all#row-{student.pk}")


def row_of(
    request: HttpRequest, class_list: ClassList, student_id: int, **extra: object
) -> HttpResponse:
    """Draw the row of a student and the bar, which count together; `opened` is a template."""
    rows = rows_of(class_list, request.user)
    context = list_context(request, class_list, rows) | {"row": _row_of(rows, student_id)} | extra
    return render(request, "recaps/class_list_fragment.html", context)


def list_context(
    request: HttpRequest, class_list: ClassList, rows: list[ListedStudent]
) -> dict[str, object]:
    """Return what the rows and the bar of a list need, on whichever page."""
    refusal = list_can_change(class_list)
    decided = [row.decision for row in rows if row.decision]
    may_decide = is_homeroom_of(request.user, class_list) and not refusal
    undecided_count = sum(row.is_undecided for row in rows)
    undecided = why_undecided(undecided_count)
    known: Reasons = {everyone_is_decided: undecided}
    hand_over = CLASS_LIST_ACTS.button("hand_over", request.user, class_list, known)
    return {
        "class_list": class_list,
        "is_homeroom": is_homeroom_of(request.user, class_list),
        "shows_attendance": sees_attendance(request.user, class_list.school_class_id),
        "may_decide": may_decide,
        "hand_over": hand_over if may_decide else None,
        "refusal": refusal,
        "is_supplement": class_list.status == ClassListStatus.SUPPLEMENT,
        "is_handed_over": class_list.status == ClassListStatus.HANDED_OVER,
        "policy": class_list.period.semester.policy,
        "choices": Choice.choices,
        "tally": tally(rows),
        "is_late": wording.days_late(class_list.period.list_due_on) > 0,
        "undecided": undecided,
        "undecided_count": undecided_count,
        "saved_word": _saved_word([d.decided_at for d in decided]),
        "receiver": _receiver(class_list),
        "list_url": list_url(class_list),
        "here": request.get_full_path(),
        "list_here": _list_here(request, class_list),
    }


def list_url(class_list: ClassList) -> str:
    return address("recaps:class_list", class_list.school_class_id, class_list.period_id)


def _list_here(request: HttpRequest, class_list: ClassList) -> str:
    """Return the address of the list with its filter, also where a script asks for a row of it."""
    shown = urlsplit(request.headers.get("HX-Current-URL", request.get_full_path()))
    url = list_url(class_list)
    return f"{url}?{shown.query}" if shown.path == url and shown.query else url


def _receiver(class_list: ClassList) -> str:
    """Say who gets the list: "Bu Retno (BK)", else BK."""
    counselor = class_list.school_class.counselor
    return f"{counselor.called} (BK)" if counselor else "BK"


def _saved_word(moments: list[datetime]) -> str:
    """Say when the last decision was saved: the time today, else the day."""
    if not moments:
        return ""
    last = timezone.localtime(max(moments))
    return wording.clock_time(last) if last.date() == clock.today() else wording.day(last)


def _row_of(rows: list[ListedStudent], student_id: int) -> ListedStudent:
    """Return the row of a student who was in the class in the period. Raises Http404."""
    found = next((row for row in rows if row.pk == student_id), None)
    if found is None:
        raise Http404
    return found


def _decisions_on(class_list: ClassList, student: Student, user: User) -> list[dict[str, object]]:
    """Return earlier decisions that went to the counselor, with the figures seen then."""
    if class_list.handed_over_at is None:
        return []
    happened: dict[datetime | None, datetime] = dict(
        class_list.hand_overs.values_list("at", "happened_at")
    )
    return [
        {
            "decision": decision,
            "figures": Figures(**decision.seen),
            "on": happened.get(decision.handed_over_at),
        }
        for decision in Decision.objects.visible_to(user)
        .filter(class_list=class_list.pk, student=student)
        .filter(handed_over_at__lte=class_list.handed_over_at)
        .select_related("decided_by")
        .order_by("-pk")
    ]
