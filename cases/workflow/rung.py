from cases import steps
from cases.models.case import Case, Rung


def refresh_rung(case: Case) -> None:
    """Set the rung to what the steps of the case show now; part of each verb that changes one."""
    rung = steps.rungs([case.pk]).get(case.pk, Rung.REVIEW)
    Case.objects.filter(pk=case.pk).update(rung=rung)
    case.rung = rung
