"""What must hold of a case for what the school does beside its ladder."""

from django.utils.translation import gettext_lazy as _

from cases.models import Case, CaseStatus
from workflow.errors import Text
from workflow.lifecycle import asked_of


@asked_of(Case)
def is_no_false_alarm(case: Case) -> Text | None:
    if case.status == CaseStatus.DISMISSED:
        return _("The case was dismissed as a false alarm.")
    return None
