"""What an act does to the groups that students are in beside their class."""

from collections import Counter
from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from school import wording
from school.effects import Effects, Scope
from school.models import Enrolment, GroupMember, Subject, TeachingGroup
from workflow.errors import Text

Members = set[tuple[int, int]]
"""Group and student."""
LEFT, JOINED = range(2)
OF_ONE = (_("No longer in the group %(group)s."), _("New in the group %(group)s."))
NONE_YET = _("No group yet for %(subject)s.")
OF_MANY = (
    _("%(students)s no longer in the group %(group)s."),
    _("%(students)s new in the group %(group)s."),
)


def look(scope: Scope) -> Effects:
    """Look at the groups that the students of an act are in on its day."""
    before = _members(scope)

    def effects() -> Sequence[Text]:
        after = _members(scope)
        labels = _labels({group for group, _student in before ^ after})
        left, joined = (_counted(m, labels) for m in (before - after, after - before))
        texts = OF_ONE if scope.is_of_one_student else OF_MANY
        return [
            *(str(texts[LEFT]) % words for words in left),
            *(str(texts[JOINED]) % words for words in joined),
            *(str(NONE_YET) % {"subject": one} for one in _untaught(scope, before, after)),
        ]

    return effects


def _members(scope: Scope) -> Members:
    held = GroupMember.objects.on(scope.on).filter(student__in=scope.students)
    return set(held.values_list("group", "student"))


def _labels(groups: set[int]) -> dict[int, str]:
    found = TeachingGroup.objects.filter(pk__in=groups).select_related("subject")
    return {group.pk: group.label for group in found}


def _untaught(scope: Scope, before: Members, after: Members) -> list[str]:
    """Return the subjects that a student who stays had in a group, and now has in none."""
    if not scope.is_of_one_student:
        return []
    stays = Enrolment.objects.on(scope.on).filter(student__in=scope.students)
    of_class = Q(school_class__in=stays.values("school_class"))
    of_groups = Q(pk__in=[group for group, _student in after])
    taught = TeachingGroup.objects.filter(of_class | of_groups).values("subject")
    had = TeachingGroup.objects.filter(pk__in=[group for group, _student in before])
    missing = Subject.objects.filter(pk__in=had.values("subject")).exclude(pk__in=taught)
    return [subject.name for subject in missing] if stays else []


def _counted(members: Members, labels: dict[int, str]) -> list[dict[str, str]]:
    """Return each group with the number of its students, in words, by label."""
    counts = Counter(labels[group] for group, _student in members)
    return [
        {"group": group, "students": wording.students(number)}
        for group, number in sorted(counts.items())
    ]
