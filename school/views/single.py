"""The operator's page for a record that is always there: its form, and its history.

The school's profile is one, and what it decided for a semester. A page is a subclass of `Single`.
"""

from copy import copy
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from school.edits import edits_of
from school.models import User
from school.versioned import VersionedForm, save
from school.views.for_operator import for_operator
from school.views.record_parts import Link
from school.views.saving import unsure
from workflow.errors import Text
from workflow.submits import Answer, refused
from workflow.versions import Versioned
from workflow.views import say_done


class Single:
    """A form of one record, which the address names. A subclass says which record and form."""

    path: ClassVar[str]
    name: ClassVar[str]
    """The name of the URL; the history's is the same with "_history"."""
    title: ClassVar[Text]
    form: ClassVar[type[VersionedForm]]
    template: ClassVar[str] = "school/single.html"

    def record(self, **address: int) -> Any:
        """Return the record that the address names. Raises Http404."""
        raise NotImplementedError

    def about(self, record: Any) -> str:
        """Return whose record it is, e.g. the semester."""
        return ""

    def back(self, record: Any) -> str:
        """Return the address to which one goes back, and which follows a save."""
        return reverse("school:desk")

    def links(self, record: Any) -> list[Link]:
        """Return what else can be done with the record."""
        return []

    def change(self, record: Any, form: VersionedForm, by: User) -> Versioned:
        """Save the form in the record. Raises WorkflowError."""
        raise NotImplementedError

    def asks(self, record: Any, form: VersionedForm) -> str:
        """Return what saving a valid form also changes, which the person confirms."""
        return ""

    def context(self, record: Any, form: VersionedForm) -> dict[str, object]:
        """Return what the template needs beside the form."""
        return {}

    @property
    def urls(self) -> list[URLPattern]:
        history = for_operator("GET")(self._history)
        return [
            path(self.path, for_operator("GET", "POST")(self._edit), name=self.name),
            path(f"{self.path}riwayat/", history, name=f"{self.name}_history"),
        ]

    def shown(self, request: HttpRequest, **address: int) -> HttpResponse:
        """Return the page as it is before anything is typed."""
        record = self.record(**address)
        return self._page(request, self.form(instance=copy(record)), record, address)

    def _edit(self, request: HttpRequest, **address: int) -> Answer:
        record = self.record(**address)
        form = self.form(request.POST or None, instance=copy(record))
        if request.method != "POST":
            return refused(self._page(request, form, record, address))
        if asks := unsure(request, form, lambda: self.asks(record, form)):
            return refused(self._page(request, form, record, address, asks))
        answer = save(
            request,
            form,
            lambda: self.change(record, form, request.user),
            page=lambda: self._page(request, form, record, address),
            then=lambda: self.back(record),
        )
        if answer.is_done:
            say_done(request, _("Saved."))
        return answer

    def _page(
        self,
        request: HttpRequest,
        form: VersionedForm,
        record: Any,
        address: dict[str, int],
        asks: str = "",
    ) -> HttpResponse:
        context = {
            "kind": self,
            "form": form,
            "record": record,
            "about": self.about(record),
            "asks": asks,
            "list_url": self.back(record),
            "links": self.links(record),
            "history": reverse(f"school:{self.name}_history", kwargs=address),
        }
        return render(request, self.template, context | self.context(record, form))

    def _history(self, request: HttpRequest, **address: int) -> HttpResponse:
        record = self.record(**address)
        labels = {name: field.label for name, field in self.form(instance=record).fields.items()}
        labels |= getattr(self.form, "labels_of_parts", {})
        context = {
            "kind": self,
            "about": self.about(record),
            "edits": edits_of(record, {name: label for name, label in labels.items() if label}),
            "page_of": reverse(f"school:{self.name}", kwargs=address),
        }
        return render(request, "school/single_history.html", context)
