"""What the rows of a file say of teachers and staff. A file gives nobody an office."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school import names, phones
from school.imports import fields
from school.imports.plan import Plan, Refused
from school.imports.rows import note_hidden, phone
from school.models.students import Gender
from school.models.users import HONORIFICS, Honorific
from school.sheets.heads import Layout
from school.sheets.table import Row
from workflow.errors import Text

NAME, NIP, GENDER, USER, POSITION = "name", "nip", "honorific", "username", "position"
LAYOUT = Layout(
    names={
        NAME: (
            *("nama", "namalengkap", "namaguru", "namapegawai", "namaptk", "namastaf"),
            *("namadangelar", "namalengkapdangelar", "namadengangelar", "name", "namewithtitles"),
        ),
        "title_before": ("gelardepan", "gelardidepan", "titlebefore", "titlebeforethename"),
        "title_after": ("gelarbelakang", "gelardibelakang", "titleafter", "titleafterthename"),
        GENDER: ("lp", "jk", "jeniskelamin", "kelamin", "gender", "mf"),
        NIP: ("nip", "nipbaru", "nonip", "nomorindukpegawai"),
        USER: ("namapengguna", "username", "pengguna", "akun"),
        "phone": (
            "hp",
            "nohp",
            "nomorhp",
            "telepon",
            "notelp",
            "telp",
            "nowa",
            "wa",
            "nomortelepon",
            "phone",
        ),
        "grade_rank": (
            *("pangkatgolongan", "pangkatgol", "pangkat", "golongan", "golonganruang"),
            *("pangkatgolonganruang", "gol", "rank"),
        ),
        POSITION: ("jabatan", "jabatanfungsional", "jenisptk", "position"),
    },
    needed=((NAME,), (GENDER,), (NIP, POSITION, USER)),
    otherwise=gettext_lazy("No row of the file names its columns."),
)
LABELS: Mapping[str, Text] = {
    NAME: gettext_lazy("Name with titles"),
    GENDER: gettext_lazy("L/P"),
    NIP: "NIP",
    USER: gettext_lazy("User name"),
    "phone": gettext_lazy("Phone"),
    "grade_rank": gettext_lazy("Rank"),
    POSITION: gettext_lazy("Position"),
    "title_before": gettext_lazy("Title before the name"),
    "title_after": gettext_lazy("Title after the name"),
}
LONGEST = {"title_before": 40, "title_after": 60, "grade_rank": 60, POSITION: 80}
COLUMNS = (NAME, *LONGEST, GENDER, NIP, USER, "phone")
OF_AN_OFFICE = re.compile(r"\b(guru bk|bk|konselor|koordinator|kepala|waka|wakil|operator)\b", re.I)


@dataclass
class Said:
    row: Row
    values: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def split_name(self) -> None:
        """Take titles from the name unless they have columns of their own; drop what is empty."""
        if NAME in self.values:
            _spoken, plain = names.split_address(self.values[NAME])
            before, self.values[NAME], after = names.split_titles(plain)
            self.values.setdefault("title_before", before)
            self.values.setdefault("title_after", after)
        self.values = {name: value for name, value in self.values.items() if value}

    @property
    def who(self) -> str:
        return " · ".join(filter(None, (self.row[NAME], self.row[NIP])))


def read_row(row: Row, plan: Plan) -> Said:
    said = Said(row)
    readers: dict[str, Callable[[str], str]] = {
        NAME: fields.name,
        GENDER: lambda text: _honorific(text, fields.unnumbered(row[NAME])),
        NIP: fields.nip,
        USER: str.casefold,
        "phone": lambda text: phone(text, row, plan),
        **{name: partial(_at_most, name) for name in LONGEST},
    }
    for name, read in readers.items():
        text = fields.said(row, name)
        try:
            if text or name in {NAME, GENDER}:
                said.values[name] = read(text)
        except Refused as why:
            said.problems.append(str(why))
    said.split_name()
    if OF_AN_OFFICE.search(said.values.get(POSITION, "")):
        plan.remark(
            _("The position is printed on papers; the role is given on the person's page."),
            row.number,
        )
    note_hidden(row, LABELS, plan)
    return said


def _honorific(text: str, name: str) -> str:
    """Return what the cell says, else what stands before the name: "Bu Retno". Raises Refused."""
    spoken, _plain = names.split_address(name)
    if spoken and not text:
        return HONORIFICS[spoken]
    return Honorific.BAPAK if fields.gender(text) == Gender.MALE else Honorific.IBU


def _at_most(name: str, text: str) -> str:
    return fields.at_most(LONGEST[name], text, LABELS[name])


def written(name: str, value: str) -> str:
    if name == GENDER and value:
        return "L" if value == Honorific.BAPAK else "P"
    return phones.written(value) if name == "phone" else value
