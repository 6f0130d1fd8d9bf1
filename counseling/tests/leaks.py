"""Finds tokens of confidential fields where people look, and where nothing of them may stand."""

import io
import re
import zipfile
from collections import Counter
from typing import Any

from counseling.tests.confidential import Planted

TOKEN = re.compile(r"zq\d+qz", re.IGNORECASE)
Tokens = dict[str, Planted]


class Search:
    """Finds tokens in what people and files get, and counts what was searched."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.leaks: set[str] = set()
        self.seen: set[str] = set()
        self.searched: Counter[str] = Counter()

    def answer(self, person: str, url: str, response: Any) -> None:
        """Search what a person was answered."""
        self.searched["responses"] += 1
        body = b"".join(response) if response.streaming else response.content
        texts = [*texts_of(body), *map(str, response.headers.values())]
        for token in tokens_in(*texts):
            planted = self.tokens[token]
            if person in planted.readers:
                self.seen.add(planted.field)
            else:
                self.leaks.add(f"{person} reads {planted.field} ({planted.variant}) at {url}")

    def nowhere(self, where: str, *texts: str) -> None:
        """Search where no token may stand, whoever reads it."""
        self.searched[where] += len(texts)
        for token in tokens_in(*texts):
            self.leaks.add(f"{self.tokens[token].field} in {where}")


def tokens_in(*texts: str) -> set[str]:
    return {token.lower() for text in texts for token in TOKEN.findall(text)}


def texts_of(body: bytes) -> list[str]:
    """Return the text of a file, and of each part of a workbook or another archive."""
    if not zipfile.is_zipfile(io.BytesIO(body)):
        return [body.decode(errors="replace")]
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        return [parts.read(name).decode(errors="replace") for name in parts.namelist()]
