"""The figures of a student on a class list."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figures:
    """The number of subjects in which each indicator holds for a student."""

    never: int = 0
    low: int = 0
    missing: int = 0

    @property
    def any(self) -> bool:
        return bool(self.never or self.low or self.missing)

    @property
    def weight(self) -> tuple[int, int, int]:
        """Return the sort key: the greater, the worse."""
        return (self.never + self.low + self.missing, self.never, self.low)

    def as_json(self) -> dict[str, int]:
        return asdict(self)
