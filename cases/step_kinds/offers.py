"""From the lifecycle tables to the verbs on the case page."""

from typing import Any

from django.urls import reverse

from cases.steps import Verb
from workflow.lifecycle import LIFECYCLES, Offer, offer


def verb(found: Offer, url: str, icon: str, *, main: int = 0, post: bool = False) -> Verb:
    """An offer with the place where it gets done."""
    return Verb(
        name=found.name,
        label=found.label,
        url=url,
        icon=icon,
        on=found.on,
        reason=found.reason,
        post=post,
        main=main if found.on and not found.needs_reason else 0,
    )


def case_verb(
    kind: str, name: str, user: Any, case: Any, icon: str, *, main: int = 0, post: bool = False
) -> Verb:
    """The verb `name` of the lifecycle `kind` on a case; its page is `cases:<name>` or given."""
    room = kind.partition(".")[0]
    page = {"log": "log_contact", "issue": "issue_summons", "propose": "propose"}.get(name, name)
    found = offer(LIFECYCLES[kind][name], user, case)
    return verb(found, reverse(f"{room}:{page}", args=[case.pk]), icon, main=main, post=post)
