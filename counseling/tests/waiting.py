"""The tasks of a person, read again as each request does."""

from counseling.tasks import tasks_of
from school.models import User


def lines(user: User) -> list[tuple[str, str, str]]:
    """Return title, sub line and URL of each task of `user`."""
    waiting = tasks_of(User.objects.get(pk=user.pk))
    return [(str(task.title), str(task.sub), task.url) for task in (*waiting.today, *waiting.later)]


def titles(user: User) -> list[str]:
    return [title for title, _sub, _url in lines(user)]


def today(user: User) -> list[str]:
    waiting = tasks_of(User.objects.get(pk=user.pk))
    return [str(task.title) for task in waiting.today]
