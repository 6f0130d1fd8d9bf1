"""The class list that a homeroom teacher hands over to the counselor: one per class and period."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from recaps.models.figures import Figures
from recaps.models.recap import Recap
from school.models import RecapPeriod, SchoolClass, Student, User
from school.models.students import StudentQuerySet
from school.roles import ANYONE, COORDINATOR, COUNSELOR, HOMEROOM
from school.sight import ALL, Part, SeenQuerySet, Sight, some
from school.ties import Ties
from workflow.versions import Versioned


class ClassListStatus(models.TextChoices):
    OPEN = "OPEN", pgettext_lazy("class list", "Open")
    HANDED_OVER = "HANDED_OVER", _("Handed over")
    SUPPLEMENT = "SUPPLEMENT", _("Supplement")


HANDED_OVER = (ClassListStatus.HANDED_OVER, ClassListStatus.SUPPLEMENT)


def _handed_over(ties: Ties, at: str) -> Q:
    by_them = HandOver.objects.filter(class_list=OuterRef(f"{at}pk"), by=ties.person)
    return Q(Exists(by_them))


CLASS_LISTS = Sight(
    "class list",
    [
        (HOMEROOM, some("own class", school_class__in=lambda ties: ties.own_classes)),
        (
            COUNSELOR,
            some(
                "assigned, handed over",
                school_class__in=lambda ties: ties.counseled_classes,
                status__in=lambda _: HANDED_OVER,
            ),
        ),
        (COORDINATOR, ALL),
        (ANYONE, Part("handed over by them", _handed_over)),
    ],
)


class ClassListQuerySet(SeenQuerySet["ClassList"]):
    sight = CLASS_LISTS

    def of_recap(self, recap: Recap) -> "ClassListQuerySet":
        """Return the lists on which a recap stands, of those that have begun, in one order."""
        found = self.filter(school_class__in=recap.class_ids, period=recap.period_id)
        return found.order_by("school_class")


class ClassList(models.Model):
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="+")
    period = models.ForeignKey(RecapPeriod, models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=12, choices=ClassListStatus.choices, default=ClassListStatus.OPEN
    )
    handed_over_at = models.DateTimeField(null=True, blank=True)
    """When it was logged that it was handed over last; recaps count as of then."""
    happened_at = models.DateTimeField(null=True, blank=True)
    """When it was handed over last, which may have been before it was typed in."""
    handed_over_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    missing_subjects = models.PositiveSmallIntegerField(default=0)
    """How many subjects were missing when it was handed over last."""

    referred: int
    """Filled by `queries.class_lists.handed_over_to`."""
    as_of: datetime | None = None
    """The moment whose recaps this reading of the list shows; None: those of now."""

    objects = ClassListQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["school_class", "period"], name="one_list_per_class_and_period"
            ),
        )

    def __str__(self) -> str:
        return f"{self.school_class} {self.period}"

    def show_as(self, hand_over: "HandOver") -> None:
        """Turn this reading into that of the list as it was handed over then."""
        self.status = ClassListStatus.HANDED_OVER
        self.as_of = self.handed_over_at = hand_over.at
        self.happened_at = hand_over.happened_at
        self.handed_over_by = hand_over.by
        self.missing_subjects = hand_over.missing_subjects

    def students(self) -> StudentQuerySet:
        """Return the students of the list: those who were in the class on a day of the period."""
        return Student.objects.of_class(self.school_class_id, self.period)


class HandOver(models.Model):
    """One of the times that a list went to BK; the list itself keeps the last.

    Who handed it over keeps reading it as it was then, whoever hands a supplement over later.
    """

    class_list = models.ForeignKey(ClassList, models.CASCADE, related_name="hand_overs")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    """When it was logged."""
    happened_at = models.DateTimeField()
    missing_subjects = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.class_list_id} by {self.by_id}"


class Choice(models.TextChoices):
    REFER = "REFER", _("Refer to BK")
    WATCH = "WATCH", _("Keep an eye on")
    NO_CONCERN = "NO_CONCERN", _("No concern")


class DecisionStatus(models.TextChoices):
    STANDS = "STANDS", _("Current")
    REPLACED = "REPLACED", _("Replaced")
    TAKEN_BACK = "TAKEN_BACK", _("Taken back")


class DecisionQuerySet(SeenQuerySet["Decision"]):
    sight = CLASS_LISTS.of_its("class_list", "class list: decision")

    def standing(self) -> "DecisionQuerySet":
        return self.filter(status=DecisionStatus.STANDS)

    def handed_over_last(self, moment: datetime | None = None) -> "DecisionQuerySet":
        """Return the decision on each student with which the list went to BK last, or by `moment`.

        One of a supplement replaces it only when the list is handed over again.
        """
        return self.filter(went_last(moment=moment))


def went_last(at: str = "", moment: datetime | None = None) -> Q:
    """Return the filter for the decisions of `handed_over_last`, to which the path `at` leads."""
    went = {"handed_over_at__lte": moment} if moment else {"handed_over_at__isnull": False}
    later = Decision.objects.filter(
        class_list=OuterRef(f"{at}class_list"),
        student=OuterRef(f"{at}student"),
        pk__gt=OuterRef(f"{at}pk"),
        **went,
    ).exclude(status=DecisionStatus.TAKEN_BACK)
    stands = Q(**{f"{at}status": DecisionStatus.STANDS})
    stood_last = Q(~Exists(later), **{f"{at}status": DecisionStatus.REPLACED})
    return (stands | stood_last) & Q(**{f"{at}{name}": value for name, value in went.items()})


class Decision(models.Model):
    """The homeroom teacher's decision on a student, and the figures seen at that time."""

    class_list = models.ForeignKey(ClassList, models.CASCADE, related_name="decisions")
    student = models.ForeignKey(Student, models.CASCADE, related_name="+")
    choice = models.CharField(max_length=10, choices=Choice.choices)
    status = models.CharField(
        max_length=10, choices=DecisionStatus.choices, default=DecisionStatus.STANDS
    )
    seen = models.JSONField(default=dict)
    subjects_in = models.PositiveSmallIntegerField(default=0)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    handed_over_at = models.DateTimeField(null=True, blank=True)
    """When the list was handed over with it; None if it was not yet."""

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["class_list", "student"],
                condition=Q(status=DecisionStatus.STANDS),
                name="one_standing_decision",
            ),
        )

    def __str__(self) -> str:
        return f"{self.student_id}: {self.choice}"

    @property
    def figures(self) -> Figures:
        """Return the figures that were seen when it was made."""
        return Figures(**self.seen)


