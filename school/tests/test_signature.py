"""A signature: read by its own grammar, written anew, shown from numbers alone."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from school.forms.signature import SignatureForm
from school.models.signature import Signature
from school.signature_path import HEIGHT, LONGEST, WIDTH, read_signature
from workflow.errors import NotNow

GOOD = "M40 200Q60 90 120 180L200 200M210 190L300 120"
TYPED = {"signer": "Siti Aminah", "signer_relation": "ibu"}
HOSTILE = (
    *("", " ", "x", "L10 10L200 200", "40 40M0 0", "M", "M10", "M10 10 20 20", "M10 10L20", "MM"),
    *("M10 10Z", "M10 10 L 300 NaN", "M10 10L1e999 4", "M10 10L1e2 4", "M-1 10L300 300"),
    *("M10 10L+300 4", "M10 10L601 4", "M10 10L4 361", "M10 10L9999 4", "M10 10L300.123 4"),
    *("M10 10L.5 4", "M10 10L5. 4", "M10 10L٣٠٠ 4", "M10 10L３００ 4", "M10 10L²00 4"),
    *("m10 10l200 200", "M10 10A5 5 0 0 1 200 200", "M10 10H300", "M10 10V300", "M10 10S1 1 300 3"),
    *("M10 10T300 300", "M10 10B1", "url(#a)", "M10 10url(//evil)", "M10 10L200 200url(#a)"),
    *('M10 10L200 200"/><script>alert(1)</script>', "M10 10L200 200'", "M10 10L200 200&#34;"),
    *("<svg><path d='M10 10L300 300'/></svg>", "M10 10L(200 200)", "M[10 10]L200 200"),
    *("M10 10L200 200;", "M10 10L200 200\x00", "M10 10L200 200\n", "M10\t10L200 200", "М10 10L9 9"),
    *("M10 10\u00a0L200 200", "M10 10\u200bL200 200", "M10 10−L200 200", "M1_0 10L200 200"),
    *("M0x10 10L200 200", "MInfinity 10L200 200", "M10 10L20 20", "M10 10L10 10", "M1010L300300"),
    *("M10 10" + "L200 200L10 10" * 3000, "M10 10L200 200" * 201, "M" * LONGEST),
    *("9" * LONGEST, "M10 10L" + "1" * 30_000 + " 4", "M10 10" + "," * (LONGEST + 1)),
)


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: repr(path[:30]))
def test_what_is_no_signature_is_refused(path: str) -> None:
    with pytest.raises(NotNow):
        read_signature(path)


@pytest.mark.parametrize(
    ("path", "stored"),
    [
        (GOOD, GOOD),
        ("M 40,200 L 300.04 , 12.06", "M40 200L300 12.1"),
        ("M0 0C1 2 3 4 600 360", "M0 0C1 2 3 4 600 360"),
        ("M007 10L300 010.50", "M7 10L300 10.5"),
        ("M5 5L5 5M10 10L200 200", "M5 5L5 5M10 10L200 200"),
    ],
)
def test_a_path_is_written_anew_from_its_numbers(path: str, stored: str) -> None:
    assert str(read_signature(path)) == stored
    assert str(read_signature(stored)) == stored


number = st.floats(0, 360).map(lambda n: f"{n:.1f}")
steps = st.lists(st.tuples(st.sampled_from("MLQC"), st.lists(number, min_size=6, max_size=6)))


@given(steps)
def test_what_was_stored_once_is_read_again_as_it_is(steps: list[tuple[str, list[str]]]) -> None:
    needs = {"M": 2, "L": 2, "Q": 4, "C": 6}
    path = "M0 0L600 360" + "".join(s + " ".join(ns[: needs[s]]) for s, ns in steps)
    stored = str(read_signature(path))
    assert str(read_signature(stored)) == stored
    assert set(stored) <= set("MLQC0123456789. ")


@given(st.text(alphabet="MLQC0123456789 .,-eE\"'<>&#\u0661\uff11", max_size=60))
def test_any_text_is_refused_or_made_only_of_letters_and_numbers(text: str) -> None:
    try:
        stored = str(read_signature(text))
    except NotNow:
        return
    assert set(stored) <= set("MLQC0123456789. ")


def test_a_paper_shows_the_lines_with_a_margin_and_a_small_one_small() -> None:
    assert read_signature("M100 100L500 200").box == (88, 88, 424, 124)
    assert read_signature("M300 100L340 110").box == (220, 88, 200, 34)
    assert read_signature(f"M0 0L{WIDTH} {HEIGHT}").box == (-12, -12, 624, 384)


# The form


def form_of(**data: str) -> SignatureForm:
    return SignatureForm(TYPED | data)


@pytest.mark.parametrize(
    ("data", "way", "path"),
    [
        ({"signed_way": "DRAWN", "drawn": GOOD}, "DRAWN", GOOD),
        ({"signed_way": "TYPED", "agrees": "on", "drawn": GOOD}, "TYPED", ""),
        ({"signed_way": "PAPER"}, "PAPER", ""),
    ],
)
def test_somebody_signs_on_the_screen_by_name_or_on_paper(data, way, path) -> None:
    form = form_of(**data)
    assert form.is_valid(), form.errors
    assert form.signed == TYPED | {"signed_way": way, "path": path}


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ({"signed_way": "DRAWN"}, "drawn"),
        ({"signed_way": "DRAWN", "drawn": "M1 1<script>"}, "drawn"),
        ({"signed_way": "DRAWN", "drawn": "M1 1\x00"}, "drawn"),
        ({"signed_way": "TYPED"}, "agrees"),
        ({"signed_way": "THUMB", "drawn": GOOD}, "signed_way"),
        ({"signed_way": "PAPER", "signer": ""}, "signer"),
        ({"signed_way": "PAPER", "signer": "x" * 121}, "signer"),
        ({"signed_way": "PAPER", "signer_relation": "x" * 61}, "signer_relation"),
    ],
)
def test_what_is_missing_is_said_where_it_is_missing(data, where) -> None:
    assert list(form_of(**data).errors) == [where]


# On a page


def shown(**values: object) -> str:
    said = {
        "signer": "<b>Siti",
        "signer_relation": "ibu",
        "signed_at": datetime(2021, 10, 4, tzinfo=UTC),
    }
    signed = SimpleNamespace(**said | values, signer_said="<b>Siti (ibu)")
    signed.drawing = read_signature(signed.path) if signed.path else None
    page = Template('{% load letters %}{% signature "Orang Tua/Wali," signed=signed %}')
    return page.render(Context({"signed": signed}))


def test_a_drawn_signature_stands_above_the_name() -> None:
    text = shown(signed_way="DRAWN", path=GOOD)
    assert f'<path d="{GOOD}"/>' in text
    assert 'viewBox="28 ' in text
    assert "4 Oktober 2021, 07.00" in text
    assert "&lt;b&gt;Siti (ibu)" in text
    assert "<b>" not in text


def test_a_name_that_stands_for_a_signature_says_so_and_paper_leaves_room() -> None:
    assert "Disetujui" in shown(signed_way="TYPED", path="")
    on_paper = shown(signed_way="PAPER", path="")
    assert "<svg" not in on_paper
    assert "2021" not in on_paper


def test_what_a_signature_holds_is_the_same_in_every_room() -> None:
    assert {field.name for field in Signature._meta.get_fields()} == {
        *("signer", "signer_relation", "signed_way", "path", "signed_at", "taken_by")
    }
