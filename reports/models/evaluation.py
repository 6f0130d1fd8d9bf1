"""What counseling makes of a semester: each counselor's evaluation, and the school's joint one."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from school.models import Semester, User
from school.roles import COORDINATOR, COUNSELOR, PRINCIPAL
from school.sight import ALL, Part, SeenQuerySet, Sight, some
from school.standing import Standing
from school.ties import Ties
from workflow.addresses import address
from workflow.errors import Text
from workflow.versions import Versioned

LONGEST_TEXT = 4000
LONGEST_WORDS = 1000


class EvaluationStatus(models.TextChoices):
    DRAFT = "DRAFT", _("Draft")
    HANDED_OVER = "HANDED_OVER", _("Handed over")
    RETURNED = "RETURNED", _("Returned")


class Aspect(models.TextChoices):
    """What is judged: the stages of the process, then the outcome."""

    RECAPS = "RECAPS", _("Recaps")
    LISTS = "LISTS", _("Class lists")
    REVIEWS = "REVIEWS", _("Reviews")
    CONTACTS = "CONTACTS", _("Contacts")
    SUMMONSES = "SUMMONSES", _("Summonses")
    VISITS = "VISITS", _("Home visits")
    FOLLOW_UPS = "FOLLOW_UPS", _("Follow-ups")
    RESOLUTION = "RESOLUTION", _("Did it resolve the problems?")
    FIT = "FIT", _("Did the services fit the problems?")
    EFFICIENCY = "EFFICIENCY", _("Was the effort worth it?")


OF_OUTCOME = (Aspect.RESOLUTION, Aspect.FIT, Aspect.EFFICIENCY)
OF_PROCESS = tuple(aspect for aspect in Aspect if aspect not in OF_OUTCOME)


class Judgement(models.TextChoices):
    """What somebody says of an aspect, in three steps."""

    GOOD = "GOOD", pgettext_lazy("evaluation", "Good")
    FAIR = "FAIR", pgettext_lazy("evaluation", "Fair")
    WEAK = "WEAK", pgettext_lazy("evaluation", "Needs work")


LOOKS: dict[str, Standing] = {
    Judgement.GOOD: Standing("done", "check2-circle", Judgement.GOOD.label),
    Judgement.FAIR: Standing("summons", "check-lg", Judgement.FAIR.label),
    Judgement.WEAK: Standing("visit", "flag", Judgement.WEAK.label),
}
STANDINGS: dict[str, Standing] = {
    EvaluationStatus.DRAFT: Standing("review", "pencil", EvaluationStatus.DRAFT.label),
    EvaluationStatus.HANDED_OVER: Standing(
        "done", "check2-circle", EvaluationStatus.HANDED_OVER.label
    ),
    EvaluationStatus.RETURNED: Standing(
        "summons", "arrow-counterclockwise", EvaluationStatus.RETURNED.label
    ),
}


def _of_colleagues(ties: Ties, at: str) -> Q:
    """Return the filter for a counselor's own, those handed over, and the school's."""
    handed_over = Q(**{f"{at}status": EvaluationStatus.HANDED_OVER})
    return Q(**{f"{at}author": ties.person}) | Q(**{f"{at}author": None}) | handed_over


OWN_AND_SHARED = Part("own; others' once handed over; the school's", _of_colleagues)
HANDED_OVER = some("handed over", status=lambda ties: EvaluationStatus.HANDED_OVER)


class EvaluationQuerySet(SeenQuerySet["Evaluation"]):
    sight = Sight(
        "evaluation of a semester",
        [(COUNSELOR, OWN_AND_SHARED), (COORDINATOR, ALL), (PRINCIPAL, HANDED_OVER)],
    )


@dataclass(frozen=True)
class Judged:
    """An aspect with its judgement, "" where there is none yet."""

    aspect: Aspect
    judgement: str
    words: str

    @property
    def standing(self) -> Standing | None:
        return LOOKS.get(self.judgement)


class Evaluation(Versioned):
    """A counselor's evaluation of a semester, or the school's, which has no author.

    Its figures are read from the data; only what somebody made of them is kept.
    """

    semester = models.ForeignKey(Semester, models.PROTECT, related_name="+")
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    status = models.CharField(
        max_length=12, choices=EvaluationStatus.choices, default=EvaluationStatus.DRAFT
    )
    judgements = models.JSONField(default=dict, blank=True)
    """Aspect → its judgement and words."""
    improvements = models.TextField(blank=True, max_length=LONGEST_TEXT)
    summary = models.TextField(blank=True, max_length=LONGEST_TEXT)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ("semester", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["semester", "author"], name="one_evaluation_per_counselor_and_semester"
            ),
            models.UniqueConstraint(
                fields=["semester"],
                condition=Q(author=None),
                name="one_joint_evaluation_per_semester",
            ),
        )

    def __str__(self) -> str:
        return f"evaluation {self.semester_id} of {self.author_id or 'the school'}"

    def get_absolute_url(self) -> str:
        return address("reports:evaluation", self.pk)

    @property
    def is_joint(self) -> bool:
        return self.author_id is None

    @property
    def title(self) -> Text:
        """Return whose it is."""
        return self.author.called if self.author else _("Joint evaluation")

    @property
    def standing(self) -> Standing:
        return STANDINGS[self.status]

    def judged(self, aspect: str) -> Judged:
        found = self.judgements.get(aspect, {})
        return Judged(Aspect(aspect), found.get("judgement", ""), found.get("words", ""))

    @property
    def process(self) -> list[Judged]:
        return [self.judged(aspect) for aspect in OF_PROCESS]

    @property
    def outcome(self) -> list[Judged]:
        return [self.judged(aspect) for aspect in OF_OUTCOME]

    @property
    def is_complete(self) -> bool:
        """Return whether each aspect is judged and the summary is written."""
        judged = all(one.judgement for one in (*self.process, *self.outcome))
        return judged and bool(self.summary.strip())
