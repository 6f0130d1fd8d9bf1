"""Set up a school on an empty database: its profile, its year, and the first three people.

Nobody is there yet who could give the first offices, so this is done by a command on the machine.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from school import names
from school.head import USUAL
from school.models import OfficeHolding, SchoolProfile, User
from school.models.semesters import Term
from school.models.users import HONORIFICS, Honorific
from school.roles import COORDINATOR, OPERATOR, PRINCIPAL, Role
from school.school_years import begins_in, usual_days
from school.workflow.accounts import FirstPassword, new_password
from school.workflow.semesters import make_semester
from workflow import clock
from workflow.errors import NotNow

FIRST_OFFICES = {"operator": OPERATOR, "coordinator": COORDINATOR, "principal": PRINCIPAL}
"""Who is there from the start; by the name of the question."""
OF_A_MADRASAH = ("ma", "man", "mas", "mts", "mtsn", "mtss")
HEAD_OF_MADRASAH = "Kepala Madrasah"


class Named(NamedTuple):
    """A person as one says and writes them: "Bu Dra. Hj. Sri Wahyuni, M.Pd."."""

    honorific: Honorific
    title_before: str
    name: str
    title_after: str


@dataclass(frozen=True)
class FirstPerson:
    named: Named
    username: str


def read_name(text: str) -> Named:
    """Return the parts of a name with Pak or Bu and titles. Raises NotNow without Pak or Bu."""
    spoken, rest = names.split_address(" ".join(text.split()))
    honorific = HONORIFICS.get(spoken)
    before, name, after = names.split_titles(rest)
    if honorific is None or not name:
        raise NotNow(
            _("Begin with Pak or Bu: “Pak Tri Hartono, A.Md.”, “Bu Dra. Sri Wahyuni, M.Pd.”.")
        )
    return Named(honorific, before, name, after)


def set_up(school: str, year: str, people: Mapping[str, FirstPerson]) -> list[FirstPassword]:
    """Make the school, its year and its people; return their first passwords.

    All of it or nothing. Raises NotNow with the reason where there is a school already, or if
    something given does not fit.
    """
    with transaction.atomic():
        check_empty()
        begun_in = check_year(year)
        _check_people(people)
        SchoolProfile.objects.create(
            pk=SchoolProfile.ONLY, name=school, head_title=head_title_of(school)
        )
        days = {term: usual_days(begun_in, term) for term in Term}
        since = min(clock.today(), days[Term.ODD].first)
        given = [_take_in(FIRST_OFFICES[key], people[key], since) for key in FIRST_OFFICES]
        operator = given[list(FIRST_OFFICES).index("operator")].user
        for term, (first, last) in days.items():
            make_semester(year, term, first, last, by=operator, recaps_from=clock.today())
    return given


def check_empty() -> None:
    """Raise NotNow if the database holds a school, or people."""
    profile = SchoolProfile.objects.first()
    if profile and profile.is_demo:
        raise NotNow(_("This database holds the demo school. Give DATABASE_URL another one."))
    if profile or User.objects.exists():
        raise NotNow(
            _(
                "This database holds a school already: %(school)s. Nothing was changed. Sign in as "
                "its operator to change it; if nobody can, `manage.py changepassword USER_NAME` "
                "gives a new password."
            )
            % {"school": profile.name if profile else "–"}
        )


def check_year(label: str) -> int:
    """Return the calendar year in which a school year begins. Raises NotNow."""
    begun_in = begins_in(label)
    if begun_in is None:
        raise NotNow(_("Write the school year as two years in a row, e.g. 2021/2022."))
    return begun_in


def head_title_of(school: str) -> str:
    """Return how a school calls its head, as its name tells."""
    first = school.casefold().split()[:1]
    return HEAD_OF_MADRASAH if first and first[0] in OF_A_MADRASAH else USUAL


def _check_people(people: Mapping[str, FirstPerson]) -> None:
    usernames = [people[key].username for key in FIRST_OFFICES]
    if len(set(usernames)) < len(usernames):
        raise NotNow(_("Operator, coordinator and principal are three people: give each a name."))


def _take_in(office: Role, person: FirstPerson, since: date) -> FirstPassword:
    """Make a person with an office and a first password."""
    password = new_password()
    user = User.objects.create_user(
        person.username, password, must_change_password=True, **person.named._asdict()
    )
    OfficeHolding.objects.create(user=user, office=office.code, starts_on=since)
    return FirstPassword(user, password)
