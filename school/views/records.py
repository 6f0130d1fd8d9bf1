"""The operator's pages for one kind of record: a list, a form to add or edit one, its history.

A kind is a subclass of `Records` that says what it is about; its `urls` make the pages. In the list
one searches, filters, and chooses many rows to act on at once.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school.edits import edits_of
from school.filters import ListFilter
from school.list_files import Column, list_file
from school.models import User
from school.versioned import VersionedForm, save
from school.views.for_operator import for_operator
from school.views.record_parts import Act, AskedAct, Link
from school.views.saving import ANOTHER, saved_once, unsure
from workflow.chosen import chosen
from workflow.errors import Text
from workflow.ids import read_ids
from workflow.submits import Answer, done, refused
from workflow.versions import Versioned, held, save_versioned
from workflow.views import say_done


class Records:
    """One kind of record. A subclass names its model, pages, form, list and columns."""

    model: ClassVar[type[Versioned]]
    path: ClassVar[str]
    """The address of the list, e.g. "sekolah/mapel/"."""
    one: ClassVar[str]
    many: ClassVar[str]
    """The names of the URLs of a record and of the list: "subject", "subjects"."""
    title: ClassVar[Text]
    add_title: ClassVar[Text]
    add_label: ClassVar[Text] = gettext_lazy("Add")
    lead: ClassVar[Text] = ""
    search_label: ClassVar[Text] = gettext_lazy("Search")
    empty: ClassVar[Text]
    """What to do where there is no record yet."""
    icon: ClassVar[str] = "list-check"
    logged: ClassVar[str] = ""
    """As what a look at a record is logged, if its page shows students."""
    form: ClassVar[type[VersionedForm]]
    listed: ClassVar[type[ListFilter]]
    columns: ClassVar[Sequence[Column]] = ()
    acts: ClassVar[Sequence[Act]] = ()
    above_template: ClassVar[str] = ""
    """What a record's page shows above its form, drawn with what `about` returns."""
    past_template: ClassVar[str] = ""
    about_template: ClassVar[str] = ""
    """What a record's page shows beside its form, drawn with what `about` returns."""

    def rows(self) -> QuerySet[Any]:
        """Return all records, with what the columns show; no query a row."""
        return self.model._default_manager.all()

    def pages(self) -> list[Link]:
        """Return what else can be done with the whole list."""
        return []

    def about(self, record: Any) -> dict[str, object]:
        """Return what `above_template` and `about_template` show of a record."""
        return {}

    def named(self, record: Any) -> object:
        """Return how a record is called in the list."""
        return self.columns[0].value(record) if self.columns else str(record)

    def links(self, record: Any) -> list[Link]:
        """Return what else can be done with a record."""
        return []

    def facts(self, record: Any) -> list[tuple[Text, object]]:
        """Return what is known of a record beside what its form asks: label and value."""
        return []

    def list_acts(self, records: Sequence[Any]) -> list[Act]:
        """Return the acts that a list of these records offers: those that fit one of them."""
        return [act for act in self.acts if act.in_list and any(map(act.fits, records))]

    def past(self, record: Any) -> dict[str, object]:
        """Return what `past_template` shows of what became of a record beside its edits."""
        return {}

    def left_out(self, act: Act, record: Any, by: User) -> Link | None:
        """Return why an act leaves out a record, and where that leads; None if it does not."""
        return None

    def remains(self, act: Act, records: Sequence[Any]) -> list[Link]:
        """Return what an act leaves as it is, and where that can be changed; said before it."""
        return []

    def new_form(self, request: HttpRequest) -> VersionedForm:
        return self.form(request.POST or None)

    def form_of(self, request: HttpRequest, record: Any) -> VersionedForm:
        return self.form(request.POST or None, instance=record)

    def create(self, form: VersionedForm, by: User) -> Model:
        """Create the record that the form describes. Raises WorkflowError if it cannot be."""
        return self.model._default_manager.create(**form.values)

    def change(self, record: Any, form: VersionedForm, by: User) -> Versioned:
        """Save the form in a record. Raises EditConflict if somebody else did since it was read."""
        return save_versioned(held(record), form.values, read_at=form.read_at)

    def asks(self, record: Any, form: VersionedForm) -> str:
        """Return what saving a valid form also changes, which the person confirms; "" if nothing.

        `record` is as it is stored.
        """
        return ""

    def after_add(self, record: Any) -> str:
        """Return the page that follows when a record was added."""
        return self.address(self.many)

    @property
    def urls(self) -> list[URLPattern]:
        methods = ("GET", "POST") if self.acts else ("GET",)
        listed = for_operator(*methods, first=self._asked)(self._list)
        return [
            path(self.path, listed, name=self.many),
            path(
                f"{self.path}berkas/",
                for_operator("GET", logged=self.model._meta.label_lower)(self._file),
                name=f"{self.many}_file",
            ),
            path(f"{self.path}baru/", for_operator("GET", "POST")(self._add), name=self._adds),
            path(
                f"{self.path}<id:pk>/",
                for_operator("GET", "POST", logged=self.logged)(self._edit),
                name=self.one,
            ),
            path(
                f"{self.path}<id:pk>/riwayat/",
                for_operator("GET")(self._history),
                name=f"{self.one}_history",
            ),
        ]

    @staticmethod
    def address(name: str, *args: int) -> str:
        return reverse(f"school:{name}", args=args)

    @property
    def _adds(self) -> str:
        return f"add_{self.one}"

    def _list(self, request: HttpRequest, asked: AskedAct) -> Answer | HttpResponse:
        """Show the records that the address asks for, or act on those that were chosen."""
        if request.method == "POST":
            return self._act(request, *asked)
        return self._shown(request)

    def _shown(self, request: HttpRequest) -> HttpResponse:
        asked = self.listed(request, self.rows())
        page = asked.page(asked.qs)
        rows = [
            {
                "pk": record.pk,
                "name": str(record),
                "url": self.address(self.one, record.pk),
                "cells": [(column, column.value(record)) for column in self.columns[1:]],
                "first": self.named(record),
            }
            for record in page.object_list
        ]
        context = {
            "kind": self,
            "asked": asked,
            "page": page,
            "rows": rows,
            "acts": self.list_acts(list(page.object_list)),
            **self._addresses(),
        }
        template = "records_found" if "HX-Request" in request.headers else "records"
        return render(request, f"school/{template}.html", context)

    def _file(self, request: HttpRequest) -> HttpResponse:
        """Send the records that the address asks for as a file."""
        asked = self.listed(request, self.rows())
        return list_file(request, asked, self.columns, asked.qs)

    def _asked(self, request: HttpRequest) -> AskedAct:
        """Return the act that a form asks for, with what it makes first once it is confirmed."""
        act = next((one for one in self.acts if one.name == request.POST.get("act")), None)
        if act is None or act.first is None or "sure" not in request.POST:
            return act, ()
        pks = read_ids(request.POST.getlist("row"))
        return act, (act.first(self.model._default_manager.filter(pk__in=pks).count()),)

    def _act(self, request: HttpRequest, act: Act | None, made: tuple[Any, ...]) -> Answer:
        """Act on the chosen records after one question that says how many, and who is left out."""
        self._hold(request)
        records = chosen(request, "row", self.rows())
        if act is None or not records:
            messages.error(request, _("Choose at least one row."))
            return refused(self._shown(request))
        left = {one.pk: why for one in records if (why := self.left_out(act, one, request.user))}
        fitting = [one for one in records if one.pk not in left]
        if "sure" not in request.POST or not fitting:
            return refused(self._sure_page(request, act, fitting, left))
        did = act.do(fitting, request.user, *made)
        if act.shows:
            return act.shows(request, did, self.address(self.many), list(left.values()))
        say_done(request, did)
        return done(self.address(self.many))

    def _sure_page(
        self, request: HttpRequest, act: Act, records: Sequence[Any], left: Mapping[int, Link]
    ) -> HttpResponse:
        context = {
            "kind": self,
            "act": act,
            "asks": act.ask % {"n": len(records)} if records else act.label,
            "chosen": [(record.pk, self.named(record)) for record in records],
            "left": left,
            "remains": self.remains(act, records),
        }
        status = HTTPStatus.OK if records else HTTPStatus.UNPROCESSABLE_ENTITY
        context |= self._addresses()
        return render(request, "school/records_sure.html", context, status=status)

    def _hold(self, request: HttpRequest) -> None:
        """Lock the chosen rows before they are read: of two who delete one, one finds none."""
        pks = read_ids(request.POST.getlist("row"))
        rows = self.model._default_manager.select_for_update().filter(pk__in=pks)
        list(rows.order_by("pk").values_list("pk"))

    def _add(self, request: HttpRequest) -> Answer:
        form = self.new_form(request)
        if request.method == "POST" and form.is_valid():
            record = saved_once(form, lambda: self.create(form, request.user))
            if record is not None:
                if ANOTHER in request.POST:
                    say_done(request, _("%(name)s was saved.") % {"name": record})
                    return done(request.get_full_path())
                say_done(request, _("Saved."))
                return done(self.after_add(record))
        return refused(self._form_page(request, form, None))

    def _edit(self, request: HttpRequest, pk: int) -> Answer:
        record = get_object_or_404(self.rows(), pk=pk)
        form = self.form_of(request, record)
        if request.method != "POST":
            return refused(self._form_page(request, form, record))
        if asks := unsure(request, form, lambda: self.asks(self.rows().get(pk=pk), form)):
            return refused(self._form_page(request, form, record, asks))
        answer = save(
            request,
            form,
            lambda: self.change(record, form, request.user),
            page=lambda: self._form_page(request, form, record),
            then=lambda: self.address(self.many),
        )
        if answer.is_done:
            say_done(request, _("Saved."))
        return answer

    def _form_page(
        self, request: HttpRequest, form: VersionedForm, record: Versioned | None, asks: str = ""
    ) -> HttpResponse:
        context: dict[str, object] = {"kind": self, "form": form, "asks": asks}
        context |= self._addresses()
        if record is not None:
            stored = get_object_or_404(self.rows(), pk=record.pk)  # the form has changed `record`
            context |= {
                "record": stored,
                "links": self.links(stored),
                "facts": self.facts(stored),
                "acts": [act for act in self.acts if act.fits(stored)],
                "history": self.address(f"{self.one}_history", record.pk),
                **self.about(stored),
            }
        return render(request, "school/record.html", context)

    def _history(self, request: HttpRequest, pk: int) -> HttpResponse:
        record = get_object_or_404(self.rows(), pk=pk)
        labels = {name: field.label for name, field in self.form(instance=record).fields.items()}
        context = {
            "kind": self,
            "record": record,
            "edits": edits_of(record, {name: label for name, label in labels.items() if label}),
            "page_of": self.address(self.one, pk),
            **self.past(record),
        }
        return render(request, "school/record_history.html", context)

    def _addresses(self) -> dict[str, str]:
        return {"list_url": self.address(self.many), "add_url": self.address(self._adds)}
