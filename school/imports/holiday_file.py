"""Holidays from a file: each goes into the policy of its semester."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school.days import LONGEST_BREAK, Holiday
from school.forms.holidays import MOST, check, too_many
from school.holiday_lines import DATE
from school.imports import fields
from school.imports.days import A_PLACE, Days
from school.imports.kinds import FileKind
from school.imports.plan import Asked, Field, Line, Plan, Refused
from school.imports.rows import days_of, note_hidden
from school.models import Policy, RecapPeriod, Semester
from school.models.change import ChangeKind
from school.sheets.heads import Layout
from school.sheets.table import Row
from school.sheets.template import Column, Template
from school.wording import date_range
from school.workflow.policy import moved_due_dates
from workflow.errors import Text

FIRST, LAST, NAME = "first", "last", "name"
LAYOUT = Layout(
    names={
        FIRST: (
            *("haripertama", "tanggalmulai", "tglmulai", "mulai", "mulaitanggal", "dari"),
            *("daritanggal", "tanggal", "tgl", "tanggallibur", "haritanggal", "firstday", "date"),
        ),
        LAST: (
            *("hariterakhir", "tanggalselesai", "tglselesai", "selesai", "sampai", "hingga"),
            *("sampaitanggal", "sd", "tanggalakhir", "tglakhir", "akhir", "lastday", "until"),
        ),
        NAME: (
            *("namalibur", "libur", "harilibur", "namaharilibur", "keterangan", "ket", "kegiatan"),
            *("uraian", "uraiankegiatan", "nama", "holiday", "name"),
        ),
    },
    needed=((FIRST,), (NAME,)),
    otherwise=gettext_lazy("No row of the file names its columns."),
)
LABELS: Mapping[str, Text] = {
    FIRST: gettext_lazy("First day"),
    LAST: gettext_lazy("Last day"),
    NAME: gettext_lazy("Holiday"),
}
TO = re.compile(
    r"\s*(?:–|—|\bs\.?\s?/?\s?d\.?\s|\bsampai(?: dengan)?\b|\bhingga\b|\bto\b)\s*|\s+-\s+",
    re.IGNORECASE,
)
WITHIN = re.compile(
    r"(\d{1,2})\s*(?:-|–|—|s\.?/?d\.?|sampai(?: dengan)?)\s*(\d{1,2})"
    r"(\s+[a-zA-Z].*|[-/.]\d{1,2}[-/.]\d{4})"
)
"""20-24 Desember 2021."""
LISTED = re.compile(r"(\d{1,2}(?:\s*(?:,|dan|&)\s*\d{1,2})+)(\s+[a-zA-Z].*)")
"""23, 24 dan 25 Desember 2021."""
WITHOUT_YEAR = re.compile(r"\d{1,2}\s*[a-zA-Z]+|\d{1,2}[-/.]\d{1,2}")


def plan_of(asked: Asked) -> Plan:
    plan = Plan(asked.answers)
    work = _Holidays(plan)
    days = days_of(plan, [row[FIRST] for row in asked.rows])
    for row in asked.rows:
        note_hidden(row, LABELS, plan)
        try:
            work.take(row, _holiday(row, days))
        except Refused as why:
            plan.refuse(row, " · ".join(filter(None, row.cells.values())), why)
    work.finish()
    return plan


def _holiday(row: Row, days: Days) -> Holiday:
    """Return the holiday of a row; its days may stand in one cell. Raises Refused."""
    first, last, name = (fields.said(row, column) for column in (FIRST, LAST, NAME))
    if not first:
        raise Refused(_("The first day is missing."))
    if not name:
        raise Refused(_("The name of the holiday is missing."))
    if not last:
        first, last = _first_and_last(first)
    ends = days.read(last or first)
    begins = _begins(first, ends, days) if last else ends
    holiday = Holiday(begins, ends, name)
    try:
        check(holiday)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from None
    return holiday


def _first_and_last(said: str) -> tuple[str, str]:
    """Return the days of a cell apart; "" for a last one that it does not have."""
    if len(dates := [found[0] for found in DATE.finditer(said)]) == 2:  # noqa: PLR2004
        return dates[0], dates[1]
    bare = A_PLACE.sub("", said)
    if found := WITHIN.fullmatch(bare):
        return f"{found[1]}{found[3]}", f"{found[2]}{found[3]}"
    if found := LISTED.fullmatch(bare):
        numbers = [int(number) for number in re.findall(r"\d+", found[1])]
        if numbers == list(range(numbers[0], numbers[-1] + 1)):
            return f"{numbers[0]}{found[2]}", f"{numbers[-1]}{found[2]}"
    if len(parts := TO.split(said)) == 2:  # noqa: PLR2004
        return parts[0], parts[1]
    return said, ""


def _begins(first: str, ends: date, days: Days) -> date:
    """Return the first day; a year that it does not have is that of the last day, or before."""
    bare = A_PLACE.sub("", first).strip()
    if not WITHOUT_YEAR.fullmatch(bare):
        return days.read(first)
    begins = days.read(f"{bare} {ends.year}")
    return begins if begins <= ends else days.read(f"{bare} {ends.year - 1}")


class _Holidays:
    """The holidays of each semester, as they stand and as the file has them."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.semesters = list(Semester.objects.select_related("policy").order_by("starts_on"))
        self.standing: dict[int, list[Holiday]] = {}
        for each in self.semesters:
            policy = getattr(each, "policy", None)
            self.standing[each.pk] = list(policy.holidays) if policy else []
        self.said: dict[int, list[Holiday]] = {each.pk: [] for each in self.semesters}
        self.used: set[Holiday] = set()

    def take(self, row: Row, holiday: Holiday) -> None:
        """Compare a holiday with those that stand. Raises Refused where it cannot go."""
        semester = self._semester(holiday.first)
        if holiday in self.said[semester.pk]:
            self.plan.unchanged += 1
            return
        was = self._was(semester, holiday)
        if was is None and len(self.standing[semester.pk]) >= MOST:
            raise Refused(too_many())
        self.said[semester.pk].append(holiday)
        if was == holiday:
            self.plan.unchanged += 1
            return
        days = date_range(holiday.first, holiday.last)
        before = date_range(was.first, was.last) if was else ""
        named = [Field(FIRST, _("Days"), before, days)] if before != days else []
        if was and was.name != holiday.name:
            named.append(Field(NAME, LABELS[NAME], was.name, holiday.name))
        line = Line(row.number, holiday.name, str(semester), tuple(named), f"{semester.pk} {days}")
        self.plan.note(line, is_new=was is None)
        if was:
            self.standing[semester.pk].remove(was)
        self.standing[semester.pk].append(holiday)

    def _was(self, semester: Semester, holiday: Holiday) -> Holiday | None:
        """Return the holiday that stands for this one: the same days, or the same name near by."""
        standing = [
            each for each in self.standing[semester.pk] if each not in self.said[semester.pk]
        ]
        if holiday in self.standing[semester.pk]:
            return holiday
        for each in standing:
            is_same_time = (each.first, each.last) == (holiday.first, holiday.last)
            overlaps = each.first <= holiday.last and holiday.first <= each.last
            if is_same_time or (overlaps and each.name.casefold() == holiday.name.casefold()):
                return each
        return None

    def _semester(self, day: date) -> Semester:
        """Return the semester of a day, or the one before it in the holidays. Raises Refused."""
        begun = [each for each in self.semesters if each.starts_on <= day]
        semester = begun[-1] if begun else None
        if semester is None or (day - semester.ends_on).days > LONGEST_BREAK:
            raise Refused(_("No semester has this day. Add the semester first, or check the year."))
        if semester.frozen_at:
            raise Refused(_("The semester of this day is frozen."))
        return semester

    def finish(self) -> None:
        for semester in self.semesters:
            said = self.said[semester.pk]
            if not said:
                continue
            policy = getattr(semester, "policy", None) or Policy(semester=semester)
            holidays = tuple(sorted(self.standing[semester.pk]))
            self._gone(semester, said, holidays)
            if holidays != tuple(policy.holidays):
                self._write(semester, policy, holidays)

    def _gone(self, semester: Semester, said: Sequence[Holiday], all_: Sequence[Holiday]) -> None:
        """List the holidays in the days of the file that it does not have."""
        first, last = min(said).first, max(each.last for each in said)
        for each in all_:
            if each not in said and first <= each.first and each.last <= last:
                note = f"{date_range(each.first, each.last)} · {semester}"
                self.plan.gone.append(Line(0, each.name, note))

    def _write(self, semester: Semester, policy: Policy, holidays: tuple[Holiday, ...]) -> None:
        after = Policy(
            semester=semester,
            recap_days=policy.recap_days,
            list_days=policy.list_days,
            free_weekdays=policy.free_weekdays,
            holidays=holidays,
        )
        periods = RecapPeriod.objects.filter(semester=semester)
        if policy.pk and (said := moved_due_dates(policy, after, periods)):
            self.plan.remark(said)
        policy.holidays = holidays
        if policy.pk:
            self.plan.update(policy, "holidays")
        else:
            self.plan.create(policy)


def template() -> Template:
    """Return the holidays of the semesters that are not over."""
    notes = {FIRST: _("Like 5/7/2005."), LAST: _("Empty for a single day.")}
    columns = [Column(str(label), (), notes.get(name, "")) for name, label in LABELS.items()]
    policies = Policy.objects.filter(semester__frozen_at=None).order_by("semester__starts_on")
    rows = [
        [f"{first:%d/%m/%Y}", f"{last:%d/%m/%Y}", name]
        for policy in policies
        for first, last, name in policy.holidays
    ]
    return Template(_("Holidays"), columns, rows)


KIND = FileKind(
    change=ChangeKind.HOLIDAYS,
    title=gettext_lazy("Holidays"),
    about=gettext_lazy("First day, last day, name of the holiday"),
    heads=LAYOUT,
    labels=LABELS,
    plan_of=plan_of,
    template=template,
    asks_semester=False,
    asks_day=False,
)
