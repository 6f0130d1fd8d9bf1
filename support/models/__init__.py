from support.models.assistance import Assistance, AssistanceKind, AssistanceStatus
from support.models.conference import Conference, ConferenceStatus
from support.models.follow_up import FollowUp, FollowUpSource, FollowUpStatus
from support.models.receipt import ReceiptSignature
from support.models.referral import ConsentHow, Recipient, Referral, ReferralStatus

__all__ = [
    "Assistance",
    "AssistanceKind",
    "AssistanceStatus",
    "Conference",
    "ConferenceStatus",
    "ConsentHow",
    "FollowUp",
    "FollowUpSource",
    "FollowUpStatus",
    "ReceiptSignature",
    "Recipient",
    "Referral",
    "ReferralStatus",
]
