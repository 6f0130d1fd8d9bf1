"""Fill a sheet from files of Google: choose them, answer what they leave open."""

from collections.abc import Iterable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recaps.forms.google import FilesForm
from recaps.forms.google_away import AwayForm
from recaps.forms.google_columns import ColumnsForm
from recaps.forms.google_counts import CountsForm
from recaps.forms.google_names import NamesForm
from recaps.forms.google_steps import StepForm
from recaps.google.fill import Fill, GivenFile
from recaps.queries.google_filling import COUNTS, Filling
from recaps.queries.google_members import neighbors_of
from recaps.queries.recap_sheet import OwnRecap
from recaps.views.recap_fetch import on_own_recap
from recaps.workflow.google import change_fill, forget_fill, forget_known, forget_old, why_closed
from recaps.workflow.google_files import taken_in
from school.sheets.errors import NotReadable
from workflow.bodies import takes_files
from workflow.errors import NotNow
from workflow.submits import Answer, done, refused
from workflow.views import say_done

FORMS: tuple[type[StepForm], ...] = (ColumnsForm, NamesForm, CountsForm, AwayForm)
STEPS = {form.name: form for form in FORMS}
ALL = "all"


def _sent(request: HttpRequest, _place: OwnRecap) -> FilesForm | None:
    """Return the form with its files read; None if answers were sent."""
    if request.POST.get("step"):
        return None
    form = FilesForm(request.POST, request.FILES)
    form.is_valid()
    return form


@takes_files
@on_own_recap(prepare=_sent)
def google(
    request: HttpRequest, place: OwnRecap, prepared: FilesForm | None = None
) -> Answer | HttpResponse:
    """Take files in, or answers about them; ask what is open."""
    if request.method != "POST":
        forget_old()
        return _page(request, place)
    if off := why_closed(place.recap, place.period):
        raise NotNow(off)
    return _taken(request, place, prepared) if prepared else _answered(request, place)


def _taken(request: HttpRequest, place: OwnRecap, form: FilesForm) -> Answer:
    filling = Filling(place, request.user)
    neighbors = neighbors_of(place, filling.members)
    taken, said = list[GivenFile](), list(form.refused)
    for file in form.found:
        try:
            taken.append(taken_in(file, filling.members, neighbors, filling.known))
        except NotReadable as why:
            said.append(f"{file.name}: {why}")
    if not taken:
        for text in said if form.is_valid() else ():
            form.add_error("chosen", text)
        return refused(_page(request, place, files=form))
    add = partial(_add, taken)
    change_fill(place.assignment, place.period, add, by=request.user, is_new=True)
    for text in said:
        messages.error(request, _("Not taken: %(why)s") % {"why": text})
    words = ngettext("%(n)s file read.", "%(n)s files read.", len(taken))
    say_done(request, words % {"n": len(taken)})
    return done(_next(place, request))


def _add(taken: Iterable[GivenFile], fill: Fill) -> None:
    for file in taken:
        fill.add(file)
    fill.answers.pop(COUNTS, None)


def _answered(request: HttpRequest, place: OwnRecap) -> Answer:
    filling = Filling(place, request.user)
    kind = STEPS.get(request.POST["step"])
    if kind is None or not filling.fill.files:
        raise NotNow(_("The files are no longer there. Choose them again."))
    form = kind(request.POST, filling)
    if not form.is_valid():
        return refused(_page(request, place, filling=filling, step=form))
    form.save(by=request.user)
    return done(_next(place, request))


def _next(place: OwnRecap, request: HttpRequest) -> str:
    """Return where the next question is, or else what the files would change."""
    filling = Filling(place, request.user)
    return _url("google" if filling.step or not filling.fill.files else "google_fill", place)


def _url(name: str, place: OwnRecap) -> str:
    return reverse(f"recaps:{name}", args=[place.assignment.pk, place.period.pk])


def _page(
    request: HttpRequest,
    place: OwnRecap,
    *,
    files: FilesForm | None = None,
    filling: Filling | None = None,
    step: StepForm | None = None,
) -> HttpResponse:
    filling = filling or Filling(place, request.user)
    if step is None and filling.fill.files:
        asked = request.GET.get("step", "")
        name = asked if asked in filling.answered else filling.step
        step = STEPS[name](None, filling) if name else None
    context = {
        "place": place,
        "own_url": _url("google", place),
        "off": why_closed(place.recap, place.period),
        "filling": filling,
        "files": files or FilesForm(),
        "step": step,
        "answered": [
            (name, STEPS[name].title) for name in filling.answered if not step or name != step.name
        ],
    }
    return render(request, "recaps/google.html", context)


@on_own_recap(methods=("POST",))
def google_remove(request: HttpRequest, place: OwnRecap) -> Answer:
    """Delete one of the files that wait, or all of them."""
    chosen = request.POST.get("file", "")
    if chosen == ALL:
        forget_fill(place.assignment, place.period, by=request.user)
    else:
        leave = partial(_leave_out, chosen)
        change_fill(place.assignment, place.period, leave, by=request.user)
    say_done(request, _("Deleted. Nothing of it was saved on the sheet."))
    return done("recaps:google", place.assignment.pk, place.period.pk)


def _leave_out(key: str, fill: Fill) -> None:
    fill.files = [file for file in fill.files if file.key != key]
    fill.answers.pop(COUNTS, None)


@on_own_recap(methods=("POST",))
def google_forget(request: HttpRequest, place: OwnRecap) -> Answer:
    """Forget whom names of files mean in this group, and what the columns of forms are."""
    forget_known(place.assignment, by=request.user)
    say_done(request, _("Forgotten. With the next files you are asked again."))
    return done("recaps:google", place.assignment.pk, place.period.pk)
