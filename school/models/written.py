"""A query expression with fixed SQL, for questions that every page asks.

Django would take longer to write such a statement than the database takes to answer it.
"""

from collections.abc import Iterable
from functools import lru_cache
from string import Formatter
from typing import Any

from django.db.models import Expression, F, Field
from django.db.models.expressions import Combinable


class Written(Expression):
    """SQL in which {name} is replaced by a column or by the value given for the name."""

    def __init__(self, sql: str, output_field: Field, **given: Combinable) -> None:
        super().__init__(output_field=output_field)
        self.sql = sql
        self.names = _names(sql)
        self.parts = {name: given.get(name, F(name)) for name in dict.fromkeys(self.names)}

    def get_source_expressions(self) -> list[Combinable]:
        return list(self.parts.values())

    def set_source_expressions(self, exprs: Iterable[Combinable]) -> None:
        self.parts = dict(zip(self.parts, exprs, strict=True))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        compiled = {name: compiler.compile(part) for name, part in self.parts.items()}
        sql = self.sql.format(**{name: part for name, (part, _params) in compiled.items()})
        if connection.vendor == "sqlite":
            sql = sql.replace("GREATEST(", "MAX(")
        return sql, tuple(param for name in self.names for param in compiled[name][1])


@lru_cache
def _names(sql: str) -> tuple[str, ...]:
    """Return the names in the order of the SQL, repeated if they occur again."""
    return tuple(name for _text, name, _spec, _conversion in Formatter().parse(sql) if name)
