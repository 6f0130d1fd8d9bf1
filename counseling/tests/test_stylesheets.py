"""The stylesheet is made of readable parts without unused rules, and is served as one file."""

import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from django.contrib.staticfiles import finders

from counseling.stylesheets import BUILT, PARTS, SHEETS, build
from counseling.tests.class_names import names_given, names_styled

pytestmark = pytest.mark.sqlite

SAMBANG = "css/sambang.css"
LINE = 120
FILES = sorted(PARTS.glob("*.css"))


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    """Return a copy of the parts, which a test may change."""
    return Path(shutil.copytree(PARTS, tmp_path / "parts"))


def test_every_part_is_declared_exactly_once() -> None:
    declared = Counter(name for names in SHEETS.values() for name in names)
    assert declared == Counter(path.stem for path in FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_part_has_one_declaration_a_line(path: Path) -> None:
    text = path.read_text()
    assert text.startswith("/* ")
    assert text.count("\n") < 300
    for number, line in enumerate(text.splitlines(), 1):
        assert len(line) <= LINE, number
        assert sum(line.count(sign) for sign in ";{}") <= 1, (number, line)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_part_styles_only_what_a_template_or_a_script_names(path: Path) -> None:
    styled = names_styled(path.read_text())
    assert styled - names_given() == set()


def test_a_name_that_nobody_gives_is_noticed() -> None:
    css = '/* .gone */ .card-s > .no-such:not(.t) a, #no-bar { background: url("a.svg"); }'
    assert names_styled(css) - names_given() == {"no-such", "no-bar"}


def test_a_sheet_holds_its_parts_in_the_declared_order(parts: Path, tmp_path: Path) -> None:
    for name in SHEETS[SAMBANG]:
        (parts / f"{name}.css").write_text(f"/* {name} */\n.{name} {{\n  margin: 0;\n}}\n")
    built = build(SAMBANG, parts, tmp_path / "built")
    assert built.read_text() == "".join(f".{name}{{margin:0}}" for name in SHEETS[SAMBANG])


def test_a_changed_part_makes_the_sheet_anew(parts: Path, tmp_path: Path) -> None:
    built = build(SAMBANG, parts, tmp_path / "built")
    before = built.stat()
    again = build(SAMBANG, parts, tmp_path / "built").stat()
    # Reading it changes when it was last read, and nothing else.
    assert (again.st_ino, again.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    (parts / "print.css").write_text(".changed { color: red; }")
    assert build(SAMBANG, parts, tmp_path / "built").read_text().endswith(".changed{color:red}")


def test_who_reads_a_sheet_while_it_is_built_reads_the_whole(parts: Path, tmp_path: Path) -> None:
    built = build(SAMBANG, parts, tmp_path / "built")
    whole = built.read_text()
    with built.open() as reader:
        (parts / "print.css").write_text("")
        build(SAMBANG, parts, tmp_path / "built")
        assert reader.read() == whole
    assert built.read_text() != whole


def test_many_may_build_at_once(parts: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: build(SAMBANG, parts, tmp_path / "built"), range(32)))
    assert {path.read_text() for path in made} == {build(SAMBANG).read_text()}
    assert [path.name for path in made[0].parent.iterdir()] == ["sambang.css"]


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_server_of_the_tests_gives_the_built_sheet(live_server: Any, sheet: str) -> None:
    assert finders.find(sheet) == str(BUILT / sheet)
    with urlopen(f"{live_server.url}/static/{sheet}") as answer:
        assert answer.read().decode() == build(sheet).read_text()


def test_the_parts_are_not_served() -> None:
    assert {finders.find(f"css/{path.name}") for path in FILES} == {None}
    listed = [path for finder in finders.get_finders() for path, _ in finder.list([])]
    assert sorted(path for path in listed if path.startswith("css/")) == sorted(SHEETS)
    assert "js/sambang.js" in listed
    ignored = [path for finder in finders.get_finders() for path, _ in finder.list(["letter*"])]
    assert {path for path in ignored if path.startswith("css/")} == {*SHEETS} - {"css/letter.css"}
