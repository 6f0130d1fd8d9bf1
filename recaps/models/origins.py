"""Where the numbers of a sheet come from, if a file has said them."""

from typing import Any

from django.db import models

from workflow.versions import Versioned


class FromFiles(Versioned):
    """A record whose numbers may come from files; one that was typed over since no longer does."""

    origins = models.JSONField(default=dict, blank=True)
    """Number → `value`, what the last file said, and `from`, its kind and name."""

    class Meta:
        abstract = True

    @property
    def sources(self) -> dict[str, str]:
        """Return number → the files that said what stands now."""
        known: dict[str, dict[str, Any]] = self.origins
        return {
            name: said["from"]
            for name, said in known.items()
            if getattr(self, name) == said["value"]
        }

    @property
    def kinds_of_sources(self) -> list[str]:
        """Return "Classroom", "Meet" of "Classroom: a.csv · Meet: b.csv", each once."""
        parts = [part for text in self.sources.values() for part in text.split(" · ")]
        return list(dict.fromkeys(part.partition(":")[0] for part in parts))

    @property
    def sources_said(self) -> str:
        """Return all files that said what stands now, each once."""
        parts = [part for text in self.sources.values() for part in text.split(" · ")]
        return " · ".join(dict.fromkeys(parts))
