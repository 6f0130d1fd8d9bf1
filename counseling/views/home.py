"""The home page: a person's tasks, the most urgent first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.tasks import classes_of
from counseling.navigation import places_of
from counseling.tasks import tasks_of
from school import permissions as may
from school.models import Semester
from workflow import clock
from workflow.views import logs_access

NOON, AFTERNOON, EVENING = 11, 15, 18


@logs_access("home")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    semester = Semester.objects.select_related("year").current()
    waiting = tasks_of(request.user)
    context = {
        "greeting": greeting() % {"name": request.user.short_name},
        "today": clock.today(),
        "semester": semester,
        "waiting": waiting,
        "task_counts": waiting.counts,
        "of_semester": urlencode({"semester": semester.code}) if semester else "",
        "classes": classes_of(request.user, semester) if semester else [],
        "all_classes": may.is_coordinator(request.user),
        "reads_progress": may.is_principal(request.user),
        "other_places": [place for place in places_of(request) if place.key != "home"],
    }
    return render(request, "counseling/home.html", context)


def greeting() -> str:
    """Return the Indonesian greeting for this hour: pagi, siang, sore, malam."""
    hour = timezone.localtime(clock.now()).hour
    if hour < NOON:
        return _("Good morning, %(name)s")
    if hour < AFTERNOON:
        return _("Good day, %(name)s")
    if hour < EVENING:
        return _("Good afternoon, %(name)s")
    return _("Good evening, %(name)s")
