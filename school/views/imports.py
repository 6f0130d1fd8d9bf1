"""Files in: choose a file, see what it would change, then have it done, or undo it."""

from dataclasses import dataclass
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from school import wording
from school.changes_said import counted, said
from school.forms.imports import AnswersForm, BasicsForm, ImportForm
from school.forms.since import START
from school.imports.kinds import KINDS, listed
from school.imports.lessons import WHO
from school.imports.plan import Answers, Line, Plan
from school.imports.reading import file_name
from school.imports.refused import refused_rows
from school.models import Change, Semester, Upload, User
from school.models.change import ChangeKind
from school.paging import Counted
from school.sheets.csv_text import written
from school.sheets.template import book_of
from school.tasks import joined
from school.views.changes import SHOWN
from school.views.for_operator import for_operator
from school.workflow import changes
from school.workflow.imports import forget_old, keep, plan_of, take_over
from workflow import progress
from workflow.bodies import takes_files
from workflow.errors import NotNow
from workflow.submits import FIELD, Answer, done, refused
from workflow.views import acts_on, logs_access, say_done

PER_PAGE = 50
"""Lines of each list of a plan, and past imports."""
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _sent(request: HttpRequest) -> ImportForm:
    """Return the form with the file read, which takes a while if it is large."""
    form = ImportForm(request.POST or None, request.FILES or None)
    form.is_valid()
    return form


@takes_files
@for_operator("GET", "POST", first=_sent)
def imports(request: HttpRequest, form: ImportForm) -> Answer:
    """Take a file, and list those that wait and those that were taken over."""
    if request.method == "POST" and form.is_valid():
        name = file_name(form.cleaned_data["file"].name)
        return done("school:import_plan", keep(form.found, name, by=request.user).pk)
    forget_old()
    files = Upload.objects.visible_to(request.user)
    changed = Change.objects.filter(kind__in=changes.FROM_FILES)
    pages = Counted(changed.select_related(*SHOWN), PER_PAGE, changed.count())
    page = pages.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "templates": [(k.title, k.about, template_url(k.code)) for k in listed()],
        "has_semester": Semester.objects.exists(),
        "waiting": [(one, _waits(one)) for one in files.waiting().defer("packed")],
        "past": said(list(page.object_list)),
        "page": page,
    }
    return refused(render(request, "school/imports.html", context))


def _waits(upload: Upload) -> str:
    """Return which file it is, how long, and since when it waits."""
    rows = ngettext("%(n)s row", "%(n)s rows", upload.length) % {"n": upload.length}
    day, at = wording.full_day(upload.made_at), wording.clock_time(upload.made_at)
    return joined(upload.source, rows, f"{day}, {at}")


@dataclass(frozen=True)
class Listed:
    """A list of a plan; `lines` are the first of them unless all were asked for."""

    name: str
    title: str
    lines: list[Line]
    count: int

    @property
    def says_what(self) -> bool:
        """Return whether its lines say what changes."""
        return any(line.fields for line in self.lines)

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.lines)


@acts_on(Upload, related=("change",))
def import_plan(request: HttpRequest, upload: Upload) -> Answer:
    """Show what a file would change; do it if the person has seen just that before."""
    if upload.change:
        return _applied(request, upload)
    kind = KINDS.get(upload.kind)
    if kind is None:
        raise Http404
    basics = BasicsForm(request.POST or None, kind)
    answers = basics.answers(request.POST)
    seal = request.POST.get("seal", "")
    is_right = basics.is_valid()
    if is_right and seal and (change := _taken_over(request, upload, answers, seal)):
        say_done(request, said([change])[0].done)
        return done("school:imports")
    if upload.change:
        return _applied(request, upload)
    plan = plan_of(upload, answers, by=request.user)
    context = {
        "upload": upload,
        "kind": kind,
        "basics": basics,
        "has_semester": not kind.asks_semester or Semester.objects.exists(),
        "columns": kind.names_of(upload.columns),
        "plan": plan,
        "has_changed": is_right and bool(seal),
        "questions": AnswersForm(request.POST or None, plan),
        "asks_who": any(question.key.startswith(WHO) for question in plan.questions),
        "lists": _lists(plan, request.POST.get("show", "")),
        "counts": _counts(plan),
        "refusals": plan.refusals[:PER_PAGE],
        "more_refusals": max(0, len(plan.refusals) - PER_PAGE),
        "refused_url": _refused_url(upload, answers),
    }
    return refused(render(request, "school/import_plan.html", context))


