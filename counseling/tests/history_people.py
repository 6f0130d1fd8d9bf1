"""Whom the checks of a history ask: some people after each act, everybody at some of its ends."""

from counseling.tests.oracle_private import Pairs
from school.models import User

EACH = 6
"""After an act every sixth of the people is asked, others after the next one."""
ENDS_EACH = 4
"""Of so many histories everybody is asked at the end of one."""


class AsksSome:
    tried: int
    begun = 0
    asks_everybody = False
    OF_PEOPLE: tuple[str, ...] = (
        "_assistance_is_where_its_acts_left_it",
        "_conferences_open_to_those_invited",
        "_follow_ups_find_who_does_them",
        "_notes_are_for_their_readers",
    )

    def some(self, people: list[User], each: int = EACH) -> list[User]:
        return people if self.asks_everybody else people[self.tried % each :: each]

    def ask_everybody(self) -> None:
        """Ask each check of people about all of them, at the end of some histories."""
        if self.begun % ENDS_EACH:
            return
        self.asks_everybody = True
        for name in self.OF_PEOPLE:
            getattr(self, name)()


def of_these(people: list[User], pairs: Pairs) -> Pairs:
    """Return the pairs of these people."""
    known = {person.pk for person in people}
    return {pair for pair in pairs if pair[0] in known}
