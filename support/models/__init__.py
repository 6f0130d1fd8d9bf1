from support.models.follow_up import FollowUp, FollowUpSource, FollowUpStatus

__all__ = ["FollowUp", "FollowUpSource", "FollowUpStatus"]
