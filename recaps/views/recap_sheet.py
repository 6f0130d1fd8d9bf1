"""The sheet of a class: all students count as active, and a teacher enters exceptions."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from recaps.acts import RECAP_ACTS
from recaps.chips import words_for_script
from recaps.forms.recap import EntryForm, HeaderForm
from recaps.models import Entry, Recap, RecapStatus, Sheet
from recaps.queries.recap_sheet import OwnRecap, SheetRow, rows_of
from recaps.views.recap_fetch import on_own_recap
from recaps.workflow import hand_over, misfit, open_sheet
from school.models import Policy, User
from school.taken import Take
from workflow.acts import Button
from workflow.errors import NotNow, Text
from workflow.run import can_undo
from workflow.submits import Answer, done, refused
from workflow.views import say_done


@on_own_recap(methods=("GET",))
def recap_sheet(request: HttpRequest, place: OwnRecap) -> HttpResponse:
    """Show the sheet to write; what was handed over is read on its own page."""
    recap = place.recap
    if recap and recap.status == RecapStatus.HANDED_OVER:
        return redirect("recaps:recap", recap.pk)
    sheet = place.sheet
    rows = rows_of(place, sheet, request.user)
    noted = [row for row in rows if row.entry and not row.entry.is_plainly_active]
    context = {
        "place": place,
        "recap": recap,
        "drop_correction": _drop_correction(request.user, recap),
        "sheet": sheet,
        "takes": [_taken_along(place)],
        "header": HeaderForm.of(sheet),
        "rows": rows,
        "noted": len(noted),
        "mistakes": _mistakes(sheet, rows) if "check" in request.GET else [],
        # Asked for only where what is drawn of them is not at hand.
        "words": partial(words_for_script, place.policy),
        "entry_form": SimpleLazyObject(partial(_empty_row, place.policy)),
    }
    return render(request, "recaps/recap_sheet.html", context)


def _taken_along(place: OwnRecap) -> Take:
    title = f"{place.assignment.group} · {place.assignment.subject} · {place.period}"
    return Take(title=title, address=place.url, pages=[place.url])


def _mistakes(sheet: Sheet, rows: list[SheetRow]) -> list[tuple[SheetRow, Text]]:
    """Return the rows whose figures are impossible, each with its reason, in their order."""
    found = []
    for row in rows:
        if row.entry:
            row.entry.student = row.student
            if reason := misfit(sheet, row.entry):
                found.append((row, reason))
    return found


def _empty_row(policy: Policy) -> EntryForm:
    return EntryForm.of(Entry(version=0), policy=policy)


def _drop_correction(user: User, recap: Recap | None) -> Button | None:
    if recap is None or recap.status != RecapStatus.CORRECTING:
        return None
    return RECAP_ACTS.button("drop_correction", user, recap)


@on_own_recap(methods=("POST",))
def hand_over_sheet(request: HttpRequest, place: OwnRecap) -> Answer:
    """Hand the recap over to the homeroom teacher; an empty one only if nihil was chosen.

    Rows with impossible figures are listed on top of the sheet instead.
    """
    is_nihil = "nihil" in request.POST
    sheet = open_sheet(place.assignment, place.period, by=request.user)
    recap = sheet.recap
    entries = list(sheet.entries.select_related("student"))
    is_empty = all(entry.is_plainly_active for entry in entries)
    if is_nihil and not is_empty:
        raise NotNow(_("Something is noted, so this is not nihil. Choose Hand over."))
    if is_empty and not is_nihil:
        raise NotNow(_("Nothing is noted. If there is nobody to report, choose Nihil."))
    if any(misfit(sheet, entry) for entry in entries):
        return refused(redirect(f"{place.url}?check="))
    hand_over(recap, by=request.user)
    text = _("Nihil handed over: %(recap)s.") if is_nihil else _("Handed over: %(recap)s.")
    undoable = recap if can_undo(recap, "hand_over", by=request.user) else None
    of_what = f"{place.assignment.group} · {place.assignment.subject}"
    say_done(request, text % {"recap": of_what}, undo_of=undoable, action="hand_over")
    return done("recaps:my_recaps")
