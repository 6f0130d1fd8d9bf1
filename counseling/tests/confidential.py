"""Which fields hold what is confidential, and who may read them on which case.

Written from the table "who sees what" in the design, not from the code. A free-text field of cases,
homevisits or support that is in neither table fails (test_leaks.py).
"""

from dataclasses import dataclass
from typing import Any

from counseling.tests.access import (
    COUNSELOR,
    EVIDENCE,
    LETTER,
    READ,
    SIGNED,
    STEP,
)
from counseling.tests.access_page import Who, seen_by
from counseling.tests.access_support import CONFERENCE, FOLLOW_UP

Readers = dict[str, Who]
"""Variant of a case, or of a note → the people who may read it."""

SUMMARY = seen_by(
    own="wali bk coordinator principal",
    fresh="wali bk coordinator principal",
    ended="wali bk coordinator principal",
    foreign="wali2 bk2 coordinator principal",
)
WITH_PRINCIPAL = {variant: people | {"principal"} for variant, people in COUNSELOR.items()}
"""What the principal decides on, or decided."""
REPORT = {**STEP, **SIGNED}
"""A visit's report: its counselor and visitors, and the principal once it is signed."""

CASE_OF: dict[str, str] = {
    "cases.case": "pk",
    "cases.contact": "case",
    "cases.evidence": "case",
    "cases.reviewnote": "case",
    "cases.summons": "case",
    "cases.summonsversion": "summons__case",
    "homevisits.visit": "case",
    "homevisits.visitreport": "visit__case",
    "homevisits.commitment": "report__visit__case",
    "homevisits.visitsignature": "visit__case",
    "homevisits.photo": "visit__case",
    "support.assistance": "case",
    "support.conference": "case",
    "support.receiptsignature": "assistance__case",
    "support.referral": "case",
    "support.followup": "case",
}
"""Model → the path to its case, by whose variant it is known who reads it."""

CONFIDENTIAL: dict[str, Readers] = {
    "cases.case.summary": SUMMARY,
    "cases.contact.note": COUNSELOR,
    "cases.contact.kinship": COUNSELOR,
    "cases.evidence.note": EVIDENCE,
    "cases.reviewnote.text": EVIDENCE,
    **dict.fromkeys(
        (
            *("cases.summons.place", "cases.summons.to_meet", "cases.summons.purpose"),
            *("cases.summonsversion.place", "cases.summonsversion.number_text"),
        ),
        LETTER,
    ),
    **dict.fromkeys(
        (
            *("cases.summons.receiver", "cases.summons.receiver_relation"),
            *("cases.summons.came_with", "cases.summons.minutes"),
        ),
        COUNSELOR,
    ),
    **dict.fromkeys(
        (
            *("homevisits.visit.reason", "homevisits.visit.urgent_reason"),
            "homevisits.visit.decision_note",
        ),
        WITH_PRINCIPAL,
    ),
    **dict.fromkeys(
        (
            *(
                f"homevisits.visitreport.{row}"
                for row in (
                    *("direct_intervention", "informal_interaction", "family_support", "topic"),
                    *("parties", "problem", "address", "family_members", "evaluation_plan"),
                    *("follow_up", "special_note"),
                )
            ),
            *("homevisits.commitment.text", "homevisits.commitment.by_whom"),
            "homevisits.photo.caption",
            *(f"homevisits.visitsignature.signer{more}" for more in ("", "_relation")),
        ),
        REPORT,
    ),
    **dict.fromkeys(
        (
            *("support.followup.what", "support.followup.doer_name", "support.followup.origin"),
            *("support.followup.later_because", "support.followup.outcome"),
        ),
        FOLLOW_UP,
    ),
    **dict.fromkeys(
        (
            f"support.conference.{name}"
            for name in ("place", "why", "guests", "present", "problem", "conclusion")
        ),
        CONFERENCE,
    ),
    **dict.fromkeys(
        (f"support.assistance.{name}" for name in ("what", "reason", "decision_note")),
        LETTER,
    ),
    **dict.fromkeys(
        (
            f"support.assistance.{name}"
            for name in ("given", "receiver", "receiver_relation", "condition", "kept_reason")
        ),
        COUNSELOR,
    ),
    **dict.fromkeys(
        (
            f"support.referral.{name}"
            for name in (
                *("recipient", "reason", "handed_over", "consent_by", "consent_relation"),
                *("without_consent", "answered_by", "answer"),
            )
        ),
        COUNSELOR,
    ),
    **dict.fromkeys(
        (f"support.receiptsignature.signer{more}" for more in ("", "_relation")),
        COUNSELOR,
    ),
}
"""Field → who reads it. Those of a confidential note are in NOTES."""
NOTES: dict[str, Readers] = {
    "cases.confidentialnote.sealed": READ,
    "cases.confidentialnote.sealed_reason": READ,
}
HOLDS_CODES = {
    "homevisits.visitreport.outcome",
    "homevisits.visitsignature.path",
    "homevisits.visitsignature.seal",
    "homevisits.photo.name",
    "homevisits.calendarfeed.key_hash",
    "support.receiptsignature.path",
}
"""Text columns into which nobody types: codes, lines and seals of signatures, files, hashes."""


@dataclass(frozen=True)
class Planted:
    """A token in a field of a row, and who may read it."""

    field: str
    variant: str
    readers: Who


def variants_of_cases(ids: dict[str, Any]) -> dict[int, str]:
    return {found["pk"]: variant for variant, found in ids["case"].items()}
