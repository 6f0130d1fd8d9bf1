"""The operator's pages for the people of the school and their accounts."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy, ngettext, ngettext_lazy

from school.filter_kinds import Choice, Rows, Search
from school.filters import ListFilter
from school.forms.person import PersonForm
from school.list_files import Column
from school.models import (
    HomeroomAssignment,
    OfficeHolding,
    OfficeRequest,
    TeachingAssignment,
    User,
)
from school.offices_held import office_edits_of
from school.permissions import may_teach
from school.readiness import without_password
from school.roles import OFFICES
from school.ties import ties_of
from school.versioned import VersionedForm
from school.views.first_passwords import slips
from school.views.record_parts import Act, Link
from school.views.records import Records
from school.views.remaining import links_of
from school.wording import date_range, full_day
from school.workflow import people
from school.workflow.accounts import has_second_factor, new_passwords
from school.workflow.office_request import what_to_ask
from workflow import clock
from workflow.errors import Text

NEVER = gettext_lazy("never")
OPENS = frozenset({"give_first_password", "enable", "reset_second_factor"})
"""Acts that let somebody into an account: of a guarded one they wait for a yes."""


class OfficeChoice(Choice):
    def __init__(self) -> None:
        offices = [(code, role.label) for code, role in OFFICES.items()]
        super().__init__(gettext_lazy("Role"), choices=offices)

    def filter(self, qs: Rows, value: str) -> Rows:
        if not value:
            return qs
        return qs.filter(pk__in=OfficeHolding.objects.today().filter(office=value).values("user"))


class AccountChoice(Choice):
    """Whether people can sign in; by default the list has those who can."""

    def __init__(self) -> None:
        choices = [
            ("never", gettext_lazy("Never signed in")),
            ("no_password", gettext_lazy("With a task, without a password")),
            ("disabled", gettext_lazy("Disabled")),
        ]
        super().__init__(gettext_lazy("Account"), choices=choices, chips=3)

    def filter(self, qs: Rows, value: str) -> Rows:
        if value == "no_password":
            return qs.filter(pk__in=without_password().values("pk"))
        rows = qs.filter(is_active=value != "disabled")
        return rows.filter(last_login=None) if value == "never" else rows


class PeopleFilter(ListFilter):
    head = gettext_lazy("Teachers and staff")
    q = Search("name__icontains", "username__icontains", "nip__startswith")
    account = AccountChoice()
    office = OfficeChoice()

    def number_of(self, rows: int) -> str:
        return ngettext("%(n)s person", "%(n)s people", rows) % {"n": rows}


def disable(persons: Sequence[User], by: User) -> str:
    people.disable(persons, by=by)
    words = ngettext("%(n)s account disabled.", "%(n)s accounts disabled.", len(persons))
    return words % {"n": len(persons)}


def enable(persons: Sequence[User], by: User) -> str:
    people.enable(persons, by=by)
    words = ngettext("%(n)s account enabled.", "%(n)s accounts enabled.", len(persons))
    return words % {"n": len(persons)}


def reset_second_factor(persons: Sequence[User], by: User) -> str:
    people.reset_second_factor(persons, by=by)
    return gettext("Two-step sign-in was reset. It is set up again at the next sign-in.")


def people_of_today() -> QuerySet[User]:
    """Return all people, with the offices and assignments of today; a fixed number of queries."""
    teaching = TeachingAssignment.objects.today().select_related("group__subject")
    homerooms = HomeroomAssignment.objects.today().select_related("school_class")
    today: list[Prefetch] = [
        Prefetch("office_holdings", OfficeHolding.objects.today().order_by("starts_on")),
        Prefetch("homerooms", homerooms.order_by("school_class__place")),
        Prefetch("teaching", teaching.order_by("group__subject__name")),
    ]
    guarded = Exists(User.objects.guarded().filter(pk=OuterRef("pk")))
    rows = User.objects.annotate(guarded=guarded).order_by("name")
    return rows.prefetch_related(*today)


def works_as(person: User) -> str:
    """Return the offices and assignments of today in words; of a person of `people_of_today`."""
    homerooms = [row.school_class.name for row in person.homerooms.all()]
    subjects = dict.fromkeys(row.group.subject.name for row in person.teaching.all())
    words = [str(held.title) for held in person.office_holdings.all()]
    if homerooms:
        classes = ", ".join(homerooms)
        words.append(gettext("Homeroom teacher of %(classes)s") % {"classes": classes})
    if subjects:
        words.append(gettext("teaches %(subjects)s") % {"subjects": ", ".join(subjects)})
    return " · ".join(words) or "–"


def days_of(held: OfficeHolding) -> str:
    """Return from when until when an office is held."""
    since = gettext("since %(day)s") % {"day": full_day(held.starts_on)}
    if held.starts_on > clock.today():
        since = gettext("from %(day)s on") % {"day": full_day(held.starts_on)}
    until = held.ends_on and gettext("until %(day)s") % {"day": full_day(held.ends_on)}
    return f"{since}, {until}" if until else since


def former_offices(person: User) -> list[str]:
    """Return the offices that have ended, with their days, the last one first."""
    ended = OfficeHolding.objects.filter(user=person, ends_on__lt=clock.today())
    return [
        f"{held.title} ({date_range(held.starts_on, held.ends_on)})"
        for held in ended.order_by("-ends_on", "-pk")
        if held.ends_on
    ]


def signed_in(person: User) -> Text:
    """Return when the person signed in last, or that they cannot."""
    if not person.is_active:
        return gettext("Disabled")
    return full_day(person.last_login) if person.last_login else NEVER


class People(Records):
    model = User
    path = "sekolah/orang/"
    one, many = "person", "people"
    title = gettext_lazy("Teachers and staff")
    add_title = gettext_lazy("Add a person")
    search_label = gettext_lazy("Name, user name or NIP")
    empty = gettext_lazy("Add people, or import them from a file.")
    icon = "person"
    form = PersonForm
    listed = PeopleFilter
    above_template = "school/person_requests.html"
    past_template = "school/office_edits.html"
    columns = (
        Column(gettext_lazy("Name"), lambda person: person.full_name),
        Column(gettext_lazy("Role and assignments today"), works_as),
        Column(gettext_lazy("User name"), lambda person: person.username),
        Column(gettext_lazy("Last sign-in"), signed_in),
    )
    acts = (
        Act(
            "give_first_password",
            gettext_lazy("Give a first password"),
            ngettext_lazy(
                "Give %(n)d person a new first password? The one they have stops working.",
                "Give %(n)d people a new first password? The ones they have stop working.",
                "n",
            ),
            lambda persons, by, made: people.give_first_passwords(persons, by=by, made=made),
            fits=lambda person: not person.guarded,
            first=new_passwords,
            shows=slips,
        ),
        Act(
            "disable",
            gettext_lazy("Disable"),
            ngettext_lazy(
                "Disable the account of %(n)d person? They are signed out at once.",
                "Disable the accounts of %(n)d people? They are signed out at once.",
                "n",
            ),
            disable,
            fits=lambda person: person.is_active,
        ),
        Act(
            "enable",
            gettext_lazy("Enable"),
            ngettext_lazy(
                "Enable the account of %(n)d person?", "Enable the accounts of %(n)d people?", "n"
            ),
            enable,
            fits=lambda person: not person.is_active and not person.guarded,
        ),
        Act(
            "reset_second_factor",
            gettext_lazy("Reset two-step sign-in"),
            ngettext_lazy(
                "Reset the two-step sign-in of %(n)d person?",
                "Reset the two-step sign-in of %(n)d people?",
                "n",
            ),
            reset_second_factor,
            fits=lambda person: not person.guarded and has_second_factor(person),
            in_list=False,
        ),
    )

    def rows(self) -> QuerySet[User]:
        return people_of_today()

    def about(self, record: User) -> dict[str, object]:
        """Return the requests about the person that wait for an answer."""
        waiting = OfficeRequest.objects.waiting().filter(person=record)
        return {"waiting": waiting.select_related("person", "asked_by")}

    def past(self, record: User) -> dict[str, object]:
        return {"office_edits": office_edits_of(record)}

    def links(self, record: User) -> list[Link]:
        """Return the person's offices of today and later, each to be ended, and what to ask for."""
        holdings = OfficeHolding.objects.from_today().filter(user=record).order_by("starts_on")
        ends = [
            Link(held.title, self.address("end_office", held.pk), "person", days_of(held))
            for held in holdings
        ]
        give = Link(gettext("Give a role"), self.address("give_office", record.pk), "plus-lg")
        return [*ends, give, *self._passing_on(record), *self._asking(record)]

    def left_out(self, act: Act, record: Any, by: User) -> Link | None:
        """Leave out oneself, who needs a request, and to whom it is done already."""
        if record.pk == by.pk:
            return self._left(record, gettext("Your own account: ask another operator."))
        if record.guarded and act.name in OPENS:
            url = self.address("ask_for", record.pk)
            return self._left(record, gettext("Needs a yes: make a request."), url)
        if not act.fits(record):
            return self._left(record, gettext("There is nothing to do."))
        return None

    def _left(self, record: User, why: str, url: str = "") -> Link:
        return Link(record.full_name, url or self.address("person", record.pk), "person", why)

    def remains(self, act: Act, records: Sequence[User]) -> list[Link]:
        """Return what stays with people who are disabled, and where it is passed on."""
        return links_of(records) if act.name == "disable" else []

    def _asking(self, record: User) -> list[Link]:
        if not what_to_ask(record):
            return []
        more = gettext("What needs the yes of the coordinator or the principal")
        label, url = gettext("Make a request"), self.address("ask_for", record.pk)
        return [Link(label, url, "check2-circle", more)]

    def facts(self, record: User) -> list[tuple[Text, object]]:
        facts: list[tuple[Text, object]] = [
            (gettext("Today"), works_as(record)),
            (gettext("Last sign-in"), signed_in(record)),
        ]
        has_lessons = record.teaching.all() or record.homerooms.all()
        if record.is_active and has_lessons and not may_teach(record):
            waits = gettext("These open nothing to an operator yet: make a request for it.")
            facts.insert(1, (gettext("Lessons and classes"), waits))
        if former := former_offices(record):
            facts.append((gettext("Earlier roles"), "; ".join(former)))
        return facts

    def _passing_on(self, record: User) -> list[Link]:
        """Return the ways to give to others what the person teaches, leads and counsels."""
        links = []
        if record.teaching.all() or record.homerooms.all():
            url = self.address("replace_teacher", record.pk)
            links.append(Link(gettext("Replace a teacher"), url, "arrow-repeat"))
        if ties_of(record).counseled_classes:
            url = self.address("pass_classes", record.pk)
            links.append(Link(gettext("Pass on a counselor's classes"), url, "people"))
        return links

    def form_of(self, request: HttpRequest, record: Any) -> PersonForm:
        return PersonForm(request.POST or None, instance=record, keeps_user_name=record.guarded)

    def create(self, form: VersionedForm, by: User) -> User:
        return people.add_person(form.values, by=by)

    def change(self, record: User, form: VersionedForm, by: User) -> User:
        return people.edit_person(record, form.values, read_at=form.read_at)

    def after_add(self, record: User) -> str:
        return self.address("person", record.pk)
