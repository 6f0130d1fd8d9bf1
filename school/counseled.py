"""What happens when classes get another counselor; rooms to the right register what they do."""

from collections.abc import Callable, Collection

from school.models.users import User

Given = Callable[[Collection[int], User], None]
"""Called with the ids of the classes that have a new counselor, and who gave it to them."""

FOLLOWERS: list[Given] = []


def register(follower: Given) -> None:
    if follower not in FOLLOWERS:
        FOLLOWERS.append(follower)


def follow(classes: Collection[int], by: User) -> None:
    """Let what waits for a counselor of the classes go to them."""
    for follower in FOLLOWERS:
        follower(classes, by)
