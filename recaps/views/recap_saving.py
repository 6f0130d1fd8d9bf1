"""Saving a recap: one POST for each row, and one for the header."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from recaps.forms.recap import EntryForm, HeaderForm
from recaps.models import Entry, Sheet
from recaps.queries.attendance import hints
from recaps.queries.recap_sheet import OwnRecap
from recaps.views.recap_fetch import on_own_recap
from recaps.workflow import save_entry, save_header
from school.models import Student
from school.versioned import save
from workflow.submits import Answer


@on_own_recap()
def recap_entry(request: HttpRequest, place: OwnRecap, student_id: int) -> Answer | HttpResponse:
    """Save one student's row; without a script it has a page of its own."""
    if request.method != "POST":
        return _entry_page(request, place, student_id)
    form = EntryForm(request.POST, policy=place.policy)
    return save(
        request,
        form,
        lambda: save_entry(
            place.assignment,
            place.period,
            student_id,
            by=request.user,
            values=form.values,
            read_at=form.read_at,
        ),
        page=lambda: _entry_page(request, place, student_id, form),
        then=lambda: f"{place.url}#s{student_id}",
        is_logged=False,
    )


@on_own_recap()
def recap_header(request: HttpRequest, place: OwnRecap) -> Answer | HttpResponse:
    """Save the numbers of meetings and assignments."""
    if request.method != "POST":
        return redirect(place.url)
    form = HeaderForm(request.POST)
    return save(
        request,
        form,
        lambda: save_header(place.assignment, place.period, by=request.user, **form.cleaned_data),
        page=lambda: render(request, "recaps/recap_header.html", {"place": place, "form": form}),
        then=lambda: place.url,
        is_logged=False,
    )


def _entry_page(
    request: HttpRequest, place: OwnRecap, student_id: int, form: EntryForm | None = None
) -> HttpResponse:
    student = place.student(student_id)
    if student is None:
        raise Http404
    entry = _entry(place.sheet, student)
    form = form or EntryForm.of(entry, policy=place.policy)
    told = hints(request.user, [student_id], place.period).get(student_id)
    context = {"place": place, "student": student, "form": form, "hint": told}
    context |= {"sources": entry.sources_said}
    return render(request, "recaps/recap_entry.html", context)


def _entry(sheet: Sheet, student: Student) -> Entry:
    found = Entry.objects.filter(sheet=sheet, student=student).first() if sheet.pk else None
    return found or Entry(student=student, version=0)
