"""Who sees what, as tables of roles and parts; a person sees the union of their roles' parts."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import ClassVar, Self, TypeVar

from django.db.models import BooleanField, ExpressionWrapper, Model, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from school.models.users import User
from school.roles import Role
from school.ties import Ties, ties_of

Row = TypeVar("Row", bound=Model)
Rows = TypeVar("Rows", bound=QuerySet)


@dataclass(frozen=True)
class Part:
    """A part of a table, in words and as a filter that follows from a person's ties.

    The filter takes the path that leads to the table, "" or e.g. "case__".
    """

    words: str
    where: Callable[[Ties, str], Q]

    def at(self, path: str) -> "Part":
        """Return the part of another table whose rows lead by `path` to rows of this part."""
        if self == ALL:
            return self
        return Part(self.words, lambda ties, at: self.where(ties, f"{at}{path}__"))


ALL = Part("all", lambda ties, at: Q())


def some(words: str, **lookups: Callable[[Ties], object]) -> Part:
    """Return the part whose columns have the values that the functions find in the ties."""

    def where(ties: Ties, at: str) -> Q:
        return Q(**{f"{at}{lookup}": find(ties) for lookup, find in lookups.items()})

    return Part(words, where)


class Sight:
    """A table of who sees what. A person with none of its roles sees nothing."""

    declared: ClassVar[list["Sight"]] = []

    def __init__(self, what: str, rows: list[tuple[Role, Part]], path: str = "") -> None:
        self.what = what
        self.rows = rows
        self.path = path
        self.declared.append(self)

    def of_its(self, path: str, what: str) -> "Sight":
        """Return the same grants for another table, from which `path` leads to this one."""
        return Sight(what, self.rows, f"{path}__{self.path}")

    def rows_at(self, path: str) -> list[tuple[Role, Part]]:
        """Return the rows for a table that has further rows, from which `path` leads here."""
        return [(role, part.at(path)) for role, part in self.rows]

    def add(self, role: Role, part: Part) -> None:
        """Grant `part` to people with `role`; rooms to the right call this."""
        self.rows.append((role, part))

    def parts(self, ties: Ties) -> list[Part]:
        """Return the parts that a person with these ties sees, from all their roles."""
        return [part for role, part in self.rows if role.follows_from(ties)]

    def shows_all(self, user: object) -> bool:
        return ALL in self.parts(ties_of(user))

    def shows_some(self, user: object) -> bool:
        return bool(self.parts(ties_of(user)))

    def where(self, user: object, path: str = "") -> Q:
        """Return the filter for what `user` sees, or for the rows from which `path` leads there."""
        at = (f"{path}__" if path else "") + self.path
        ties = ties_of(user)
        parts = self.parts(ties)
        if ALL in parts:
            return Q()
        if not parts:
            return Q(**{f"{at}pk__in": []})
        return reduce(or_, (part.where(ties, at) for part in parts))

    def of(self, rows: Rows, user: object) -> Rows:
        """Return the rows that `user` sees."""
        return rows.filter(self.where(user)) if self.shows_some(user) else rows.none()

    def includes(self, row: Model, user: object) -> bool:
        """Return whether `user` sees this one row."""
        if self.shows_all(user) or not self.shows_some(user):
            return self.shows_all(user)
        return self.of(type(row)._default_manager.filter(pk=row.pk), user).exists()

    def flag(self, user: object, path: str = "") -> Value | ExpressionWrapper:
        """Return an expression for whether `user` sees a row, or the row that `path` leads to."""
        if self.shows_all(user) or not self.shows_some(user):
            return Value(self.shows_all(user), output_field=BooleanField())
        return ExpressionWrapper(self.where(user, path), output_field=BooleanField())


class SeenQuerySet(QuerySet[Row]):
    """Rows of a table with a `sight`."""

    sight: ClassVar[Sight]

    def visible_to(self, user: User) -> Self:
        """Return the rows that `user` sees by the table `sight`; none without a role in it."""
        return self.sight.of(self, user)

    def annotated(self, **columns: Combinable) -> Self:
        """Return the rows with annotations for attributes that their model declares."""
        return self.annotate(**columns)
