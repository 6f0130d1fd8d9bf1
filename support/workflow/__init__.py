"""The lifecycle tables of this room and its acts."""

from support.workflow.follow_up import FOLLOW_UP, Kept, agree, drop, finish, put_off

__all__ = [
    "FOLLOW_UP",
    "Kept",
    "agree",
    "drop",
    "finish",
    "put_off",
]
