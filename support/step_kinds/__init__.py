"""What the school does beside the ladder as steps of a case; registered when the room is ready."""


def register_all() -> None:
    """Register the kinds of steps of this room; none has a rung."""
