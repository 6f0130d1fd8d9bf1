"""What files of Google would change on a sheet, and filling it once that is confirmed."""

from collections import Counter
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recaps.chips import Chip, chips
from recaps.forms.recap import EntryForm, HeaderForm
from recaps.models import Entry, Sheet
from recaps.queries.google_filling import Filling
from recaps.queries.google_plan import HEADER, Line
from recaps.queries.recap_sheet import OwnRecap
from recaps.views.recap_fetch import on_own_recap
from recaps.workflow import fill_sheet
from recaps.workflow.google import forget_fill, why_closed
from school import wording
from school.models import Policy
from school.wording import NO_FIGURE
from workflow.errors import EditConflict, NotNow, Text
from workflow.submits import Answer, done, refused
from workflow.views import say_done

TAKEN = "taken"


@dataclass(frozen=True)
class Asked:
    """A number that the teacher has typed, and the other one that the files have."""

    key: str
    label: Text
    stands: str
    said: str
    is_taken: bool


@dataclass(frozen=True)
class ShownLine:
    line: Line
    before: list[Chip]
    after: list[Chip]
    """With what was typed kept."""
    asked: list[Asked]


@on_own_recap()
def google_fill(request: HttpRequest, place: OwnRecap) -> Answer | HttpResponse:
    """Show what the files would change; save it if the person has seen just that before."""
    filling = Filling(place, request.user)
    if not filling.fill.files or filling.step:
        if request.method == "POST":
            raise NotNow(_("The files are no longer there. Choose them again."))
        return redirect("recaps:google", place.assignment.pk, place.period.pk)
    if request.method != "POST":
        return _page(request, filling, frozenset())
    if off := why_closed(place.recap, place.period):
        raise NotNow(off)
    taken = frozenset(request.POST.getlist(TAKEN))
    if filling.plan.seal == request.POST.get("seal") and not filling.plan.has_too_much:
        try:
            return _filled(request, filling, taken)
        except EditConflict:
            filling = Filling(place, request.user)
    return refused(_page(request, filling, taken, has_changed=True))


def _filled(request: HttpRequest, filling: Filling, taken: frozenset[str]) -> Answer:
    place, plan = filling.place, filling.plan
    saved = {line.pk: line.values(taken) for line in plan.lines}
    header = saved.pop(HEADER)
    entries = {pk: values for pk, values in saved.items() if values}
    if header or entries:
        fill_sheet(
            place.assignment,
            place.period,
            by=request.user,
            header=header,
            entries=entries,
            read_at={line.pk: line.record.version for line in plan.lines},
        )
    forget_fill(place.assignment, place.period, by=request.user)
    words = ngettext(
        "%(n)s student filled from the files.",
        "%(n)s students filled from the files.",
        len(entries),
    )
    say_done(request, words % {"n": len(entries)} + " " + _("Check the sheet, then hand it over."))
    return done(place.url)


def _page(
    request: HttpRequest, filling: Filling, taken: frozenset[str], *, has_changed: bool = False
) -> HttpResponse:
    place, plan = filling.place, filling.plan
    after = plan.header.after()
    assert isinstance(after, Sheet)
    context = {
        "place": place,
        "off": why_closed(place.recap, place.period),
        "filling": filling,
        "plan": plan,
        "has_changed": has_changed,
        "header": [(_label(each.name), each) for each in plan.header.figures],
        "asked": _asked(plan.header, taken),
        "rows": [_shown(line, place.sheet, after, place.policy, taken) for line in plan.changed],
        "same": len(plan.lines) - 1 - len(plan.changed),
        "matched": _matched(filling),
        "left_out": _left_out(filling),
    }
    return render(request, "recaps/google_fill.html", context)


def _shown(
    line: Line, before: Sheet, after: Sheet, policy: Policy, taken: frozenset[str]
) -> ShownLine:
    record, later = line.record, line.after()
    assert isinstance(record, Entry)
    assert isinstance(later, Entry)
    return ShownLine(
        line, chips(record, before, policy), chips(later, after, policy), _asked(line, taken)
    )


def _asked(line: Line, taken: frozenset[str]) -> list[Asked]:
    return [
        Asked(
            each.key, _label(each.name), _figure(each.stands), _figure(each.said), each.key in taken
        )
        for each in line.asked
    ]


def _label(name: str) -> Text:
    field = HeaderForm.base_fields.get(name) or EntryForm.base_fields[name]
    return field.label or ""


def _figure(number: int | None) -> str:
    return NO_FIGURE if number is None else str(number)


def _matched(filling: Filling) -> str:
    """Return how many people of the files were matched with students in which way."""
    known = [each.how for each in filling.counting.matches.values() if each.student is not None]
    return ", ".join(f"{count} {how.value}" for how, count in Counter(known).items())


def _left_out(filling: Filling) -> list[str]:
    """Return what of the files does not go into the sheet, in words."""
    counting = filling.counting
    people = [each.person for each in counting.matches.values() if each.student is None]
    names = [person.name or person.email for person in people]
    meetings = [wording.day(each.day) for each in counting.meetings if not each.is_in_period]
    tasks = [each.title for each in counting.tasks if not counting.is_counted(each)]
    others = sum(file.left_out + getattr(file.said, "others", 0) for file in filling.fill.files)
    missing = _not_in_grades(filling)
    lists = (
        (_("Nobody of this group: %(list)s"), names),
        (_("Meetings outside the period: %(list)s"), meetings),
        (_("Assignments that do not count: %(list)s"), tasks),
        (_("Not in the grades of Classroom: %(list)s"), missing),
    )
    said = [text % {"list": ", ".join(found)} for text, found in lists if found]
    if others:
        words = ngettext(
            "%(n)s row of other classes was not kept.",
            "%(n)s rows of other classes were not kept.",
            others,
        )
        said.append(words % {"n": others})
    return said


def _not_in_grades(filling: Filling) -> list[str]:
    """Return the students of whom the grades say nothing."""
    figures, students = filling.figures, filling.members.students
    if "assignments" not in figures.header:
        return []
    graded = {pk for pk, values in figures.entries.items() if "missing_work" in values}
    return [each.name for pk, each in students.items() if pk not in graded]
