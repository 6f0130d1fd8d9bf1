"""The kinds of files that are read. Rooms to the right register theirs here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from school.imports.plan import Asked, Plan
from school.models.change import ChangeKind
from school.sheets.grid import Grid
from school.sheets.heads import Layout
from school.sheets.table import Row
from school.sheets.template import Template
from workflow.errors import Text


@dataclass(frozen=True)
class FileKind:
    """A kind of file: how its columns are called, what it would change, and one to fill in."""

    change: ChangeKind
    title: Text
    about: Text
    """What is in the file, in a line."""
    heads: Layout
    labels: Mapping[str, Text]
    """Column → its name in messages and in the template."""
    plan_of: Callable[[Asked], Plan]
    template: Callable[[], Template]
    asks_semester: bool = True
    asks_day: bool = True
    firsts: Text = gettext_lazy("Classes that have no students this semester yet")
    """Where nobody was before: it usually begins with the semester, all else on a day."""
    without_head: Callable[[Sequence[Grid]], list[Row]] | None = None
    """Reads tables that do not have `heads`, if the operator has said that they are of this kind.
    Raises NotReadable."""

    @property
    def code(self) -> str:
        return self.change.value

    def names_of(self, columns: Iterable[str]) -> list[str]:
        return [str(self.labels[name]) for name in columns if name in self.labels]


KINDS: dict[str, FileKind] = {}


def register(kind: FileKind) -> None:
    KINDS[kind.code] = kind


def listed() -> list[FileKind]:
    """Return the kinds in the order in which a new school brings them in."""
    order = list(ChangeKind)
    return sorted(KINDS.values(), key=lambda kind: order.index(kind.change))


def fitting(kinds: Iterable[FileKind]) -> list[FileKind]:
    """Return the kinds that ask for the most columns: a list of students has classes too."""
    listed = list(kinds)
    most = max((len(kind.heads.needed) for kind in listed), default=0)
    return [kind for kind in listed if len(kind.heads.needed) == most]
