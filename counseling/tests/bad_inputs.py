"""Bad values that people, browsers and attackers send, and values that a field accepts."""

from dataclasses import dataclass
from datetime import timedelta

from counseling.tests.markup import Field, Form
from workflow import clock
from workflow.submits import FIELD as SUBMIT_ID

NOT_OURS = {"csrfmiddlewaretoken", SUBMIT_ID, "next"}
TOO_LONG = "panjang " * 700
NUL = "nol\x00byte"
EMOJI = "😀 Ñandú <b>“tebal”</b> ' -- \u202e"


@dataclass(frozen=True)
class BadInput:
    """A value, and whether every form must refuse it."""

    value: str
    what: str
    is_impossible: bool = True


def plausible(found: Field) -> list[str]:
    """Return the values that the field holds, or else a value that a person could enter."""
    if any(found.values):
        return found.values
    today = clock.today().isoformat()
    typed = {
        "date": today,
        "time": "07:30",
        "datetime-local": f"{today}T07:30",
        "number": "1",
        "tel": "0812 3456 7890",
    }
    if found.kind in {"text", "textarea", "search", "email"}:
        return [f"Isian {found.name}"]
    if found.kind in {"radio", "select", "checkbox"}:
        return [option for option in found.options if option][:1]
    return [typed[found.kind]] if found.kind in typed else found.values


def filled(form: Form) -> dict[str, list[str]]:
    """Return the data of the form with each field filled."""
    return {name: plausible(found) for name, found in form.fields.items()}


def bad_inputs_of(found: Field) -> list[BadInput]:
    """Return the bad values for a field of this kind."""
    if found.name in NOT_OURS:
        return []
    makers = {
        "number": _numbers,
        "date": _dates,
        "time": _times,
        "datetime-local": _moments,
        "hidden": _hidden,
        "select": _choices,
        "radio": _choices,
        "checkbox": _choices,
    }
    return makers.get(found.kind, _texts)(found)


def _texts(found: Field) -> list[BadInput]:
    return [
        BadInput("", "empty", is_impossible=False),
        BadInput(TOO_LONG, "too long"),
        BadInput(NUL, "a NUL byte"),
        BadInput(EMOJI, "emoji and marks", is_impossible=False),
    ]


def _numbers(found: Field) -> list[BadInput]:
    return [
        BadInput("", "empty", is_impossible=False),
        BadInput("-1", "negative"),
        BadInput("9" * 30, "huge"),
        BadInput("1.5", "a part of a number"),
        BadInput("satu", "a word"),
    ]


def _dates(found: Field) -> list[BadInput]:
    today = clock.today()
    return [
        BadInput("", "empty", is_impossible=False),
        BadInput((today - timedelta(days=300)).isoformat(), "before the semester"),
        BadInput((today + timedelta(days=3)).isoformat(), "future", is_impossible=False),
        BadInput("9999-12-31", "the end of time"),
        BadInput("0001-01-01", "the beginning of time"),
        BadInput("2021-02-31", "no such day"),
        BadInput("kemarin", "a word"),
    ]


def _moments(found: Field) -> list[BadInput]:
    return [
        BadInput(
            f"{bad.value}T07:30" if bad.value else "", bad.what, is_impossible=bad.is_impossible
        )
        for bad in _dates(found)
    ]


def _times(found: Field) -> list[BadInput]:
    return [
        BadInput("", "empty", is_impossible=False),
        BadInput("25:61", "no such time"),
        BadInput("pagi", "a word"),
    ]


def _hidden(found: Field) -> list[BadInput]:
    return [
        BadInput("", "empty", is_impossible=False),
        BadInput("-1", "negative", is_impossible=False),
        BadInput("9" * 30, "huge", is_impossible=False),
        BadInput("1", "somebody else's", is_impossible=False),
        BadInput(NUL, "a NUL byte", is_impossible=False),
    ]


def _choices(found: Field) -> list[BadInput]:
    foreign = next(str(number) for number in range(1, 999) if str(number) not in found.options)
    return [
        BadInput("", "nothing", is_impossible=False),
        BadInput(foreign, "a foreign id", is_impossible=not _is_flag(found)),
        BadInput("9" * 30, "huge", is_impossible=not _is_flag(found)),
        BadInput(NUL, "a NUL byte", is_impossible=not _is_flag(found)),
    ]


def _is_flag(found: Field) -> bool:
    """Return whether it is a checkbox, for which any value means yes."""
    return found.kind == "checkbox" and found.options in (["on"], ["True"], ["true"])
