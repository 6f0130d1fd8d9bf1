"""Students from a file: Dapodik's "Daftar Peserta Didik", or the school's own sheet."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext as _

from school import phones
from school.imports.class_names import Classes
from school.imports.guardians import Guardians
from school.imports.plan import Asked, Field, Line, Plan, Question, Refused, Waiting, numbers
from school.imports.seats import CLASS, Seats, seats_on
from school.imports.student_matches import MANY, Known, Taken
from school.imports.student_rows import LABELS, NAME, NIS, NISN, Said, read_rows
from school.models import SchoolClass, Student
from school.wording import full_day

COLUMNS = (
    *(NAME, NIS, NISN, "gender", "birth_date", "phone", "email", "street", "rt", "rw"),
    *("village", "district", "latitude", "longitude"),
)


def plan_of(asked: Asked) -> Plan:
    """Return what the rows would change; as many queries for a thousand as for one."""
    plan = Plan(asked.answers)
    semester, on = asked.answers.semester, asked.answers.on
    if semester is None or on is None:
        return plan
    work = _Students(plan, read_rows(asked.rows, plan), Classes(semester.year, plan), on)
    work.match()
    work.compare()
    return plan


class _Students:
    def __init__(self, plan: Plan, rows: list[Said], classes: Classes, on: date) -> None:
        self.plan = plan
        self.rows = rows
        self.classes = classes
        self.on = on
        self.known = Known(Student.objects.all())
        self.meant: dict[int, Student | None] = {}
        """Number of a row → its student, None for a new one."""

    def match(self) -> None:
        """Find the student of each row: first by numbers, then by name among the others."""
        named: list[Said] = []
        for said in self.rows:
            if said.problems:
                self.plan.refuse(said.row, said.who, " ".join(said.problems))
            elif self._found(said, self.known.by_number) is None:
                named.append(said)
        taken = {each.pk for each in self.meant.values() if each}
        alike = {
            said.row.number: self.known.alike(said, taken)
            for said in named
            if said.row.number in self.meant
        }
        at_once = sum(len(found) == 1 for found in alike.values()) > MANY
        for said in named:
            if found := alike.get(said.row.number):
                self._found(said, partial(self.known.by_birth, alike=found, at_once=at_once))

    def _found(self, said: Said, find: Callable[[Said, Plan], Student | None]) -> Student | None:
        """Find the student of a row; a row that is refused or asked about has no entry then."""
        self.meant.pop(said.row.number, None)
        try:
            self.meant[said.row.number] = found = find(said, self.plan)
        except Refused as why:
            self.plan.refuse(said.row, said.who, why)
        except Waiting:
            pass
        else:
            return found
        return None

    def compare(self) -> None:
        ids = [each.pk for each in self.meant.values() if each]
        self.seats = Seats(ids, self.on, self.plan)
        self.guardians = Guardians(ids, self.plan)
        self._number_those_without()
        taken, named = Taken(), {}
        for said in self.rows:
            if said.row.number not in self.meant:
                continue
            student = self.meant[said.row.number]
            try:
                of_class = self.classes.meant(said.row[CLASS])
                if of_class:
                    named[of_class.name] = of_class
                if taken.is_repeated(said, student):
                    self.plan.unchanged += 1
                elif of_class:
                    self._compare(said, student, of_class)
            except Refused as why:
                self.plan.refuse(said.row, said.who, why)
        self.plan.create(*self.classes.new.values())
        self._gone(named.values(), set(ids))

    def _number_those_without(self) -> None:
        """Ask once whether new students without NIS get their NISN as one."""
        without = [
            said
            for said in self.rows
            if self.meant.get(said.row.number, said) is None and NIS not in said.values
        ]
        could = [said for said in without if NISN in said.values]
        if not could:
            return
        rows = numbers(said.row.number for said in could)
        text = _("New students without NIS (in Dapodik NIPD), in row %(rows)s.") % {"rows": rows}
        choices = (
            ("nisn", _("Their NISN becomes their NIS")),
            ("no", _("None of it: I fill in the NIS")),
        )
        answer = self.plan.ask(Question("nis", text, choices))
        for said in could:
            if answer == "nisn":
                said.values[NIS] = said.values[NISN]
            elif not answer:
                del self.meant[said.row.number]

    def _compare(self, said: Said, student: Student | None, of_class: SchoolClass) -> None:
        found = student or Student()
        fields = self._values(found, said.values)
        if student is None:
            if not found.nis:
                raise Refused(_("NIS (in Dapodik NIPD) is missing. Fill it in."))
            self.plan.create(found)
        elif fields:
            self.plan.update(found, *(field.name for field in fields))
        fields += self.guardians.set(found, said.parents)
        if seat := self.seats.move(found, of_class):
            fields.append(seat)
        note = f"NIS {found.nis} · {of_class.name}"
        on = self.seats.day_of(found, of_class) if seat else None
        line = Line(said.row.number, found.name, note, tuple(fields), f"student {found.pk}", on)
        self.plan.note(line, is_new=student is None)

    def _values(self, student: Student, values: Mapping[str, object]) -> list[Field]:
        """Set what a row says, and return what that changes. Raises Refused for a taken number."""
        fields: list[Field] = []
        for column in COLUMNS:
            value, was, label = values.get(column), getattr(student, column), LABELS[column]
            if value is None or value == was:
                continue
            if student.pk and was not in (None, "") and not self.plan.replaces(column, label):
                continue
            self._is_free(column, str(value))
            setattr(student, column, value)
            fields.append(Field(column, label, written(column, was), written(column, value)))
        return fields

    def _is_free(self, column: str, value: str) -> None:
        holders = {NIS: self.known.by_nis, NISN: self.known.by_nisn}.get(column, {})
        if holder := holders.get(value):
            words = {"label": LABELS[column], "number": value, "who": holder.name}
            raise Refused(_("%(label)s %(number)s still belongs to %(who)s.") % words)

    def _gone(self, named: Iterable[SchoolClass], there: set[int]) -> None:
        """List who is in a class of the file, but not in the file."""
        for seat in seats_on(self.on, named):
            if seat.student_id not in there:
                note = f"NIS {seat.nis} · {seat.class_name}"
                self.plan.gone.append(Line(0, seat.name, note))


def written(column: str, value: object) -> str:
    """Return a value as people read it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return full_day(value)
    if isinstance(value, Decimal):
        return f"{value:.6f}"
    return phones.written(str(value)) if column == "phone" else str(value)
