"""An id is a number that a row could have."""

import pytest

from workflow.ids import LARGEST, IdConverter, read_id


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("7", 7),
        ("007", 7),
        (str(LARGEST), LARGEST),
        (str(LARGEST + 1), None),
        ("9" * 5000, None),
        *((text, None) for text in ("", "x", "-1", "1.0", " 7", "²", "٣")),
    ],
)
def test_what_a_row_could_have_is_an_id(text, found):
    assert read_id(text) == found


def test_no_address_holds_a_larger_one():
    with pytest.raises(ValueError):  # noqa: PT011
        IdConverter().to_python(str(LARGEST + 1))
