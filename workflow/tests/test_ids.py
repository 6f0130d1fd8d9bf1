"""An id in a URL is a number that a row can have."""

import re

import pytest

from workflow.ids import IdConverter, read_id


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("7", 7),
        ("007", 7),
        ("9" * 18, 10**18 - 1),
        *((text, None) for text in ("9" * 19, "9" * 5000)),
        *((text, None) for text in ("", "x", "-1", "1.0", " 7", "²", "٣", "7\n")),
    ],
)
def test_what_a_row_could_have_is_an_id(text, found):
    assert read_id(text) == found
    assert bool(re.fullmatch(IdConverter.regex, text)) == (found is not None)
