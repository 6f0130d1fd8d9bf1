"""The kinds of files that are read. Rooms to the right register theirs here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from school.imports.answers import somebody_is_enrolled
from school.imports.plan import Asked, Plan
from school.models import Semester
from school.models.change import ChangeKind
from school.sheets.heads import Layout
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
    has_begun: Callable[[Semester], bool] = somebody_is_enrolled
    """Whether a semester has some of it already: then it usually holds from today, else from the
    first day of the semester."""

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
