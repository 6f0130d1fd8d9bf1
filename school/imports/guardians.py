"""The parents that a file names, beside those whom the school knows."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school import phones
from school.imports.plan import Field, Plan, Refused
from school.imports.student_rows import LABELS as OF_STUDENTS
from school.imports.student_rows import Parent
from school.models import Guardian, Student
from school.models.students import Relation
from school.sheets.cells import folded

KINSHIP = f"{Relation.GUARDIAN}-kinship"
LABELS = {**OF_STUDENTS, KINSHIP: gettext_lazy("Relation in words")}


class Guardians:
    """The guardians of some students, each changed at most once."""

    def __init__(self, students: Iterable[int], plan: Plan) -> None:
        self.plan = plan
        self.of: dict[int, list[Guardian]] = {}
        for each in Guardian.objects.filter(student__in=list(students)).order_by("pk"):
            self.of.setdefault(each.student_id, []).append(each)

    def set(self, student: Student, parents: Mapping[str, Parent]) -> list[Field]:
        """Return what the parents of a row change. Raises Refused for a phone of nobody."""
        found: list[Field] = []
        for relation, parent in parents.items():
            known = self._known(student, relation, parent)
            found += (
                self._changed(known, parent) if known else self._added(student, relation, parent)
            )
        return found

    def _known(self, student: Student, relation: str, parent: Parent) -> Guardian | None:
        """Return the guardian meant: of this name, else the only one of this relation.

        A student has one father and one mother, but may have several other guardians.
        """
        held = self.of.get(student.pk, []) if student.pk else []
        related = [each for each in held if each.relation == relation]
        named = [each for each in related if folded(each.name) == folded(parent.name)]
        is_only = len(related) == 1 and (
            relation != Relation.GUARDIAN or (not parent.name and _may_be(related[0], parent))
        )
        return next(iter(named), related[0] if is_only else None)

    def _added(self, student: Student, relation: str, parent: Parent) -> list[Field]:
        name, number = f"{relation}-name", f"{relation}-phone"
        if not parent.name:
            said = _("The phone of a parent whose name is not known. Fill in “%(label)s”.")
            raise Refused(said % {"label": LABELS[name]})
        values = {"name": parent.name, "phone": parent.phone, "kinship": parent.kinship}
        made = Guardian(student=student, relation=relation, **values)
        self.plan.create(made)
        if student.pk:
            self.of.setdefault(student.pk, []).append(made)
        given = (
            (name, parent.name),
            (number, phones.written(parent.phone)),
            (KINSHIP, parent.kinship),
        )
        return [Field(key, LABELS[key], "", text) for key, text in given if text]

    def _changed(self, known: Guardian, parent: Parent) -> list[Field]:
        found: list[Field] = []
        values = {"name": parent.name, "phone": parent.phone, "kinship": parent.kinship}
        for column, value in values.items():
            key = f"{known.relation}-{column}"
            was = getattr(known, column)
            if not value or was == value:
                continue
            if was and not self.plan.replaces(key, LABELS[key]):
                continue
            setattr(known, column, value)
            found.append(Field(key, LABELS[key], said(column, was), said(column, value)))
        if found:
            changed = sorted({each.name.rpartition("-")[2] for each in found})
            self.plan.update(known, *changed)
        return found


def _may_be(known: Guardian, parent: Parent) -> bool:
    """Return whether two guardians are related in the same words, as far as anybody says."""
    return known.kinship == parent.kinship or not (known.kinship and parent.kinship)


def said(column: str, value: str) -> str:
    return phones.written(value) if column == "phone" else value
