"""What students and parents say of a service: links that are used once, and counts of answers.

No row holds an answer. So nobody, not even with the whole database, can say who answered what,
when, or what one person answered to two questions (decision 0043).
"""

from hashlib import sha256

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Case
from school.models import Semester
from workflow import clock
from workflow.rows import one_of

STEPS = 4
"""The answers to a question, from 1 "not yet" to 4 "very much"; none stands in the middle."""


class Service(models.TextChoices):
    """What somebody is asked about."""

    CONTACT = "CONTACT", _("Contact")
    SUMMONS = "SUMMONS", _("Meeting at school")
    VISIT = "VISIT", pgettext_lazy("feedback", "Home visit")
    CONFERENCE = "CONFERENCE", _("Case conference")
    ASSISTANCE = "ASSISTANCE", pgettext_lazy("feedback", "Assistance")


class Respondent(models.TextChoices):
    STUDENT = "STUDENT", _("Student")
    PARENT = "PARENT", _("Parent or guardian")


class Question(models.TextChoices):
    """Understanding, comfort, action: what counseling asks right after a service (laiseg)."""

    UNDERSTANDING = "UNDERSTANDING", _("I understand better how things are and what can be done")
    COMFORT = "COMFORT", _("I felt at ease and listened to")
    ACTION = "ACTION", _("I know what I am going to do next")


SHORT = {
    Question.UNDERSTANDING: _("New understanding"),
    Question.COMFORT: _("Comfort"),
    Question.ACTION: _("Plan of action"),
}
"""The questions as heads of a table."""
ANSWERS = (
    (1, pgettext_lazy("feedback", "Not yet")),
    (2, pgettext_lazy("feedback", "A little")),
    (3, pgettext_lazy("feedback", "Yes")),
    (4, pgettext_lazy("feedback", "Very much")),
)


def hashed(key: str) -> str:
    """Return the hash of a key, which alone is kept; 256 random bits need no salt."""
    return sha256(key.encode()).hexdigest()


class FeedbackLinkQuerySet(models.QuerySet["FeedbackLink"]):
    def of_key(self, key: str) -> "FeedbackLink | None":
        """Return the link of a key. The time it takes says nothing about other keys."""
        return one_of(self.filter(key_hash=hashed(key)).select_related("case__semester"))


class FeedbackLink(models.Model):
    """One person asked about one service. It knows that it was used, not when or for what."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    service = models.CharField(max_length=10, choices=Service.choices)
    service_id = models.BigIntegerField()
    """The id of the contact, summons, visit, conference or assistance."""
    respondent = models.CharField(max_length=7, choices=Respondent.choices)
    key_hash = models.CharField(max_length=64, unique=True)
    made_on = models.DateField()
    ends_on = models.DateField()
    """The last day on which it takes an answer."""
    used_by = models.UUIDField(null=True)
    """The random number of the form that used it, so that a second tap is known as the same."""

    objects = FeedbackLinkQuerySet.as_manager()

    class Meta:
        ordering = ("made_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["service", "service_id", "respondent"],
                name="one_feedback_link_per_person_and_service",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("made_on")), name="feedback_ends_after_it_began"
            ),
        )

    def __str__(self) -> str:
        return f"{self.service} {self.service_id}: {self.respondent}"

    @property
    def is_open(self) -> bool:
        """Return whether it still takes an answer; none after its semester, whose days may move."""
        last = min(self.ends_on, self.case.semester.ends_on)
        return self.used_by is None and clock.today() <= last


class FeedbackCount(models.Model):
    """How often a question was answered by a step, of a kind of service and of respondent."""

    semester = models.ForeignKey(Semester, models.PROTECT, related_name="+")
    service = models.CharField(max_length=10, choices=Service.choices)
    respondent = models.CharField(max_length=7, choices=Respondent.choices)
    question = models.CharField(max_length=13, choices=Question.choices)
    step = models.PositiveSmallIntegerField(choices=ANSWERS)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["semester", "service", "respondent", "question", "step"],
                name="one_feedback_count_per_answer",
            ),
            models.CheckConstraint(
                condition=Q(step__gte=1, step__lte=STEPS), name="feedback_step_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.service} {self.respondent} {self.question} {self.step}: {self.number}"
