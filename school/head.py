"""How the school calls its head: "Kepala Sekolah", "Kepala Madrasah".

The title is read with a person's ties, so it costs no query, and holds for the request as its
language does. Papers take it from the school's profile.
"""

from contextvars import ContextVar

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from workflow.errors import Text

USUAL = "Kepala Sekolah"
_title = ContextVar("head_title", default=USUAL)


def remember(title: str) -> None:
    """Use this title from now on in this request."""
    _title.set(title or USUAL)


def _office() -> str:
    """Return the office for a heading: the school's own title, "Principal" in other languages."""
    general = _("Principal")
    return _title.get() if general == USUAL else general


def head() -> str:
    """Return the title within a sentence: "kepala madrasah", in English "principal"."""
    return " ".join(word.lower() if word.istitle() else word for word in _office().split())


def _named(text: Text) -> str:
    return str(text) % {"head": head()}


naming_head = lazy(_named, str)
"""Fill the head's title into a text with `%(head)s`, when it is shown."""
office_label = lazy(_office, str)()
