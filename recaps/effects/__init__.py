"""What an act of the operator does to recap sheets and class lists, in numbers.

Said for the periods that have begun and whose figures are not frozen.
"""

from recaps.effects import listed, unfinished
from school.effects import register


def register_all() -> None:
    register(listed.look, unfinished.look)
