"""Files that only a view gives out, in a folder that no server serves, under names of ours.

A file is written before the row that names it is committed, and deleted after the row is gone. What
a killed process leaves between the two is swept at the next start. A file being written is locked
by its process until the commit, and a lock ends with its process: so the sweep knows what is still
to come.
"""

import fcntl
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import IO

from django.conf import settings
from django.db import Error, transaction

logger = logging.getLogger(__name__)

FOLDER = 0o700


@dataclass(frozen=True)
class PrivateFiles:
    """A folder under MEDIA_ROOT. `known` returns those of the names that rows refer to."""

    folder: str
    known: Callable[[Iterable[str]], set[str]]

    @property
    def root(self) -> Path:
        return Path(settings.MEDIA_ROOT) / self.folder

    def path(self, name: str) -> Path:
        return self.root / name

    def read(self, name: str) -> bytes:
        return self.path(name).read_bytes()

    @contextmanager
    def written(self, files: Mapping[str, bytes]) -> Iterator[None]:
        """Write files for rows that the block makes; take them back if it fails.

        They stay locked until the transaction ends, whichever way.
        """
        with ExitStack() as undone:
            locked = []
            for name, content in files.items():
                undone.callback(self.path(name).unlink, missing_ok=True)
                locked.append(_write(self.path(name), content))
            _sync(self.root)
            yield
            undone.pop_all()
            # A rollback drops this function, and with it the last hold on the open files.
            transaction.on_commit(lambda: _close(locked))

    def delete_after_commit(self, names: Iterable[str]) -> None:
        def delete() -> None:
            for name in names:
                self.path(name).unlink(missing_ok=True)
            _sync(self.root)

        transaction.on_commit(delete)

    def sweep_at_start(self) -> None:
        """Sweep, or leave it to the next start where the database or the disk does not answer.

        A server starts without them as well: each of its pages says what is wrong.
        """
        try:
            self.sweep()
        except (Error, OSError):
            logger.exception("The files in %s were not swept", self.folder)

    def sweep(self) -> int:
        """Delete the files that no row refers to, and that nobody is writing; return how many."""
        found = [path for path in self.root.glob("*") if path.is_file()]
        known = self.known(path.name for path in found)
        return sum(self._swept(path) for path in found if path.name not in known)

    def _swept(self, path: Path) -> bool:
        try:
            with path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                # Its row may have been committed since the names were asked for.
                if self.known([path.name]):
                    return False
                path.unlink(missing_ok=True)
                return True
        except OSError:
            return False


def new_name(suffix: str) -> str:
    """Return a name that says nothing and that nobody guesses."""
    return token_hex(16) + suffix


def _write(path: Path, content: bytes) -> IO[bytes]:
    """Write a file that is on the disk when this returns; return it open, since that locks it."""
    path.parent.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    file = path.open("xb")
    fcntl.flock(file, fcntl.LOCK_EX)
    file.write(content)
    file.flush()
    os.fsync(file)
    return file


def _close(files: Iterable[IO[bytes]]) -> None:
    for file in files:
        file.close()


def _sync(folder: Path) -> None:
    """Put the names in a folder on the disk."""
    if folder.is_dir():
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
