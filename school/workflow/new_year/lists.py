"""A plan from class lists: each student in the class that a list names."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from school.grades import grade_of, place_of
from school.models import AcademicYear, Enrolment
from school.workflow.new_year.plan import LAST_GRADES, Fate, Going, NextClass, Plan
from school.workflow.new_year.seats import last_stays
from workflow.errors import NotNow


def plan_from(
    plan: Plan, year: AcademicYear, seats: Mapping[int, str], grades: Mapping[str, str]
) -> Plan:
    """Return the plan with each student in the class that `seats` gives (student → name).

    Classes that are missing are added; `grades` has the grades that their names do not tell. Who is
    on no list graduates from a last grade; all others have no class until one is chosen. Students
    of no class of the old year come. Raises NotNow for a class without a grade.
    """
    for name in sorted(set(seats.values()) - plan.classes.keys()):
        plan.classes[name] = NextClass(name, _grade(name, grades))
    stays = {stay.student_id: stay for stay in last_stays(year, plan)}
    plan.goings = {}
    for student, name in seats.items():
        stay = stays.get(student)
        if stay is None or plan.after.get(stay.school_class_id) != name:
            plan.goings[student] = Going(_fate(stay, plan.classes[name]).value, name)
    for student in stays.keys() - seats.keys():
        if not _graduates(stays[student], plan):
            plan.goings[student] = Going(Fate.NOWHERE.value)
    plan.drop_unused()
    return plan


def _grade(name: str, grades: Mapping[str, str]) -> str:
    grade = grades.get(name) or grade_of(name)
    if not grade:
        raise NotNow(_("The grade of %(class)s can't be read. Choose it.") % {"class": name})
    return grade


def _fate(stay: Enrolment | None, to: NextClass) -> Fate:
    if stay is None:
        return Fate.ELSEWHERE
    before, after = place_of(stay.school_class.grade), place_of(to.grade)
    if after == before:
        return Fate.REPEATS
    return Fate.PROMOTED if after > before else Fate.ELSEWHERE


def _graduates(stay: Enrolment, plan: Plan) -> bool:
    return stay.school_class.grade in LAST_GRADES and not plan.after.get(stay.school_class_id)
