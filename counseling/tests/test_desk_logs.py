"""Whatever an operator changes leaves an entry with their name: an act, an edit, or an access."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from simple_history.models import HistoricalChanges

from counseling.tests.buttons import Button, buttons_of
from school.models import User
from school.permissions import is_operator
from school.tests.cast import small_school
from workflow.models import AccessEntry, ActionEntry
from workflow.tests.browser_free import post, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

CHANGES_NOTHING_YET = {
    "school:office_requests",  # says that one has read what one was told
    *("school:imports", "school:paste_teaching"),  # kept until it is applied, which is logged
    *(f"school:new_year{step}" for step in ("", "_classes", "_class", "_file")),  # plans
}


def entries_of(user: User) -> int:
    """Return how many entries name `user`: of acts, of edits, and of changes by address."""
    histories = [model for model in apps.get_models() if issubclass(model, HistoricalChanges)]
    return (
        ActionEntry.objects.filter(actor=user.pk).count()
        + AccessEntry.objects.filter(person=user.pk, method="POST").count()
        + sum(model._default_manager.filter(history_user=user).count() for model in histories)
    )


def buttons_of_operators() -> Iterator[tuple[str, Button]]:
    for name, button in buttons_of(small_school(100)).items():
        if is_operator(button.by):
            yield name, button


def test_each_button_of_an_operator_leaves_an_entry() -> None:
    silent, pressed = set(), 0
    for name, button in buttons_of_operators():
        effects, entries = button.effects(), entries_of(button.by)
        post(signed_in(button.by), button.url, button.data)
        assert button.effects() != effects, name
        pressed += 1
        if entries_of(button.by) == entries:
            silent.add(name)
    assert silent <= CHANGES_NOTHING_YET
    assert pressed > 30
