"""Phones of parents from a file: a row for each parent, or columns for father and mother."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school import phones
from school.imports import fields
from school.imports.guardians import Guardians
from school.imports.kinds import FileKind
from school.imports.known_students import KnownStudents, here, who
from school.imports.plan import Asked, Line, Plan, Question, Refused
from school.imports.rows import note_hidden, phone
from school.imports.student_rows import (
    CLASS,
    CLASSES,
    NAME,
    NIS,
    NISN,
    NUMBERS,
    PARENTS,
    WHO,
    Parent,
)
from school.imports.student_rows import LABELS as OF_STUDENTS
from school.imports.student_rows import LAYOUT as STUDENTS
from school.models import Guardian, Student
from school.models.change import ChangeKind
from school.models.students import Relation
from school.sheets.cells import folded
from school.sheets.heads import Layout
from school.sheets.table import Row
from school.sheets.template import Column, Template
from workflow.errors import Text

RELATION, PARENT, PHONE, PARENTS_PHONE = "relation", "parent", "phone", "parents_phone"
OF_PARENTS = {
    name: names for name, names in STUDENTS.names.items() if name.partition("-")[0] in PARENTS
}
OF_A_PARENT = ("orangtua", "ortu", "orangtuawali", "ortuwali", "walimurid", "walisiswa")
OF_NUMBERS = (
    *("nohp", "hp", "nowa", "wa", "nomorhp", "nomorwa", "nohpwa", "nomorhpwa", "nowhatsapp"),
    *("nomorwhatsapp", "whatsapp", "telepon", "telp", "notelp", "notelepon", "nomortelepon"),
)
LAYOUT = Layout(
    names={
        **WHO,
        CLASS: CLASSES,
        RELATION: (
            *("hubungan", "hubungankeluarga", "hubungandengansiswa", "hubdengansiswa", "hub"),
            *("statushubungan", "status", "relation"),
        ),
        PARENT: (
            *("namaorangtua", "namaorangtuawali", "namawalimurid", "orangtua", "namaortu"),
            *("namakontak", "parent", "parentsname"),
        ),
        PARENTS_PHONE: (*(f"{number}{whose}" for whose in OF_A_PARENT for number in OF_NUMBERS),),
        PHONE: (
            *("telepon", "hp", "nohp", "nomorhp", "notelp", "nomortelepon", "nowa", "wa"),
            "phone",
        ),
        **OF_PARENTS,
    },
    needed=(
        (NISN, NIS, NUMBERS, NAME),
        (PHONE, PARENTS_PHONE, *(f"{relation}-phone" for relation in PARENTS)),
        (RELATION, PARENT, PARENTS_PHONE, *(f"{relation}-phone" for relation in PARENTS)),
    ),
    otherwise=gettext_lazy("No row of the file names its columns."),
)
LABELS: Mapping[str, Text] = {
    **{name: OF_STUDENTS[name] for name in (NISN, NIS, NAME, CLASS)},
    RELATION: gettext_lazy("Relation"),
    PARENT: gettext_lazy("Parent's name"),
    PHONE: gettext_lazy("Phone"),
    PARENTS_PHONE: gettext_lazy("Parent's phone"),
    **{name: OF_STUDENTS[name] for name in OF_PARENTS},
}
RELATIONS = {
    **dict.fromkeys(
        (
            "ayah",
            "ayahkandung",
            "bapak",
            "bapakkandung",
            "bpk",
            "papa",
            "abi",
            "father",
            "ayahtiri",
        ),
        Relation.FATHER,
    ),
    **dict.fromkeys(
        ("ibu", "ibukandung", "mama", "mamah", "bunda", "umi", "mother", "ibutiri"),
        Relation.MOTHER,
    ),
    **dict.fromkeys(("wali", "walimurid", "guardian"), Relation.GUARDIAN),
}
OTHERS = (
    *("kakek", "nenek", "paman", "bibi", "kakak", "pakde", "bude", "budhe", "om", "tante"),
    *("adik", "saudara", "sepupu", "pengasuh"),
)
"""Guardians by how they are related, which is kept in words."""
ONE_OF_THEM = "PARENT"
"""In place of a relation: one of the parents, nobody says which."""
PARENT_WORDS = ("orangtua", "ortu", "orangtuawali", "parent", "parents")
EMPTY = "empty-relation"


def plan_of(asked: Asked) -> Plan:
    plan = Plan(asked.answers)
    known = KnownStudents()
    meant: list[tuple[Row, Student, dict[str, Parent]]] = []
    for row in asked.rows:
        note_hidden(row, LABELS, plan)
        try:
            student = known.meant(row)
            if parents := dict(_parents(row, plan)):
                meant.append((row, student, parents))
            else:
                plan.unchanged += 1
        except Refused as why:
            plan.refuse(row, who(row), why)
    guardians = Guardians({student.pk for _row, student, _parents in meant}, plan)
    for row, student, parents in meant:
        try:
            changed = tuple(guardians.set(student, parents))
        except Refused as why:
            plan.refuse(row, who(row), why)
        else:
            is_new = any(field.name.endswith("-name") and not field.was for field in changed)
            note = f"NIS {student.nis} · {student.class_name or ''}"
            line = Line(row.number, student.name, note, changed, f"student {student.pk}")
            plan.note(line, is_new=is_new)
    return plan


def _parents(row: Row, plan: Plan) -> Iterator[tuple[str, Parent]]:
    """Yield the parents of a row that have a number; none for a row without numbers."""
    for relation in PARENTS:
        if text := fields.said(row, f"{relation}-phone"):
            name = fields.said(row, f"{relation}-name")
            if relation == Relation.GUARDIAN:
                name = name or fields.said(row, PARENT)
            yield relation, Parent(fields.name(name) if name else "", phone(text, row, plan))
    if text := fields.said(row, PARENTS_PHONE) or fields.said(row, PHONE):
        single = _relation(row, plan)
        kinship = folded(fields.said(row, RELATION))
        name = fields.said(row, PARENT) or fields.said(row, f"{single}-name")
        named = fields.name(name) if name else ""
        if single == ONE_OF_THEM:
            called = _("Parent")
            yield (
                Relation.GUARDIAN,
                Parent(named or called, phone(text, row, plan), called.lower()),
            )
        elif single:
            in_words = kinship if kinship in OTHERS else ""
            yield single, Parent(named, phone(text, row, plan), in_words)


def _relation(row: Row, plan: Plan) -> str:
    """Return what a row says of the relation; asked once for all rows where it says nothing."""
    text = fields.said(row, RELATION)
    said = folded(text)
    if said in RELATIONS:
        return RELATIONS[said]
    if said in OTHERS:
        return Relation.GUARDIAN
    if said in PARENT_WORDS:
        return ONE_OF_THEM
    if said and said not in OF_A_PARENT:
        raise Refused(
            _("“%(typed)s” is no relation. Write father, mother or guardian.") % {"typed": text}
        )
    unknown = (ONE_OF_THEM, _("one of the parents, not known which"))
    choices: list[tuple[str, Text]] = [*Relation.choices, unknown]
    usual = ONE_OF_THEM if fields.said(row, PARENTS_PHONE) else ""
    asks = _("Whose phone is it where no relation is given?")
    return plan.ask(Question(EMPTY, asks, tuple(choices), usual))


def template() -> Template:
    """Return a row for each parent whom the school knows, and one for a student without any.

    Students whose family has no number yet come first.
    """
    relations = [str(label) for _value, label in Relation.choices]
    columns = [
        Column(str(LABELS[name]), relations if name == RELATION else ())
        for name in (NISN, NIS, NAME, CLASS, RELATION, PARENT, PHONE)
    ]
    students = here()
    parents: dict[int, list[Guardian]] = {}
    for each in Guardian.objects.filter(student__in=students).order_by("pk"):
        parents.setdefault(each.student_id, []).append(each)
    lacking: list[list[str]] = []
    others: list[list[str]] = []
    for student in students:
        held = parents.get(student.pk, [])
        of_student = others if any(each.phone for each in held) else lacking
        who_is = [student.nisn or "", student.nis, student.name, student.class_name or ""]
        written = [_written(parent) for parent in held] or [_written(None)]
        of_student += [[*who_is, *words] for words in written]
    rows = [*lacking, *others]
    return Template(_("Parents' phones"), columns, rows)


def _written(parent: Guardian | None) -> list[str]:
    if parent is None:
        return ["", "", ""]
    return [str(parent.get_relation_display()), parent.name, phones.written(parent.phone)]


KIND = FileKind(
    change=ChangeKind.PHONES,
    title=gettext_lazy("Parents' phones"),
    about=gettext_lazy("NIS or name, relation, parent's name, phone"),
    heads=LAYOUT,
    labels=LABELS,
    plan_of=plan_of,
    template=template,
    asks_semester=False,
    asks_day=False,
)
