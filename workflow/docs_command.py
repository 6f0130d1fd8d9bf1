"""A command that writes a page of docs/ from the tables of the code, or compares the two."""

from collections.abc import Callable

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class DocsCommand(BaseCommand):
    """Writes `page`; with --check it only compares, and fails where the page is out of date."""

    page: str
    text: Callable[[], str]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail where it is out of date")

    def handle(self, *args: object, **options: object) -> None:
        path = settings.BASE_DIR / "docs" / self.page
        text = type(self).text()
        if not options["check"]:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            raise CommandError(f"{self.page} is out of date: write it anew without --check")
