"""The checks of a history on photos and confidential notes, and at its end on some pages."""

import re
from datetime import datetime
from typing import Any

from django.db import connection
from django.urls import reverse

from cases.models import ConfidentialNote
from cases.tests.confirmed import confirmed
from counseling.tests import oracle_private as private
from counseling.tests import oracle_support as oracle
from counseling.tests.history_people import AsksSome, of_these
from counseling.tests.oracle_log import lives
from counseling.tests.scenarios.histories import HistoryCast
from homevisits.models import PHOTO_FILES, Photo
from homevisits.tests.pictures import DRAWN
from school.models import User
from support.models import Conference
from workflow import clock
from workflow.tests.browser_free import signed_in

FOLLOW_UP = re.compile(reverse("support:follow_up", args=[0]).replace("0", r"(\d+)"))
PAGES_OF = ("bk", "bk2", "coordinator", "principal", "wali", "guru")
"""The people whose pages are opened at the end of some histories."""


class InConfidence(AsksSome):
    """Photos in their order and place; notes for their readers alone."""

    cast: HistoryCast
    now: datetime
    pages_each = 20
    """Of so many histories the pages of one are opened at its end."""

    CHECKS = ("_photos_stand_in_order", "_notes_are_for_their_readers")

    def _photos_stand_in_order(self) -> None:
        order = private.photos_in_order()
        assert private.is_one_act_later(self.order, order), (self.order, order)
        assert all(len(kept) <= private.MOST_PHOTOS for kept in order.values())
        assert private.photos_removed_wrongly(lives()) == []
        found = list(Photo.objects.kept().order_by("visit_id", "place", "pk"))
        assert [one.pk for one in found] == [
            pk for _visit, kept in sorted(order.items()) for pk in kept
        ]
        self.order = order

    def _notes_are_for_their_readers(self) -> None:
        with clock.shifted_to(self.now):
            people = oracle.People(clock.today())
            asked, notes = self.some(self.cast.everybody), ConfidentialNote.objects
            assert of_these(asked, private.readers(people)) == _pairs(asked, notes.visible_to)
            with_a_reason = of_these(asked, private.readers_with_a_reason(people))
            assert with_a_reason == _pairs(asked, notes.left_to)
        assert private.passed_wrongly(lives(), self.passed) == []
        self.passed = {row["id"] for row in oracle.table("cases_passednote")}

    def _begin_in_confidence(self) -> None:
        type(self).begun += 1
        self.to_commit = len(connection.run_on_commit)
        self.order = private.photos_in_order()
        self.passed = {row["id"] for row in oracle.table("cases_passednote")}

    def _holds_at_its_end(self) -> None:
        """Do what waits for the commit: each photo has its files then, or none."""
        for _block, act, _robust in connection.run_on_commit[self.to_commit :]:
            act()
        kept, removed = private.files_of_photos()
        assert kept <= _stored()
        assert not removed & _stored()
        if self.begun % self.pages_each == 0:
            self._pages_show_what_the_oracle_says()

    def _put_files_back(self) -> None:
        """Sweep what no row refers to once the rows are gone; store again what was deleted."""
        kept, _removed = private.files_of_photos()
        if kept != _stored():
            PHOTO_FILES.sweep()
            assert _stored() <= kept
            for name in kept - _stored():
                PHOTO_FILES.path(name).write_bytes(DRAWN.small)

    def _pages_show_what_the_oracle_says(self) -> None:
        with clock.shifted_to(self.now):
            people, day = oracle.People(clock.today()), clock.today()
            shown = oracle.conferences_shown(people)
            at_home = oracle.follow_ups_at_home(people, day)
            read, asked = private.readers(people), private.readers_with_a_reason(people)
            for name in PAGES_OF:
                user = User.objects.get(username=getattr(self.cast, name).username)
                if not user.is_active:
                    continue
                client = signed_in(user)
                home = client.get(reverse("home")).content.decode()
                assert {int(pk) for pk in FOLLOW_UP.findall(home)} == _of(user, at_home)
                for one in Conference.objects.all():
                    answer = client.get(one.get_absolute_url())
                    assert (answer.status_code == 200) == ((user.pk, one.pk) in shown)
                self._opens_its_notes(user, _of(user, read), _of(user, asked))

    def _opens_its_notes(self, user: User, read: set[int], with_a_reason: set[int]) -> None:
        """Open each note after confirming: some by their text, some by a reason, others never."""
        client = confirmed(user)
        for note in ConfidentialNote.objects.all():
            address = reverse("cases:confidential_note", args=[note.key])
            answer = client.get(address)
            if note.pk in read:
                expected = note.reason if note.is_deleted else note.text
                assert expected in answer.content.decode()
            else:
                assert answer.status_code == (302 if note.pk in with_a_reason else 404)


def _stored() -> set[str]:
    return {path.name for path in PHOTO_FILES.root.glob("*")}


def _pairs(people: list[User], shown_to: Any) -> private.Pairs:
    found = {user.pk: shown_to(user).values_list("pk", flat=True) for user in people}
    return {(person, pk) for person, notes in found.items() for pk in notes}


def _of(user: User, pairs: private.Pairs) -> set[int]:
    return {pk for person, pk in pairs if person == user.pk}