KINDS = ("economy", "family", "other")
NOTHING: dict[str, bool | str] = {**dict.fromkeys(KINDS, False), "note": ""}


class KnowledgeQuerySet(SeenQuerySet["Knowledge"]):
    sight = CLASS_LISTS.of_its("class_list", "class list: what the homeroom teacher knows")


class Knowledge(Versioned):
    """What the homeroom teacher knows and no recap shows: economy, family, other; and a note."""

    class_list = models.ForeignKey(ClassList, models.CASCADE, related_name="knowledge")
    student = models.ForeignKey(Student, models.CASCADE, related_name="+")
    economy = models.BooleanField(_("economic background"), default=False)
    family = models.BooleanField(_("family problem"), default=False)
    other = models.BooleanField(_("other"), default=False)
    note = models.CharField(_("note"), max_length=500, blank=True)
    handed_over = models.JSONField(default=list)
    """What it said each time that the list was handed over with something new, the last one last.

    Each is what `told` returns, with the moment as `at`.
    """

    objects = KnowledgeQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "knowledge"
        constraints = (
            models.UniqueConstraint(
                fields=["class_list", "student"], name="one_knowledge_per_student"
            ),
            models.CheckConstraint(
                condition=Q(other=False) | Q(economy=True) | Q(family=True) | ~Q(note=""),
                name="other_alone_needs_a_note",
            ),
        )

    def __str__(self) -> str:
        return f"{self.student_id}: {self.note}"

    def told(self) -> dict[str, bool | str]:
        return {name: getattr(self, name) for name in (*KINDS, "note")}

    def keep_handed_over(self, at: datetime) -> None:
        """Keep what it says as what the list is handed over with; the caller saves it."""
        last = self.handed_over[-1] if self.handed_over else {}
        if self.told() != {name: last.get(name) for name in NOTHING}:
            self.handed_over = [*self.handed_over, self.told() | {"at": at.isoformat()}]

    def show_as_handed_over(self, moment: datetime | None = None) -> None:
        """Turn this reading into that of what went to BK with the list last, or by `moment`."""
        gone = [
            row
            for row in self.handed_over
            if moment is None or datetime.fromisoformat(row["at"]) <= moment
        ]
        for name, value in NOTHING.items():
            setattr(self, name, gone[-1][name] if gone else value)

    @property
    def says_something(self) -> bool:
        return self.economy or self.family or self.other or bool(self.note)
