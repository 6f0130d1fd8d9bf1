"""A recap saved as one goes: one POST for each row; the header is a row too."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from recaps.forms.recap import EntryForm, HeaderForm
from recaps.models import Entry, Sheet
from recaps.queries.recap_sheet import OwnRecap, students_on
from recaps.views.recap_fetch import on_own_recap
from recaps.workflow import save_entry, save_header
from school.models import Student
from school.saving import save
from workflow.submits import Answer


@on_own_recap()
def recap_entry(request: HttpRequest, place: OwnRecap, student_id: int) -> Answer | HttpResponse:
    """Save one student's row. A page of its own where there is no script."""
    student = get_object_or_404(students_on(place, place.sheet), pk=student_id)
    if request.method != "POST":
        form = EntryForm.of(_entry(place.sheet, student), policy=place.policy)
        return _entry_page(request, place, student, form)
    form = EntryForm(request.POST, policy=place.policy)
    return save(
        request,
        form,
        lambda: save_entry(
            place.assignment,
            place.period,
            student,
            by=request.user,
            values=form.values,
            read_at=form.read_at,
        ),
        page=lambda: _entry_page(request, place, student, form),
        then=f"{place.url}#s{student_id}",
        is_logged=False,
    )


@on_own_recap()
def recap_header(request: HttpRequest, place: OwnRecap) -> Answer | HttpResponse:
    """Save how many meetings and assignments there were: a row too."""
    if request.method != "POST":
        return redirect(place.url)
    form = HeaderForm(request.POST)
    return save(
        request,
        form,
        lambda: save_header(place.assignment, place.period, by=request.user, **form.cleaned_data),
        page=lambda: render(request, "recaps/recap_header.html", {"place": place, "form": form}),
        then=place.url,
        is_logged=False,
    )


def _entry(sheet: Sheet, student: Student) -> Entry:
    found = Entry.objects.filter(sheet=sheet, student=student).first() if sheet.pk else None
    return found or Entry(student=student, version=0)


def _entry_page(
    request: HttpRequest, place: OwnRecap, student: Student, form: EntryForm
) -> HttpResponse:
    context = {"place": place, "student": student, "form": form}
    return render(request, "recaps/recap_entry.html", context)
