"""What the operator's forms ask and say when they are saved."""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from school.versioned import VersionedForm
from workflow.errors import NotAllowed, NotThere, WorkflowError

Made = TypeVar("Made")
ANOTHER = "another"
"""The button that saves a new record and shows an empty form for the next one."""


def unsure(request: HttpRequest, form: VersionedForm, asks: Callable[[], str]) -> str:
    """Return what the person is to confirm before a valid form is saved; "" once they have."""
    asked = asks() if form.is_valid() else ""
    return "" if asked == request.POST.get("sure", "") else asked


def saved_once(form: BaseForm, create: Callable[[], Made]) -> Made | None:
    """Return what `create` made; None, with an error on the form, if it was refused.

    That is so too if somebody made the same now.
    """
    try:
        with transaction.atomic():
            return create()
    except (NotAllowed, NotThere):
        raise
    except WorkflowError as why:
        form.add_error(None, str(why))
    except IntegrityError:
        form.add_error(None, _("Somebody has just added the same. Look for it in the list."))
    return None
