"""The lifecycles of this room and their acts."""