def _applied(request: HttpRequest, upload: Upload) -> Answer:
    return refused(render(request, "school/import_applied.html", {"upload": upload}))


@acts_on(Upload, methods=("GET",))
def import_refused(request: HttpRequest, upload: Upload) -> HttpResponse:
    """Send the rows that are refused for the semester and day of the address, to be corrected."""
    kind = KINDS.get(upload.kind)
    if kind is None or upload.change_id:
        raise Http404
    answers = BasicsForm(request.GET or None, kind).answers(request.GET)
    plan = plan_of(upload, answers, by=request.user)
    name = slugify(_("%(kind)s refused") % {"kind": kind.title})
    return HttpResponse(
        written(refused_rows(kind, plan.refusals)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


@acts_on(Upload, methods=("POST",))
def import_discard(request: HttpRequest, upload: Upload) -> Answer:
    """Forget a file without taking it over."""
    if upload.change_id:
        raise NotNow(_("The file is applied already. Undo that in its place."))
    upload.delete()
    say_done(request, _("The file was deleted. Nothing of it was applied."))
    return done("school:imports")


@logs_access("school.import")
@for_operator("GET")
def import_template(request: HttpRequest) -> HttpResponse:
    """Send a workbook to fill in, with what the school has already; of students by default."""
    known = KINDS.get(request.GET.get("kind", ChangeKind.STUDENTS))
    if known is None:
        raise Http404
    name = slugify(str(known.title))
    return HttpResponse(
        book_of(known.template()),
        content_type=WORKBOOK,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )


def _refused_url(upload: Upload, answers: Answers) -> str:
    """Return the address of the rows that are refused with these answers; it names nobody."""
    said = {
        "semester": answers.semester and answers.semester.pk,
        "on": answers.on,
        "since": START if answers.first_on else "",
    }
    query = urlencode({name: str(value) for name, value in said.items() if value})
    return f"{reverse('school:import_refused', args=[upload.pk])}?{query}"


def _taken_over(request: HttpRequest, upload: Upload, answers: Answers, seal: str) -> Change | None:
    tell = partial(progress.tell, request.user.pk, request.POST.get(FIELD, ""))
    user: User = request.user
    return take_over(upload, answers, seal, by=user, tell=tell)


def _lists(plan: Plan, shown: str) -> list[Listed]:
    """Return the lists of a plan that have something in them."""
    listed = (
        ("new", _("New"), plan.new),
        ("changed", _("Changed"), plan.changed),
        ("recorded", _("To be recorded"), plan.recorded),
        ("gone", _("In the school, but not in the file"), plan.gone),
    )
    return [
        Listed(name, title, lines if shown == name else lines[:PER_PAGE], len(lines))
        for name, title, lines in listed
        if lines
    ]


def _counts(plan: Plan) -> list[str]:
    """Return how many rows do what, in words; of what occurs."""
    others = {"missing": len(plan.gone), "refused": len(plan.refusals)}
    return counted(plan.counts | others)


def template_url(code: str) -> str:
    return f"{reverse('school:import_template')}?kind={code}"


urls = [
    path("impor/", imports, name="imports"),
    path("impor/<id:pk>/", import_plan, name="import_plan"),
    path("impor/<id:pk>/ditolak/", import_refused, name="import_refused"),
    path("impor/<id:pk>/hapus/", import_discard, name="import_discard"),
    path("impor/isian/", import_template, name="import_template"),
]
