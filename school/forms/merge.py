"""The form by which a class becomes part of another one."""

from django.utils.translation import gettext_lazy as _

from school.forms.enrolment import ClassField
from school.forms.foreseen import ForeseenForm
from school.forms.inputs import DayField
from school.forms.layout import Data
from school.in_use import is_in_use
from school.models import SchoolClass
from workflow import clock


class MergeForm(ForeseenForm):
    into = ClassField(label=_("Class into which the students go"))
    on = DayField(label=_("First day in that class"))
    layout = ("into", "on")

    def __init__(self, data: Data = None, *, school_class: SchoolClass) -> None:
        super().__init__(data, initial={"on": clock.today()})
        of_grade = SchoolClass.objects.filter(year=school_class.year_id, grade=school_class.grade)
        others = of_grade.filter(is_in_use(clock.today())).exclude(pk=school_class.pk)
        self.has_others = others.exists()
        into = self.fields["into"]
        assert isinstance(into, ClassField)
        into.offer(others)
