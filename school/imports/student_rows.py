"""What the rows of a file say of students: values of fields, parents, and the class."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school.imports import fields
from school.imports.days import Days
from school.imports.plan import Plan, Refused
from school.imports.rows import days_of, note_hidden, phone
from school.models.students import Relation
from school.sheets.heads import Layout
from school.sheets.table import Row
from workflow import clock
from workflow.errors import Text

NAME, NIS, NISN, GENDER, BIRTH, CLASS = "name", "nis", "nisn", "gender", "birth_date", "class"
PARENTS = {
    Relation.FATHER: ("ayah", "bapak"),
    Relation.MOTHER: ("ibu", "mama"),
    Relation.GUARDIAN: ("wali", "orangtua", "ortu", "walimurid", "orangtuawali"),
}
YOUNGEST, OLDEST = 5, 30
"""Years of a student."""


def _of_parents() -> Iterable[tuple[str, tuple[str, ...]]]:
    for relation, words in PARENTS.items():
        first = words[0]
        yield (
            f"{relation}-name",
            (
                *(f"{word}/nama" for word in words),
                *(f"nama{word}" for word in words),
                *(f"nama{word}kandung" for word in words),
                *(f"{first}{more}" for more in ("", "nama")),
                {"ayah": "fathersname", "ibu": "mothersname", "wali": "guardiansname"}[first],
            ),
        )
        numbers = ("nohp", "hp", "notelp", "telepon", "notelepon", "nowa", "wa", "whatsapp")
        yield (
            f"{relation}-phone",
            (
                *(f"{number}{word}" for word in words for number in numbers),
                *(f"{word}/{number}" for word in words for number in numbers),
                {"ayah": "fathersphone", "ibu": "mothersphone", "wali": "guardiansphone"}[first],
            ),
        )


NUMBERS = "numbers"
"""NIS and NISN in one column, e.g. "20601 / 0056465164"."""
WHO: Mapping[str, tuple[str, ...]] = {
    NUMBERS: ("nisnisn", "nipdnisn", "nisnnis", "nisnnipd", "nisdannisn", "noinduknisn"),
    NISN: ("nisn", "nonisn", "nomorinduksiswanasional"),
    NIS: ("nis", "nipd", "nisnipd", "nipdnis", "noinduk", "nomorinduk", "nomorinduksiswa", "nonis"),
    NAME: (
        *("nama", "namasiswa", "namalengkap", "namapesertadidik", "namalengkapsiswa", "namamurid"),
        *("name", "student", "studentname", "siswa"),
    ),
}
CLASSES = (
    *("rombelsaatini", "kelas", "rombel", "rombonganbelajar", "namarombel", "kelassaatini"),
    *("kelasrombel", "rombelkelas", "namakelas", "class"),
)
LAYOUT = Layout(
    names={
        **WHO,
        GENDER: ("jk", "lp", "jeniskelamin", "kelamin", "gender", "sex", "mf"),
        BIRTH: (
            "tanggallahir",
            "tgllahir",
            *("tempattanggallahir", "tempattgllahir", "tempatdantanggallahir", "tempatdantgllahir"),
            *("ttl", "birthdate", "dateofbirth"),
        ),
        CLASS: CLASSES,
        "phone": (
            *("hp", "nohp", "hpsiswa", "nohpsiswa", "nomorhp", "nomorhpsiswa", "wasiswa", "nowa"),
            *("studentsphone", "phone"),
        ),
        "telephone": ("telepon", "telp", "notelepon", "notelp"),
        "email": ("email", "alamatemail", "emailsiswa", "surel"),
        "street": (
            "alamat",
            "alamatsiswa",
            "alamatrumah",
            "jalan",
            "hamletorstreet",
            "dusunataujalan",
        ),
        "hamlet": ("dusun", "namadusun"),
        "rt": ("rt",),
        "rw": ("rw",),
        "village": ("kelurahan", "desa", "desakelurahan", "kelurahandesa", "village"),
        "district": ("kecamatan", "district"),
        "latitude": ("lintang", "latitude"),
        "longitude": ("bujur", "longitude"),
        **dict(_of_parents()),
    },
    needed=((NAME,), (NISN, NIS, NUMBERS), (GENDER,), (CLASS,)),
    otherwise=gettext_lazy("No row of the file names its columns."),
    may_be_of_one_class=True,
)
LABELS: Mapping[str, Text] = {
    NISN: "NISN",
    NIS: "NIS",
    NAME: gettext_lazy("Name"),
    GENDER: gettext_lazy("L/P"),
    BIRTH: gettext_lazy("Birth date"),
    CLASS: gettext_lazy("Class"),
    "phone": gettext_lazy("Student's phone"),
    "email": gettext_lazy("Email"),
    "street": gettext_lazy("Hamlet or street"),
    "rt": "RT",
    "rw": "RW",
    "village": gettext_lazy("Village"),
    "district": gettext_lazy("District"),
    "latitude": gettext_lazy("Latitude"),
    "longitude": gettext_lazy("Longitude"),
    f"{Relation.FATHER}-name": gettext_lazy("Father's name"),
    f"{Relation.FATHER}-phone": gettext_lazy("Father's phone"),
    f"{Relation.MOTHER}-name": gettext_lazy("Mother's name"),
    f"{Relation.MOTHER}-phone": gettext_lazy("Mother's phone"),
    f"{Relation.GUARDIAN}-name": gettext_lazy("Guardian's name"),
    f"{Relation.GUARDIAN}-phone": gettext_lazy("Guardian's phone"),
}
PREFIXES = {"village": r"(desa|ds|kelurahan|kel)", "district": r"(kecamatan|kec)"}


@dataclass
class Parent:
    name: str = ""
    phone: str = ""
    kinship: str = ""
    """In words, e.g. "nenek"."""


@dataclass
class Said:
    """What a row says of a student; of `values` only what it says."""

    row: Row
    values: dict[str, object] = field(default_factory=dict)
    parents: dict[str, Parent] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.values.get(NAME, ""))

    @property
    def who(self) -> str:
        known = (self.row[column] for column in (NAME, NIS, NISN))
        return " · ".join(filter(None, known))

    def take(self, column: str, read: Callable[[str], object], *, always: bool = False) -> None:
        """Set the value of a column that says something; note why it cannot be read."""
        text = fields.said(self.row, column)
        if not (text or always):
            return
        try:
            value = read(text)
        except Refused as why:
            self.problems.append(str(why))
        else:
            if value not in ("", None):
                self.values[column] = value


def read_rows(rows: Iterable[Row], plan: Plan) -> list[Said]:
    """Return what each row says; remarks and questions go to the plan."""
    listed = list(rows)
    days = days_of(plan, [fields.said(row, BIRTH) for row in listed])
    return [_read(row, days, plan) for row in listed]


def _read(row: Row, days: Days, plan: Plan) -> Said:
    said = Said(row)
    said.take(NAME, fields.name, always=True)
    said.take(GENDER, fields.gender, always=True)
    said.take(NIS, _nis)
    said.take(NISN, lambda text: _nisn(text, row, plan))
    said.take(BIRTH, lambda text: birth(text, days))
    said.take("email", fields.email)
    for column in ("telephone", "phone"):
        said.take(column, lambda text: phone(text, row, plan))
    if telephone := said.values.pop("telephone", None):
        said.values.setdefault("phone", telephone)
    _take_address(said)
    _take_parents(said, plan)
    note_hidden(row, LABELS, plan)
    return said


def _nis(text: str) -> str:
    fields.exactly(text, text, "NIS")
    number = fields.whole(text)
    return fields.at_most(20, number, "NIS") if number.strip("0") else ""


def _nisn(text: str, row: Row, plan: Plan) -> str:
    digits, was_short = fields.nisn(text)
    if was_short:
        plan.remark(_("NISN without its first zeros: they were put back."), row.number)
    return digits


def birth(text: str, days: Days) -> date:
    """Return the day of birth of a student. Raises Refused for one of no student."""
    day = days.read(text)
    if not YOUNGEST <= clock.today().year - day.year <= OLDEST:
        raise Refused(
            _("Nobody born on “%(typed)s” goes to this school. Check the year.") % {"typed": text}
        )
    return day


def _take_address(said: Said) -> None:
    """Take the parts of an address, and the point on the map if both of its numbers are ones."""
    street = _street(said.row)
    said.take("street", lambda _text: fields.at_most(120, street, LABELS["street"]), always=True)
    for column in PREFIXES:
        said.take(column, partial(_area, column))
    said.take("rt", fields.of_area)
    said.take("rw", fields.of_area)
    latitude = fields.degrees(fields.said(said.row, "latitude"), fields.LATITUDES)
    longitude = fields.degrees(fields.said(said.row, "longitude"), fields.LONGITUDES)
    if latitude is not None and longitude is not None:
        said.values |= {"latitude": latitude, "longitude": longitude}


def _area(column: str, text: str) -> str:
    """Return the name of a village or district without what it is."""
    bare = re.sub(rf"^{PREFIXES[column]}\b\.?\s*", "", text, flags=re.IGNORECASE)
    return fields.at_most(80, bare, LABELS[column])


def _street(row: Row) -> str:
    """Return the street, with the hamlet unless that is part of it."""
    street, hamlet = fields.said(row, "street"), fields.said(row, "hamlet")
    if not hamlet.strip("0") or hamlet.casefold() in street.casefold():
        return street
    named = (
        hamlet
        if re.match(r"(dusun|dsn|dukuh|kp|kampung)\b", hamlet.casefold())
        else f"Dsn. {hamlet}"
    )
    return ", ".join(filter(None, (street, named)))


def _take_parents(said: Said, plan: Plan) -> None:
    for relation in PARENTS:
        parent = Parent()
        name, number = f"{relation}-name", f"{relation}-phone"
        said.take(name, fields.name)
        said.take(number, lambda text: phone(text, said.row, plan))
        parent.name = str(said.values.pop(name, ""))
        parent.phone = str(said.values.pop(number, ""))
        if parent.name or parent.phone:
            said.parents[relation] = parent
