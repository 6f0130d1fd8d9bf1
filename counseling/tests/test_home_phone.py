"""On a phone each task of home takes two lines, and says for whom it is, what to do and by when."""

import re
from typing import Any

import pytest

from counseling.tests.conftest import DemoSchool
from school.models import User

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("demo"),
    pytest.mark.sqlite,
]

OFFICES = ("kepsek", "koordinator", "bk1", "wali1", "guru1", "waka", "operator")
LATE = {"id": "lewat 12 hari", "en": "12 days late"}
HOUR = re.compile(r"\b\d\d[.:]\d\d\b")
MEASURE = """() => {
  const boxesOf = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter((box) => box.width > 1);
  };
  const linesOf = (line) => {
    let [count, end] = [0, 0];
    const boxes = [...line.querySelectorAll("b, small, .due")].flatMap(boxesOf);
    for (const { top, bottom } of boxes.sort((one, other) => one.top - other.top)) {
      if ((top + bottom) / 2 > end) [count, end] = [count + 1, bottom];
    }
    return count;
  };
  const isCut = (part, node) =>
    boxesOf(node).some((box) => box.right > part.getBoundingClientRect().right + 1);
  return [...document.querySelectorAll("main .line")].map((line) => {
    const head = line.querySelector("b:not(.do)");
    const needed = [...line.querySelectorAll(".do, .due")].map((part) => [part, part]);
    return {
      text: line.innerText.replaceAll(/\\s+/g, " "),
      lines: linesOf(line),
      cut: [...needed, [head, head.firstChild]]
        .filter(([part, node]) => isCut(part, node))
        .map(([part]) => part.textContent),
    };
  });
}"""
OPEN_ALL = "document.querySelectorAll('main details').forEach((one) => (one.open = true))"
SAY = "(late) => document.querySelectorAll('time.due').forEach((due) => (due.textContent = late))"


def test_a_task_takes_two_lines_of_which_nothing_that_is_needed_is_cut(
    demo_school_live: DemoSchool, page_of: Any
) -> None:
    found: dict[str, list[dict[str, Any]]] = {}
    for language, late in LATE.items():
        User.objects.update(language=language)
        for office in OFFICES:
            page = page_of(demo_school_live.user(office))
            page.goto("/")
            page.evaluate(OPEN_ALL)
            found[f"{office}, {language}"] = page.evaluate(MEASURE)
            page.evaluate(SAY, late)
            found[f"{office}, {language}, all late"] = page.evaluate(MEASURE)
    assert all(found.values())
    assert len(found["koordinator, id"]) > 40
    lines = [(office, line) for office, of_office in found.items() for line in of_office]
    assert [line for line in lines if line[1]["lines"] > 2 or line[1]["cut"]] == []
    assert [line for line in lines if len(HOUR.findall(line[1]["text"])) > 1] == []
