"""The steps from an empty school to its first recap, derived from what is there."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from school.readiness import Readiness
from workflow.addresses import address
from workflow.errors import Text

ENOUGH_PHONES = 80
"""Percent of the students whose family can be reached: nearly no school ever has all."""

OF_CLASSES: tuple[tuple[Text, str, Text, str, str], ...] = (
    (
        gettext_lazy("Teaching assignments"),
        "without_lessons",
        gettext_lazy("each class has lessons"),
        "school:teaching",
        "journal-text",
    ),
    (
        gettext_lazy("Homeroom teachers"),
        "without_homeroom",
        gettext_lazy("each class has one"),
        "school:homerooms",
        "clipboard-check",
    ),
)
"""Steps that each class needs: label, the number of classes without, what is there, page, icon."""
COUNSELORS = (
    gettext_lazy("Counselors of classes"),
    "without_counselor",
    gettext_lazy("each class has one"),
    "school:counselors",
    "person",
)


@dataclass(frozen=True)
class Step:
    """A step: what it brings, what is missing of it, and the page for it."""

    label: str
    missing: str
    """In words and numbers; "" if the step is done."""
    there: str
    """What there is already, in words and numbers."""
    url: str
    icon: str

    @property
    def is_done(self) -> bool:
        return not self.missing

    @property
    def said(self) -> str:
        return self.missing or self.there


def steps_of(found: Readiness) -> list[Step]:
    """Return all steps in their order."""
    return [
        *of_the_school(found),
        _staff(found),
        _classes(found),
        _students(found),
        *(_of_classes(found, *step) for step in OF_CLASSES),
        _counselors(found),
        _phones(found),
        _passwords(found),
    ]


def of_the_school(found: Readiness) -> list[Step]:
    """Return the steps that have nothing to do with people and classes."""
    return [_letterhead(found), _semester(found)]


def is_over(found: Readiness, steps: list[Step]) -> bool:
    """Return whether the start is over: every step is done, or the first recap is begun."""
    return found.is_under_way or all(step.is_done for step in steps)


def _letterhead(found: Readiness) -> Step:
    missing = "" if found.has_letterhead else _("the address of the school is missing")
    return Step(
        _("Letterhead"), missing, _("complete"), address("school:letterhead"), "file-earmark-text"
    )


def _semester(found: Readiness) -> Step:
    """Return the step of the semester; it asks from which month on recaps count, if some are late
    and none is begun."""
    missing, url = "", address("school:semesters")
    if found.semester is None:
        missing = _("there is none yet")
    elif not found.periods:
        missing = _("it has no recap period yet")
    elif found.overdue:
        words = ngettext(
            "the recaps of %(n)s month are late already: choose from which month they count",
            "the recaps of %(n)s months are late already: choose from which month they count",
            found.overdue,
        )
        missing = words % {"n": found.overdue}
    if found.semester:
        page = "school:first_recap" if found.overdue else "school:semester"
        url = address(page, found.semester.pk)
    words = ngettext("%(n)s recap period", "%(n)s recap periods", found.periods)
    since = _("from %(month)s on") % {"month": found.recaps_from}
    there = f"{found.semester}, {words % {'n': found.periods}} {since}"
    return Step(_("Semester"), missing, there, url, "calendar3")


def _staff(found: Readiness) -> Step:
    missing = "" if found.teachers else _("no teacher yet")
    there = ngettext("%(n)s teacher", "%(n)s teachers", found.teachers) % {"n": found.teachers}
    return Step(_("Teachers and staff"), missing, there, address("school:people"), "person")


def _classes(found: Readiness) -> Step:
    missing = "" if found.classes else _("no class yet")
    there = ngettext("%(n)s class", "%(n)s classes", found.classes) % {"n": found.classes}
    return Step(_("Classes"), missing, there, address("school:classes"), "people")


def _students(found: Readiness) -> Step:
    missing = "" if found.students else _("no student in a class yet")
    if found.without_class:
        missing = students_without_class(found.without_class)
    words = ngettext("%(n)s student", "%(n)s students", found.students)
    return Step(
        _("Students"), missing, words % {"n": found.students}, address("school:students"), "people"
    )


def _of_classes(
    found: Readiness, label: Text, name: str, there: Text, page: str, icon: str
) -> Step:
    """Return a step that each class needs; `name` counts the classes that lack it."""
    missing, without = "" if found.classes else _("first the classes"), getattr(found, name)
    if without:
        words = ngettext(
            "missing for %(n)s of %(all)s class",
            "missing for %(n)s of %(all)s classes",
            found.classes,
        )
        missing = words % {"n": without, "all": found.classes}
    return Step(str(label), missing, str(there), address(page), icon)


def _counselors(found: Readiness) -> Step:
    """Return the step of the counselors: who is to be one is asked for, and waits for a yes."""
    step = _of_classes(found, *COUNSELORS)
    if step.is_done:
        return step
    if found.asked_counselors:
        words = ngettext(
            "%(n)s request for a counselor waits for a yes",
            "%(n)s requests for counselors wait for a yes",
            found.asked_counselors,
        )
        asked = words % {"n": found.asked_counselors}
        page = step.url if found.counselors else address("school:office_requests")
        return replace(step, missing=f"{step.missing}; {asked}", url=page)
    if not found.counselors:
        asked = _("no counselor yet: ask for one, coordinator or principal agree")
        return replace(step, missing=f"{step.missing}; {asked}", url=address("school:people"))
    return step


def _phones(found: Readiness) -> Step:
    reached = found.students - found.without_phone
    is_enough = found.students and 100 * reached >= ENOUGH_PHONES * found.students
    said = _("%(n)s of %(all)s students have a number of their family") % {
        "n": reached,
        "all": found.students,
    }
    missing = said if found.students else _("first the students")
    return Step(
        _("Parents’ phones"),
        "" if is_enough else missing,
        said,
        address("school:students") + ("?lacks=phone" if found.without_phone else ""),
        "telephone",
    )


def _passwords(found: Readiness) -> Step:
    """Return the step of the first passwords: for who has lessons, a class or an office."""
    missing, url = "", address("school:people")
    if found.without_lessons == found.classes:
        missing = _("first the teaching assignments")
    elif found.without_password:
        words = ngettext(
            "%(n)s person with a task has no password yet",
            "%(n)s people with a task have no password yet",
            found.without_password,
        )
        missing = words % {"n": found.without_password}
        url += "?account=no_password"
    return Step(_("First passwords"), missing, _("whoever has a task has one"), url, "lock")


def students_without_class(number: int) -> str:
    words = ngettext("%(n)s student is in no class", "%(n)s students are in no class", number)
    return words % {"n": number}
