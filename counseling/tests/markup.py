"""Reads the links, forms, fields and messages of a page, as a browser does."""

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

WITHOUT_VALUE = {"submit", "button", "image", "reset", "file"}
TYPED = {
    "text",
    "textarea",
    "search",
    "tel",
    "email",
    "number",
    "date",
    "time",
    "datetime-local",
}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass
class Field:
    """A field of a form: its name, its kind, its options and the values that it holds."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    longest: int | None = None

    @property
    def is_typed(self) -> bool:
        """Return whether a person types into it, so that its text must not be lost."""
        return self.kind in TYPED


@dataclass
class Form:
    method: str
    action: str
    id: str = ""
    is_queued: bool = False
    """Whether a script sends it while a person types, and expects JSON."""
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    """Name and value of each button; both empty for a plain one."""

    def add(self, name: str, kind: str, value: str | None, attrs: dict[str, Any]) -> None:
        found = self.fields.setdefault(name, Field(name, kind))
        if attrs.get("maxlength"):
            found.longest = int(attrs["maxlength"])
        if kind in {"radio", "checkbox"}:
            found.options.append(value or "on")
            if "checked" in attrs:
                found.values.append(value or "on")
        elif value is not None:
            found.values.append(value)

    @property
    def data(self) -> dict[str, list[str]]:
        """Return what the form sends if nobody changes it."""
        return {name: list(found.values) for name, found in self.fields.items()}


@dataclass
class Markup:
    links: list[str] = field(default_factory=list)
    assets: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    text: str = ""
    said: str = ""
    """The text of alerts, toasts and field errors."""

    @property
    def posts(self) -> list[Form]:
        """Return the forms that change something and have a button."""
        return [form for form in self.forms if form.method == "post" and form.buttons]


def read(html: str) -> Markup:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.join_by_id()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Markup()
        self.open: list[tuple[str, bool]] = []
        self.form: Form | None = None
        self.elsewhere: list[tuple[str, str, str, str | None, dict[str, Any]]] = []
        self.formactions: list[tuple[dict[str, Any], Form | None]] = []
        self.select: tuple[str, dict[str, Any]] | None = None
        self.option: str | None = None
        self.area: tuple[str, dict[str, Any], list[str]] | None = None

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attrs: dict[str, Any] = dict(pairs)
        if tag not in VOID:
            self.open.append((tag, _says(attrs)))
        if any(around == "template" for around, _ in self.open):
            return  # a script uses it; it is not part of the page
        if handle := getattr(self, f"start_{tag}", None):
            handle(attrs)

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index][0] == tag:
                del self.open[index:]
                break
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.area:
            name, attrs, words = self.area
            self.area = None
            self.put(name, "textarea", "".join(words).removeprefix("\n"), attrs)

    def handle_data(self, data: str) -> None:
        if self.area:
            self.area[2].append(data)
        if any(tag in {"script", "style", "template"} for tag, _ in self.open):
            return
        self.found.text += data
        if data.strip() and any(says for _, says in self.open):
            self.found.said += data.strip() + " "

    def start_a(self, attrs: dict[str, Any]) -> None:
        if attrs.get("href"):
            self.found.links.append(attrs["href"])

    def start_link(self, attrs: dict[str, Any]) -> None:
        if attrs.get("rel") in {"stylesheet", "icon", "manifest"}:
            self.found.assets.append(attrs["href"])

    def start_script(self, attrs: dict[str, Any]) -> None:
        if attrs.get("src"):
            self.found.assets.append(attrs["src"])

    def start_img(self, attrs: dict[str, Any]) -> None:
        """A lazy picture is fetched when it comes in view, so it is none of what the page loads."""
        if attrs.get("loading") != "lazy":
            self.found.assets.append(attrs["src"])

    def start_use(self, attrs: dict[str, Any]) -> None:
        self.found.assets.append(attrs["href"].partition("#")[0])

    def start_form(self, attrs: dict[str, Any]) -> None:
        method = attrs.get("method", "get").lower()
        self.form = Form(method, attrs.get("action") or "", attrs.get("id") or "")
        self.form.is_queued = "data-queue" in attrs
        self.found.forms.append(self.form)

    def start_input(self, attrs: dict[str, Any]) -> None:
        kind = attrs.get("type", "text")
        if attrs.get("name") and kind not in WITHOUT_VALUE and "disabled" not in attrs:
            value = attrs.get("value", None if kind in {"radio", "checkbox"} else "")
            self.put(attrs["name"], kind, value, attrs)

    def start_button(self, attrs: dict[str, Any]) -> None:
        if attrs.get("data-href"):
            self.found.links.append(attrs["data-href"])
        if attrs.get("formaction"):
            self.formactions.append((attrs, self.form))
            return
        if "disabled" in attrs or attrs.get("type") == "button":
            return
        name, value = attrs.get("name", ""), attrs.get("value", "")
        if self.form and "form" not in attrs:
            self.form.buttons.append((name, value))
        else:
            self.elsewhere.append(("button", name, "", value, attrs))

    def start_textarea(self, attrs: dict[str, Any]) -> None:
        if attrs.get("name"):
            self.area = (attrs["name"], attrs, [])

    def start_select(self, attrs: dict[str, Any]) -> None:
        if attrs.get("name"):
            self.select = (attrs["name"], attrs)
            self.put(attrs["name"], "select", None, attrs)

    def start_option(self, attrs: dict[str, Any]) -> None:
        if self.select and (form := self.owner(self.select[1])):
            found = form.fields[self.select[0]]
            found.options.append(attrs.get("value", ""))
            if "selected" in attrs or not found.values:
                found.values = [attrs.get("value", "")]

    def put(self, name: str, kind: str, value: str | None, attrs: dict[str, Any]) -> None:
        if form := self.owner(attrs):
            form.add(name, kind, value, attrs)
        elif attrs.get("form"):
            self.elsewhere.append((kind, name, attrs["form"], value, attrs))

    def owner(self, attrs: dict[str, Any]) -> Form | None:
        """Return the form that a field names, or else the form around it."""
        if "form" in attrs:
            return next((form for form in self.found.forms if form.id == attrs["form"]), None)
        return self.form

    def join_by_id(self) -> None:
        """Add to each form the fields outside of it that name it."""
        for kind, name, _form, value, attrs in self.elsewhere:
            if not (form := self.owner(attrs)):
                continue
            if kind == "button":
                form.buttons.append((name, value or ""))
            else:
                form.add(name, kind, value, attrs)
        self.split_by_button()

    def split_by_button(self) -> None:
        """Make a form of its own for each button that has an address of its own."""
        for attrs, around in self.formactions:
            form = self.owner(attrs) if "form" in attrs else around
            if form is None:
                continue
            if form in self.found.forms and not form.action and not form.buttons:
                self.found.forms.remove(form)
            self.found.forms.append(replace(form, action=attrs["formaction"]))


def _says(attrs: dict[str, Any]) -> bool:
    classes = (attrs.get("class") or "").split()
    return attrs.get("role") == "alert" or bool(
        {"toast-s", "notice", "invalid-feedback", "errorlist"} & set(classes)
    )
