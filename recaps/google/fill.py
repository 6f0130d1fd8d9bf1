"""The files that wait to fill a sheet, and what was answered about them."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Self

from recaps.google.said import FileKind, Form, Meet, Said, as_json, from_json, kind_of

LEAVE_OUT = "out"
"""In place of a student: nobody of the group."""
USUAL_MINUTES = 5
"""That somebody has to be in a meeting to count as there."""


@dataclass
class GivenFile:
    name: str
    said: Said
    left_out: int = 0
    """Rows about other students of the school, which were not kept."""

    @property
    def kind(self) -> FileKind:
        return kind_of(self.said)

    @property
    def key(self) -> str:
        return sha256(f"{self.kind} {self.name}".encode()).hexdigest()[:10]

    @property
    def title(self) -> str:
        return f"{self.kind.label}: {self.name}"

    @property
    def length(self) -> int:
        """Return how many rows are kept."""
        said = self.said
        if isinstance(said, Form):
            return len(said.table) or len(said.sent)
        return len(said.people)

    @property
    def is_open(self) -> bool:
        """Return whether somebody has to say its columns, or its day."""
        said = self.said
        if isinstance(said, Form):
            return said.is_open
        return isinstance(said, Meet) and not said.day


@dataclass
class Fill:
    files: list[GivenFile] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    """Name of a question → the answer."""

    @property
    def least(self) -> int:
        """Return how many minutes in a meeting count as being there."""
        return int(self.answers.get("least", USUAL_MINUTES))

    def add(self, file: GivenFile) -> None:
        """Take a file in, in place of one of the same kind and name."""
        self.files = [*(each for each in self.files if each.key != file.key), file]

    def packed(self) -> str:
        files = [
            {"kind": each.kind, "name": each.name, "out": each.left_out, "said": as_json(each.said)}
            for each in self.files
        ]
        return json.dumps({"files": files, "answers": self.answers}, ensure_ascii=False)

    @classmethod
    def unpacked(cls, text: str) -> Self:
        data = json.loads(text)
        files = [
            GivenFile(each["name"], from_json(each["kind"], each["said"]), each["out"])
            for each in data["files"]
        ]
        return cls(files, data["answers"])
