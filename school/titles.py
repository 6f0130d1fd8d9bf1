"""What a list shows, in words: "Siswa, XII, Ganjil 2020/2021: 265 siswa"."""

from django.db.models import Model
from django.utils.translation import gettext as _
from django_filters import Filter

from school.filter_kinds import Choice, Search
from school.filters import ListFilter


def title_of(listed: ListFilter, rows: int) -> str:
    """Return what the list shows and how many rows it has; "" if its address does not narrow it."""
    if not listed.is_asked or not listed.is_valid():
        return ""
    said = {name: _in_words(listed.filters[name], listed.value(name)) for name in _set(listed)}
    words = {"set": ", ".join(listed.title_words(said)), "rows": listed.number_of(rows)}
    return _("%(set)s: %(rows)s") % words


def file_title_of(listed: ListFilter) -> str:
    """Return what the list shows, for the name of a file: without the search, often a name."""
    names = [name for name in _set(listed) if not isinstance(listed.filters[name], Search)]
    said = {name: _in_words(listed.filters[name], listed.value(name)) for name in names}
    return ", ".join(listed.title_words(said))


def said_by(listed: ListFilter) -> list[tuple[str, str]]:
    """Return label and value of each filter that narrows the list, also by its usual value."""
    values = {name: listed.value(name) for name in listed.filters}
    return [
        (str(listed.filters[name].label), _in_words(listed.filters[name], value))
        for name, value in values.items()
        if value
    ]


def _set(listed: ListFilter) -> list[str]:
    """Return the filters with a value that the list does not have anyway; the search last."""
    found = [
        name
        for name, known in listed.filters.items()
        if listed.value(name) and not (isinstance(known, Choice) and _is_usual(listed, name, known))
    ]
    return sorted(found, key=lambda name: isinstance(listed.filters[name], Search))


def _is_usual(listed: ListFilter, name: str, known: Choice) -> bool:
    return listed.data[name] == known.usual


def _in_words(known: Filter, value: object) -> str:
    if isinstance(value, Model):
        return str(value)
    if isinstance(known, Search):
        return f"“{value}”"
    if null := known.extra.get("null_label"):  # the other values of such a filter are rows
        return f"{known.label}: {null}"
    if not isinstance(known, Choice):
        return str(value)
    named = {str(choice): label for choice, label in known.field.choices}
    return str(named.get(str(value), value))
