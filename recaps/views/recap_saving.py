"""A recap saved as one goes: one POST for each row; the header is a row too."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from recaps.forms.recap import ENTRY_FIELDS, HEADER_FIELDS, EntryForm, HeaderForm
from recaps.models import Entry, Sheet
from recaps.queries.recap_sheet import OwnRecap, students_on
from recaps.views.recap_fetch import on_own_recap
from recaps.workflow import save_entry, save_header
from school.models import Student
from school.wording import clock_time
from workflow import clock, saving
from workflow.errors import EditConflict, NotAllowed, WorkflowError
from workflow.submits import Answer, refused
from workflow.views import refusal


@on_own_recap()
def recap_entry(request: HttpRequest, place: OwnRecap, student_id: int) -> Answer | HttpResponse:
    """One student's row: read, or saved. A page of its own where there is no script."""
    who = get_object_or_404(students_on(place, place.sheet), pk=student_id)
    entry = _entry(place.sheet, who)
    if request.method != "POST":
        if saving.is_from_script(request):
            return _row_state(entry, ENTRY_FIELDS)
        form = EntryForm.of(entry, place.policy)
        return _entry_page(request, place, who, form)
    form = EntryForm(request.POST, policy=place.policy)

    def act() -> Answer:
        values, read_at = form.values(), form.read_version
        save_entry(
            place.assignment, place.period, who, by=request.user, values=values, read_at=read_at
        )
        page = f"{place.url}#s{student_id}"
        return saving.saved(request.path if saving.is_from_script(request) else page)

    return _save(request, form, act, lambda **more: _entry_page(request, place, who, form, **more))


@on_own_recap()
def recap_header(request: HttpRequest, place: OwnRecap) -> Answer | HttpResponse:
    """How many meetings and assignments there were: an entry too."""
    if request.method != "POST":
        if saving.is_from_script(request):
            return _row_state(place.sheet, HEADER_FIELDS)
        return redirect(place.url)
    form = HeaderForm(request.POST)

    def act() -> Answer:
        values, read_at = form.values(), form.read_version
        save_header(place.assignment, place.period, by=request.user, read_at=read_at, **values)
        return saving.saved(request.path if saving.is_from_script(request) else place.url)

    return _save(request, form, act, lambda **more: _header_page(request, place, form, **more))


def _entry(sheet: Sheet, student: Student) -> Entry:
    found = Entry.objects.filter(sheet=sheet, student=student).first() if sheet.pk else None
    return found or Entry(student=student, version=0)


def _row_state(record: Entry | Sheet, names: tuple[str, ...]) -> HttpResponse:
    return saving.state_of(record, names, saved=clock_time(clock.now()))


def _save(request: HttpRequest, form: Any, act: Any, page: Any) -> Answer:
    """Save `form` by `act`; what is refused is said to the script, or on `page` with the text."""
    from_script = saving.is_from_script(request)
    if not form.is_valid():
        return refused(saving.invalid(form) if from_script else page())
    try:
        return act()
    except EditConflict as why:
        names = [name for name in form.fields if name != "read_at"]
        return refused(saving.conflict(why, names) if from_script else page(conflict=why))
    except NotAllowed as why:
        raise PermissionDenied(str(why)) from why
    except WorkflowError as why:
        return refused(refusal(request, why) if from_script else page(refused=why))


def _entry_page(
    request: HttpRequest, place: OwnRecap, student: Student, form: EntryForm, **refused: Any
) -> HttpResponse:
    """The row as a page, with what was typed; `conflict` shows what somebody else saved."""
    context = {"place": place, "student": student, "form": form, **_refusal(form, **refused)}
    return render(request, "recaps/recap_entry.html", context)


def _header_page(
    request: HttpRequest, place: OwnRecap, form: HeaderForm, **refused: Any
) -> HttpResponse:
    context = {"place": place, "form": form, **_refusal(form, **refused)}
    return render(request, "recaps/recap_header.html", context)


def _refusal(
    form: Any, *, conflict: EditConflict | None = None, refused: WorkflowError | None = None
) -> dict[str, Any]:
    """Says on the form why; after a conflict the next save is made on what stands now."""
    if refused is not None:
        form.add_error(None, str(refused))
    if conflict is None:
        return {}
    form.add_error(None, str(conflict))
    mine = form.values()
    form.data = form.data.copy()
    form.data["read_at"] = conflict.current.version
    return {"stands": form.differences(conflict.current, mine)}
