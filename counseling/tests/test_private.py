"""What a copied file, a full disk or a wrong clock must not give away or break."""

import os
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError, connection, transaction
from django.urls import reverse

from cases.models import CaseStatus
from cases.tests import factories as cases
from counseling.settings import VAR_DIR
from school.models import SchoolProfile, Student, User
from school.tests.cast import small_school
from workflow.errors import UndoTooLate
from workflow.run import undo
from workflow.tests.browser_free import post, signed_in


@pytest.mark.django_db
class TestData:
    def test_a_save_on_a_full_disk_is_answered_as_it_was_committed(self, monkeypatch: Any) -> None:
        cast = small_school()
        case = cases.direct_case(cast, confirmed=False)
        browser = signed_in(cast.bk)

        def full(*args: Any, **kwargs: Any) -> None:
            raise OperationalError("database or disk is full")

        monkeypatch.setattr(Session, "save", full)
        answer = post(browser, reverse("cases:confirm", args=[case.pk]))
        case.refresh_from_db()
        assert (answer.status_code, case.confirmed_at is not None) == (302, True)

    def test_a_session_that_was_deleted_meanwhile_is_still_said(self, monkeypatch: Any) -> None:
        cast = small_school()
        case = cases.direct_case(cast, confirmed=False)
        browser = signed_in(cast.bk)
        save = Session.save

        def gone(self: Session, *args: Any, **kwargs: Any) -> None:
            Session.objects.all().delete()
            save(self, *args, **kwargs)

        monkeypatch.setattr(Session, "save", gone)
        assert post(browser, reverse("cases:confirm", args=[case.pk])).status_code == 400

    @pytest.mark.parametrize(
        ("nisn", "is_right"),
        [(None, True), ("0012345678", True), ("123456789", False), ("12345678x9", False)],
    )
    def test_the_database_takes_a_nisn_of_ten_digits_alone(
        self, nisn: str | None, is_right: bool
    ) -> None:
        student = small_school().students[0]
        held = Student.objects.filter(pk=student.pk)
        if is_right:
            assert held.update(nisn=nisn) == 1
            return
        with pytest.raises(IntegrityError), transaction.atomic():
            held.update(nisn=nisn)

    @pytest.mark.sqlite
    def test_any_sqlite_can_check_the_database(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE sql LIKE '%CHECK%'")
            tables = [sql for (sql,) in cursor.fetchall()]
        assert len(tables) > 5
        plain = sqlite3.connect(":memory:")
        for sql in tables:
            plain.execute(sql)
            assert "REGEXP" not in sql
            assert "django_" not in sql.partition("(")[2]

    def test_a_real_school_is_refused_before_anything_is_changed(self) -> None:
        SchoolProfile.objects.create(name="SMA Negeri 1 Candiroto")
        with pytest.raises(CommandError, match="real school"):
            call_command("demo", "--ask")
        SchoolProfile.objects.update(is_demo=True)
        User.objects.all().delete()
        call_command("demo", "--ask")
        assert not User.objects.exists()


@pytest.mark.django_db
class TestClock:
    NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("seconds", "accepted"), [(0, True), (59, True), (61, False), (-1, False), (-65, False)]
    )
    def test_an_undo_holds_for_a_minute_and_not_longer_by_a_clock_set_back(
        self, seconds: int, accepted: bool
    ) -> None:
        with time_machine.travel(self.NOW, tick=False) as clock:
            cast = small_school()
            case = cases.direct_case(cast, confirmed=False)
            post(signed_in(cast.bk), reverse("cases:confirm", args=[case.pk]))
            case.refresh_from_db()
            clock.shift(timedelta(seconds=seconds))
            assert self.is_undone(case, cast.bk) is accepted

    def test_a_later_entry_of_the_log_says_how_late_it_is(self) -> None:
        with time_machine.travel(self.NOW, tick=False) as clock:
            cast = small_school()
            one, other = (
                cases.direct_case(cast, student, confirmed=False) for student in cast.students[:2]
            )
            browser = signed_in(cast.bk)
            post(browser, reverse("cases:confirm", args=[one.pk]))
            clock.shift(timedelta(seconds=70))
            post(browser, reverse("cases:confirm", args=[other.pk]))
            clock.shift(timedelta(seconds=-60))
            one.refresh_from_db()
            assert not self.is_undone(one, cast.bk)

    def is_undone(self, case: Any, by: User) -> bool:
        try:
            undo(case, "confirm", by=by)
        except UndoTooLate:
            return False
        assert case.status == CaseStatus.OPEN
        return True


def test_what_the_app_writes_is_for_its_own_account_alone() -> None:
    mask = os.umask(0o077)
    os.umask(mask)
    assert mask == 0o077
    assert VAR_DIR.stat().st_mode & 0o777 == 0o700


@pytest.mark.sqlite
@pytest.mark.django_db
def test_the_database_is_for_its_own_account_alone() -> None:
    assert Path(connection.settings_dict["NAME"]).stat().st_mode & 0o777 == 0o600


def test_make_asks_before_it_migrates() -> None:
    recipe = (VAR_DIR.parent / "Makefile").read_text().split("demo-data:")[1]
    assert recipe.index("demo --ask") < recipe.index("migrate")
