"""Acts of the operator: the page says what an act will do, then does it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import render

from school.effects import Scope, effects_of
from school.forms.foreseen import ForeseenForm
from school.models import Change
from workflow.errors import Text, WorkflowError
from workflow.submits import Answer, done, refused
from workflow.views import say_done, tried


@dataclass(frozen=True)
class Page:
    """What the page of an act says."""

    title: Text
    submit: Text
    """The button that does it, once its effects are shown."""
    about: Text
    """Whom or what it is about, under the heading."""
    back: str
    """The page that one comes from and goes back to."""
    off: Text = ""
    """Why it is not possible at all."""
    undo: str = ""
    """The page on which what stands in its way is undone."""


def foreseen(
    request: HttpRequest,
    page: Page,
    form: ForeseenForm,
    act: Callable[[], Change],
    *,
    scope: Callable[[], Scope],
    said: Callable[[], Text],
) -> Answer:
    """Show what `act` will do; do it when the form comes back with the same values."""
    effects: Sequence[Text] = ()
    if not page.off and form.is_valid():
        if not form.was_shown:
            effects = what_it_does(form, scope(), act)
        elif tried(form, act):
            say_done(request, str(said()))
            return done(page.back)
    context = {"page": page, "form": form, "effects": effects, "is_shown": form.is_shown}
    return refused(render(request, "school/foreseen.html", context))


def what_it_does(form: ForeseenForm, scope: Scope, act: Callable[[], Change]) -> Sequence[Text]:
    """Return the effects of an act; none if it is refused, which the form then says."""
    try:
        found = effects_of(scope, act)
    except WorkflowError as why:
        form.add_error(None, str(why))
        return ()
    form.show()
    return found
