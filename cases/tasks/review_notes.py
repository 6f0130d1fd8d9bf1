"""Notes to a review that the homeroom teacher has not read yet."""

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import CaseStatus, ReviewNote
from cases.models.case import IN_OWN_CLASS
from school import permissions as may
from school.models import User
from school.tasks import Task

PLACE = "class_lists"


def review_notes_waiting(user: User) -> list[Task]:
    """Return cases in review of `user`'s class whose last note is by another person."""
    if not may.is_homeroom_today(user):
        return []
    notes = ReviewNote.objects.filter(
        IN_OWN_CLASS.where(user, "case"), case__confirmed_at=None, case__status=CaseStatus.OPEN
    )
    last = {
        case_id: (author_id, student, author)
        for case_id, author_id, student, *author in notes.order_by("written_at", "pk").values_list(
            "case", "author", "case__student__name", "author__name"
        )
    }
    return [
        Task(
            what=_("Review note"),
            whom=student,
            url=reverse("cases:case", args=[case_id]),
            icon="chat-left-text",
            look="review",
            more=_("from %(name)s") % {"name": author[0]},
            place=PLACE,
        )
        for case_id, (author_id, student, author) in last.items()
        if author_id != user.pk
    ]
