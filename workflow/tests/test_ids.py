"""An id in a URL is a number that a row can have."""

import re

import pytest

from workflow.ids import IdConverter, IdsConverter, read_id, read_ids


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


def test_an_address_holds_one_id_or_many_and_no_impossible_one():
    converter = IdsConverter()
    for ids, text in ((3, "3"), ([3], "3"), ([3, 14], "3,14"), (range(1, 4), "1,2,3")):
        assert converter.to_url(ids) == text
        assert converter.to_python(text) == ([ids] if ids == 3 else list(ids))
        assert re.fullmatch(IdsConverter.regex, text)
    for text in ("", ",", "3,", ",3", "3,x", "-3", "3,,4", "9" * 19, f"3,{'9' * 19}"):
        assert not re.fullmatch(IdsConverter.regex, text)


def test_a_form_sends_each_id_once_and_what_is_none_is_left_out():
    assert read_ids(["7", "3", "7", "x", "", "-1", "9" * 30]) == [3, 7]
