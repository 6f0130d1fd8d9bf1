"""Helpers for the tests of acts: submits of forms, and moments that every form refuses."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from workflow import clock
from workflow.tests.browser_free import post, signed_in

TOO_LONG = "x" * 5000


def typed(moment: Any) -> str:
    """Return a moment as a browser's date and time field sends it."""
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


BAD_MOMENTS = {
    "future": lambda: typed(clock.now() + timedelta(days=1)),
    "before the semester": lambda: typed(clock.now() - timedelta(days=200)),
    "no date": lambda: "besok",
    "the year 1": lambda: "0001-01-01T00:00",
    "the year 9999": lambda: "9999-12-31T23:59",
}


def send(user: Any, page: str, obj: Any, data: dict[str, Any] | None = None, **extra: Any) -> Any:
    """Send the form at `cases:<page>` of `obj` as `user`, and return the answer."""
    return post(
        signed_in(user), reverse(f"cases:{page}", args=[getattr(obj, "key", obj.pk)]), data, **extra
    )


def take_back(user: Any, obj: Any, action: str) -> None:
    answer = post(signed_in(user), reverse("undo", args=[obj._meta.label_lower, obj.pk, action]))
    assert answer.status_code == 302


def refused(answer: Any) -> str:
    """Check that the form is shown again with errors, and return its HTML."""
    assert answer.status_code == 200, answer.status_code
    assert answer.context["form"].errors
    return answer.content.decode()


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)
