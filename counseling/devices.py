"""What a browser says of itself, in words that people know their devices by."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Words = tuple[tuple[str, str | Promise], ...]

# The first that occurs; later ones are what many others say of themselves too.
DEVICES: Words = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", gettext_lazy("Android phone")),
    ("CrOS", "Chromebook"),
    ("Windows", gettext_lazy("Windows computer")),
    ("Macintosh", "Mac"),
    ("Linux", gettext_lazy("Linux computer")),
)
BROWSERS: Words = (
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("OPR/", "Opera"),
    ("Opera", "Opera"),
    ("UCBrowser", "UC Browser"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def device(user_agent: str) -> str:
    """Return e.g. "Android phone, Chrome"."""
    named = [_first(DEVICES, user_agent), _first(BROWSERS, user_agent)]
    return ", ".join(filter(None, named)) or _("Unknown device")


def _first(words: Words, user_agent: str) -> str:
    return next((str(word) for sign, word in words if sign in user_agent), "")
