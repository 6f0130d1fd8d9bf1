"""The home page: a person's tasks, the most urgent first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from cases.models import Case
from cases.permissions import acting_counselors
from cases.tasks import ClassFigures, classes_of, loads
from counseling.navigation import places_of
from counseling.tasks import HOME, SEEN, Waiting, tasks_of
from school import permissions as may
from school import upkeep, wording
from school.models import Semester, User
from workflow import clock
from workflow.models import AccessEntry
from workflow.views import logs_access


@logs_access("home")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    semester = Semester.objects.select_related("year").current()
    waiting = tasks_of(request.user)
    classes = classes_of(request.user, semester) if semester else []
    oversees = may.is_coordinator(request.user)
    acting = acting_counselors(request.user)
    is_first = is_first_visit(request)
    remember(request, waiting.counts[HOME])
    context = {
        "greeting": f"{wording.greeting()}, {request.user.called}",
        "today": clock.today(),
        "semester": semester,
        "waiting": waiting,
        "is_first_visit": is_first,
        "task_counts": waiting.counts,
        "of_semester": urlencode({"semester": semester.code}) if semester else "",
        "classes": classes,
        "all_classes": oversees,
        "counselors": _overseen(request.user, waiting, classes) if oversees else [],
        "waiting_classes": sum(row.counselor_id not in acting for row in classes),
        "preparation": _preparation(request.user, classes),
        "follows_up": may.is_counselor(request.user),
        "reads_progress": may.is_principal(request.user),
        "other_places": [place for place in places_of(request) if place.key != "home"],
    }
    return render(request, "counseling/home.html", context)


def _overseen(user: User, waiting: Waiting, classes: list[ClassFigures]) -> list[dict[str, object]]:
    """Return the counselors with their load, their tasks, and how many of these are late."""
    today = clock.today()
    found = []
    for load in loads(user, classes):
        if load.counselor.pk == user.pk and not load.cases and not load.classes:
            continue
        lines = waiting.others.get(load.counselor.pk, [])
        late = sum(bool(line.due_on and line.due_on < today) for line in lines)
        found.append({"load": load, "lines": lines, "late": late})
    return found


def _preparation(user: User, classes: list[ClassFigures]) -> upkeep.Preparation | None:
    """Return how far the operator is; None where there is a case, so that nothing more is asked."""
    if any(row.cases for row in classes) or (may.is_principal(user) and Case.objects.exists()):
        return None
    return upkeep.preparation_for(user)


def remember(request: HttpRequest, count: int) -> None:
    """Keep the number of tasks for the other pages, which show it beside *Home*."""
    if request.session.get(SEEN) != count:
        request.session[SEEN] = count


def is_first_visit(request: HttpRequest) -> bool:
    """Return whether the person opens home for the first time ever; asked once in a session."""
    if SEEN in request.session:
        return False
    return not AccessEntry.objects.filter(person=request.user.pk, kind="home").exists()
