"""Templates are indented for readers; the loader removes that white space from pages."""

import pytest
from django.template.loader import get_template, render_to_string

from counseling.template_loader import tightened

pytestmark = pytest.mark.sqlite

LAID_OUT = {
    "between tags nothing stays": (
        "<ul>\n  <li>a</li>\n\n  <li>b</li>\n</ul>\n",
        "<ul><li>a</li><li>b</li></ul>",
    ),
    "between a tag and a word nothing stays": ("<b>\n  a\n</b>", "<b>a</b>"),
    "between two words a space stays": ("<p>one\n  two\n</p>", "<p>one two</p>"),
    "a value is a word": ("{{ a }}\n  · {{ b }}\n  {{ c }}", "{{ a }} · {{ b }} {{ c }}"),
    "a space within a line stays": ("<b>a</b> <i>b</i>", "<b>a</b> <i>b</i>"),
    "a space at a line's end can be written": ("<b>a</b>&#32;\n<i>b</i>", "<b>a</b> <i>b</i>"),
    "a tag of Django is a tag": (
        "{% if a %}\n  {{ a }}\n{% else %}\n  –\n{% endif %}",
        "{% if a %}{{ a }}{% else %}–{% endif %}",
    ),
    "attributes may stand on lines of their own": (
        '<a\n  class="b"\n  href="{% url "x" %}"\n  {% if c %}data-c{% endif %}\n>\n  a\n</a>',
        '<a class="b" href="{% url "x" %}" {% if c %}data-c{% endif %}>a</a>',
    ),
    "a value of an attribute may be laid out": (
        '<a aria-label="\n  {% translate "Call" %}&#32;\n  {{ name }}" title="a\n b">a</a>',
        '<a aria-label="{% translate "Call" %} {{ name }}" title="a b">a</a>',
    ),
    "a sign of a comparison ends no tag": (
        '<a {% if a > b %}\n  href="?a>b"{% endif %}\n>a</a>',
        '<a {% if a > b %} href="?a>b"{% endif %}>a</a>',
    ),
    "a comment leaves nothing": ("one\n{# why #}\ntwo<b>\n  {# why #}\n</b>", "one two<b></b>"),
    "a lone sign is text": ("a < b\n<i>c</i> { d }", "a < b<i>c</i> { d }"),
    "a hard space stays": (
        "<b>a</b>\n\N{NO-BREAK SPACE}<b>b</b>",
        "<b>a</b>\N{NO-BREAK SPACE}<b>b</b>",
    ),
}
KEPT = [
    "<pre>\n  a\n  b</pre>",
    "<textarea\n  name='a'>\n a\n</textarea>",
    "<script>\n// a\nb();\n</script>",
    "<style>\n a {}\n</style>",
    "{% blocktranslate trimmed %}\n  one\n  <b>two</b>\n{% endblocktranslate %}",
    "{% verbatim %}\n  <b>\n  a</b>\n{% endverbatim %}",
]


@pytest.mark.parametrize("name", LAID_OUT)
def test_layout_leaves_no_white_space(name: str) -> None:
    source, tight = LAID_OUT[name]
    assert tightened(source) == tight


@pytest.mark.parametrize("source", KEPT)
def test_what_means_its_line_breaks_keeps_them(source: str) -> None:
    assert tightened(f"<p>\n  a\n</p>\n{source}\n<p>b</p>") == f"<p>a</p>{source}<p>b</p>"


def test_the_project_loads_its_templates_so() -> None:
    assert "\n" not in render_to_string("components/timeline.html", {"entries": []})


def test_templates_of_packages_stay_as_they_are() -> None:
    package_template: object = get_template("bootstrap5/field.html")
    assert "\n" in package_template.template.source  # type: ignore[attr-defined]
