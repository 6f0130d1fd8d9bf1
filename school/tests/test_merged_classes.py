"""A class that was merged into another one is over: it lacks nothing, and nobody can choose it."""

import pytest
from django.urls import reverse

from school.effects import Scope, effects_of
from school.forms.enrolment import ArriveForm, MoveForm
from school.models.change import ChangeKind
from school.readiness import readiness
from school.tests import factories as make
from school.tests.cast import small_school
from school.workflow.enrolment import move
from school.workflow.merge import merge
from workflow.tests.browser_free import signed_in

pytestmark = pytest.mark.django_db
ago = make.days_ago


@pytest.fixture
def cast():
    return small_school()


@pytest.fixture
def merged(cast):
    merge(cast.foreign, cast.own, on=ago(5), by=cast.operator)
    return cast


def page_of(cast, name, *args):
    return signed_in(cast.operator).get(reverse(f"school:{name}", args=args))


def test_the_list_marks_it_and_says_nothing_of_its_lessons(merged):
    page = page_of(merged, "classes").content.decode()
    assert "X MIPA 4 (sudah berakhir)" in page
    assert "X MIPA 3 (sudah berakhir)" not in page


def test_nothing_is_missing_in_it(merged):
    merged.foreign.counselor = None
    merged.foreign.save()
    found = readiness()
    assert (found.classes, found.without_homeroom, found.without_counselor) == (1, 0, 0)
    assert found.groups_without_teacher == 0
    assert [one.missing for one in page_of(merged, "teaching").context["lines"]] == [0, 0, 0]


def test_it_can_be_chosen_nowhere(merged):
    classes = [
        list(MoveForm(now_in=None).fields["to"].queryset),
        list(ArriveForm().fields["to"].queryset),
        [one.name for one in page_of(merged, "counselors").context["form"].classes.values()],
    ]
    assert classes == [[], [merged.own], ["X MIPA 3"]]


def test_before_its_day_it_goes_on(cast):
    merge(cast.foreign, cast.own, on=ago(-5), by=cast.operator)
    assert "(sudah berakhir)" not in page_of(cast, "classes").content.decode()
    assert cast.foreign in ArriveForm().fields["to"].queryset


def test_the_page_says_why_nothing_can_be_merged(merged):
    assert "tidak ada siswa" in str(
        page_of(merged, "merge_class", merged.foreign.pk).context["page"].off
    )
    page = page_of(merged, "merge_class", merged.own.pk)
    assert "Tidak ada kelas lain di tingkat X" in str(page.context["page"].off)
    assert reverse("school:class", args=[merged.own.pk]) in page.content.decode()


@pytest.mark.parametrize(("grade", "said"), [("XI", True), ("X", False)])
def test_a_move_to_another_grade_is_asked_about_and_allowed(cast, grade, said):
    to = make.SchoolClassFactory(name=f"{grade} IPA 9", grade=grade, year=cast.own.year)
    student = cast.students[0]
    scope = Scope(ChangeKind.MOVE, ago(0), students=frozenset([student.pk]))
    effects = effects_of(scope, lambda: move(student, to, on=ago(0), by=cast.operator))
    words = "Dari tingkat X ke tingkat XI di tahun yang sama. Apakah benar?"
    assert (words in effects) is said
    move(student, to, on=ago(0), by=cast.operator)
