"""The file of teachers and staff: its columns, and a workbook to fill in."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school.imports.kinds import FileKind
from school.imports.staff import plan_of
from school.imports.staff_rows import GENDER, LABELS, LAYOUT, NAME, NIP, POSITION, USER, written
from school.models import User
from school.models.change import ChangeKind
from school.sheets.template import Column, Template


def template() -> Template:
    notes = {
        NAME: _("With titles: Dra. Hj. Sri Wahyuni, M.Pd."),
        GENDER: _("L or P."),
        NIP: _("18 digits; empty for those who have none."),
        USER: _("May be empty: it is made from the name."),
        POSITION: _("As papers print it. A file gives no role: that is on the person's page."),
    }
    shown = [name for name in LABELS if not name.startswith("title")]
    columns = [
        Column(str(LABELS[name]), ("L", "P") if name == GENDER else (), notes.get(name, ""))
        for name in shown
    ]
    people = User.objects.filter(is_active=True).order_by("name", "pk")
    rows = [
        [each.full_name, *(written(name, getattr(each, name)) for name in shown[1:])]
        for each in people
    ]
    return Template(_("Staff"), columns, rows)


KIND = FileKind(
    change=ChangeKind.STAFF,
    title=gettext_lazy("Staff"),
    about=gettext_lazy("Name with titles, L/P, NIP, rank, position, phone"),
    heads=LAYOUT,
    labels=LABELS,
    plan_of=plan_of,
    template=template,
    asks_semester=False,
    asks_day=False,
)
