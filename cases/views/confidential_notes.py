"""Confidential notes: write, and after confirming who sits there read, correct and delete.

What is typed here is on no error page (`secret`), and no page here is kept in the browser.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_safe

from cases import workflow
from cases.forms.confidential_note import CorrectionForm, DeleteNoteForm, NoteForm, ReadLeftForm
from cases.models import Case, ConfidentialNote
from cases.models.confidential_note import ConfidentialNoteQuerySet, numbered
from cases.permissions import is_author_of, is_counselor_of
from cases.views.act_page import SHOWN, act_page
from cases.workflow import NOTE
from cases.workflow.confidential_note import is_open_to, readings
from school import permissions as may
from school.confirmation import confirm_first, has_confirmed
from school.models import User
from workflow.errors import EditConflict, WorkflowError
from workflow.ids import read_id
from workflow.rows import one_of
from workflow.submits import Answer, done
from workflow.views import May, acts_on, acts_on_found, logs_access, say_done, tried

View = Callable[..., HttpResponse]
OF_NOTE = ("author", "case__student", "case__counselor", "case__semester__year")


def secret(view: View) -> View:
    """Keep what is sent to a view, and all it works with, from error pages and reports."""

    @sensitive_post_parameters()
    @sensitive_variables()
    @wraps(view)
    def inner(request: HttpRequest, **address: Any) -> HttpResponse:
        return view(request, **address)

    return inner


def _seen(user: User) -> ConfidentialNoteQuerySet:
    return ConfidentialNote.objects.seen_by(user)


def _left(user: User) -> ConfidentialNoteQuerySet:
    return ConfidentialNote.objects.left_to(user)


def on_note(
    *,
    may: May | None = None,
    methods: tuple[str, ...] = ("GET", "POST"),
    seen: Callable[[User], ConfidentialNoteQuerySet] = ConfidentialNote.objects.visible_to,
) -> Callable[[Callable[..., Answer | HttpResponse]], View]:
    """Make a view as `acts_on` does, on the note that an address names by its `key`."""

    def find(user: User, key: UUID) -> ConfidentialNote | None:
        return one_of(seen(user).filter(key=key).select_related(*OF_NOTE))

    def unseen(key: UUID) -> ConfidentialNote | None:
        return ConfidentialNote.objects.filter(key=key).first()

    return acts_on_found(NOTE.kind, ("key",), find, unseen, may=may, methods=methods)


@logs_access("cases.confidentialnote")
@require_safe
def confidential_notes(request: HttpRequest) -> HttpResponse:
    """List the days of the notes that the person may read; no text."""
    if not may.is_counselor(request.user):
        raise PermissionDenied
    notes = ConfidentialNote.objects.defer("sealed", "sealed_reason").select_related(*OF_NOTE)
    by_case = ("case__student__name", "case", "written_at")
    context = {
        "notes": numbered(notes.visible_to(request.user).order_by(*by_case, "pk")),
        "left": notes.left_to(request.user).order_by("author__name", "written_at", "pk"),
    }
    return render(request, "cases/confidential_notes.html", context)


@secret
@acts_on(Case, may=is_counselor_of, related=SHOWN)
def write_note(request: HttpRequest, case: Case) -> Answer:
    """Write a note; afterwards it is shown to its author only once they confirm who they are."""
    form = NoteForm(request.POST or None)
    if form.is_valid() and tried(
        form, lambda: workflow.write_note(case, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Confidential note saved. Only you can read it."))
        return done(case)
    return act_page(
        request,
        case,
        form,
        title=_("Confidential note"),
        submit=_("Save"),
        follows=_(
            "Only you can read it, after entering your password again. It is in no summary, "
            "letter, report or search. What you type is not kept on this device: save it."
        ),
        is_secret=True,
    )


@secret
@on_note(methods=("GET",), seen=_seen)
def confidential_note(request: HttpRequest, note: ConfidentialNote) -> HttpResponse:
    """Show a note to who may read it and has confirmed who they are."""
    is_author = is_author_of(request.user, note)
    if not has_confirmed(request):
        return _confirm_first(request, note)
    is_theirs = ConfidentialNote.objects.visible_to(request.user).filter(pk=note.pk).exists()
    if not is_theirs and not is_open_to(request.user, note):
        return redirect("cases:read_left", key=note.key)
    offers = {found.name: found for found in NOTE.offers(request.user, note)} if is_author else {}
    context = {
        "note": note,
        "text": _opened(note),
        "case": note.case,
        "is_author": is_author,
        "can_pass": is_author and "pass_on" in offers and offers["pass_on"].on,
        "passed": note.passed.select_related("to") if is_author else [],
        "readings": readings(note),
    }
    return render(request, "cases/confidential_note.html", context)


def _confirm_first(request: HttpRequest, note: ConfidentialNote) -> HttpResponse:
    """Ask who sits there; who does not say it goes back to the case or the list they came from."""
    pages = (note.case.get_absolute_url(), _list_url())
    came_from = urlsplit(request.headers.get("Referer", "")).path
    return confirm_first(request, otherwise=came_from if came_from in pages else pages[1])


def _opened(note: ConfidentialNote) -> str | None:
    """Return the text, or why it was deleted; None if the key by which it was sealed is lost."""
    try:
        return note.reason if note.is_deleted else note.text
    except InvalidToken:
        return None


@secret
@on_note(may=is_author_of)
def correct_note(request: HttpRequest, note: ConfidentialNote) -> Answer | HttpResponse:
    """Show the text to its author, and save another one if it was not changed meanwhile."""
    if request.method != "POST":
        if not has_confirmed(request):
            return _confirm_first(request, note)
        if note.is_deleted or _opened(note) is None:
            return redirect("cases:confidential_note", key=note.key)
        return _correction_page(request, note, CorrectionForm.of(note))
    form = CorrectionForm(request.POST)
    if not has_confirmed(request):
        form.add_error(None, _confirm_in_another_tab(request))
    if form.is_valid() and _is_corrected(request, note, form):
        say_done(request, _("Note corrected."))
        return done("cases:confidential_notes")
    return _correction_page(request, note, form)


def _confirm_in_another_tab(request: HttpRequest) -> SafeString:
    """Return the error of who saves too long after they confirmed: what they typed stays here."""
    page = f"{reverse('account_reauthenticate')}?{urlencode({'next': _list_url()})}"
    return format_html(
        '{} <a href="{}" target="_blank" rel="noopener">{}</a>',
        _("Confirm again that it is you, then save. What you typed stays on this page."),
        page,
        _("Confirm in another tab"),
    )


def _is_corrected(request: HttpRequest, note: ConfidentialNote, form: CorrectionForm) -> bool:
    """Correct the note; after a change in another window show both texts."""
    text, read_at = form.cleaned_data["text"], form.read_at
    try:
        workflow.correct_note(note, by=request.user, text=text, read_at=read_at)
    except EditConflict as conflict:
        form.show_conflict(conflict)
    except WorkflowError as why:
        form.add_error(None, str(why))
    return form.is_valid()


def _correction_page(request: HttpRequest, note: ConfidentialNote, form: CorrectionForm) -> Answer:
    return act_page(
        request,
        note.case,
        form,
        title=_("Correct the note"),
        submit=_("Save"),
        follows=_("The text before is not kept."),
        offer=NOTE.offer_of("correct", request.user, note),
        is_secret=True,
        cancel_url=_list_url(),
    )


@secret
@on_note(may=is_author_of)
def delete_note(request: HttpRequest, note: ConfidentialNote) -> Answer:
    form = DeleteNoteForm(request.POST or None)
    if form.is_valid() and tried(
        form, lambda: workflow.delete_note(note, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Note deleted."))
        return done("cases:confidential_notes")
    return act_page(
        request,
        note.case,
        form,
        title=_("Delete the note"),
        submit=_("Delete"),
        follows=_("Its text is gone for good, also for whom you passed it on to."),
        offer=NOTE.offer_of("delete", request.user, note),
        is_secret=True,
        cancel_url=_list_url(),
    )


@on_note(may=is_author_of, methods=("POST",))
def pass_on(request: HttpRequest, note: ConfidentialNote) -> Answer:
    """Pass the note on to the counselor of the case whom the page named."""
    workflow.pass_on(note, by=request.user, to=read_id(request.POST.get("to", "")) or 0)
    counselor = note.case.counselor
    assert counselor
    say_done(request, _("%(name)s can now read this note.") % {"name": counselor.called})
    return done("cases:confidential_notes")


@secret
@on_note(seen=_left)
def read_left(request: HttpRequest, note: ConfidentialNote) -> Answer:
    """Take the coordinator's reason, and lead to the note of an author who left."""
    form = ReadLeftForm(request.POST or None)
    if form.is_valid() and tried(
        form, lambda: workflow.read_left(note, by=request.user, **form.cleaned_data)
    ):
        return done("cases:confidential_note", str(note.key))
    return act_page(
        request,
        note.case,
        form,
        title=_("Read the note of an author who left"),
        submit=_("Read it"),
        follows=_("%(name)s wrote it and can no longer read it.") % {"name": note.author.called},
        is_secret=True,
        cancel_url=_list_url(),
    )


def _list_url() -> str:
    return redirect("cases:confidential_notes").url
