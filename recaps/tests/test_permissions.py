"""Who may read a recap while it is written, and who after it was handed over."""

import pytest

from recaps.models.recap import RECAPS
from recaps.permissions import may_read_draft, may_read_what_stands
from recaps.queries.recap_sheet import sheet_read_by
from recaps.tests import factories as make
from recaps.workflow import hand_over, return_recap, save_header
from school.tests.cast import small_school

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "draft", "stands"),
    [
        ("guru", True, True),
        ("coordinator", True, True),
        ("wali", False, True),
        ("bk", False, True),
        ("guru2", False, False),
        ("wali2", False, False),
        ("bk2", False, False),
        ("principal", False, False),
        ("student_affairs", False, False),
        ("operator", False, False),
    ],
)
def test_the_teacher_and_the_coordinator_read_drafts_the_class_what_was_handed_over(
    who, draft, stands
):
    cast = small_school()
    user = getattr(cast, who)
    recap = save_header(
        cast.maths, cast.period, by=cast.guru, meetings=4, assignments=2, read_at=1
    ).recap
    assert may_read_draft(user, recap) == draft
    assert may_read_what_stands(user, recap) == stands
    assert (sheet_read_by(user, recap) is not None) == draft
    hand_over(recap, by=cast.guru)
    assert RECAPS.includes(recap, user) == stands
    assert (sheet_read_by(user, recap) is not None) == stands


def test_each_reads_the_version_that_is_theirs():
    cast = small_school()
    recap = make.handed_over_recap(cast.maths, cast.period)
    assert sheet_read_by(cast.wali, recap) == recap.standing_sheet
    return_recap(recap, by=cast.wali, reason="Periksa lagi")
    assert sheet_read_by(cast.wali, recap) is None
    assert sheet_read_by(cast.guru, recap) == recap.sheets.get()
