"""Texts for families: always in Indonesian, and without any word about the case."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from cases.models import Case, Summons
from school import wording
from school.contacts import Drafts
from school.models import SchoolProfile, User
from school.permissions import is_counselor


def first_messages(by: User) -> Drafts:
    """Return the drafts of a first message to parents and to the student."""
    with override(settings.LANGUAGE_CODE):
        words = {
            "greeting": wording.greeting(),
            "name": by.name,
            "called": by.called,
            "role": _role(by),
            "school": SchoolProfile.current().name,
        }
        to_parents = _(
            "%(greeting)s, Bapak/Ibu. I am %(name)s, %(role)s of %(school)s. Is this the number of "
            "a parent or guardian of our student? If it suits you, when may I call you? Thank you."
        )
        to_student = _("%(greeting)s. This is %(called)s, %(role)s. When can we talk for a moment?")
        return Drafts(to_parents % words, to_student % words)


def _role(by: User) -> str:
    """Return as what a person writes to a family: "Guru BK", "Wali Kelas X-1", else the office."""
    if is_counselor(by):
        return _("School counselor")
    if homerooms := by.ties.homerooms:
        classes = ", ".join(sorted(home.name for home in homerooms))
        return _("Homeroom teacher of %(classes)s") % {"classes": classes}
    return by.title_line


def letter_comes(summons: Summons, by: User) -> str:
    """Say that a letter from the school is on its way, with the day that it asks for."""
    with override(settings.LANGUAGE_CODE):
        return _(
            "%(greeting)s, Bapak/Ibu. I am %(name)s, school counselor at %(school)s. "
            "A letter from the school is on its way to you. "
            "We hope to meet you on %(day)s at %(time)s in %(place)s. Thank you."
        ) % {
            "greeting": wording.greeting(),
            "name": by.name,
            "school": SchoolProfile.current().name,
            "day": wording.long_date(summons.meets_at),
            "time": wording.clock_time(summons.meets_at),
            "place": summons.place,
        }


def usual_purpose() -> str:
    """Return the usual purpose of a letter: neutral, since others may open it."""
    with override(settings.LANGUAGE_CODE):
        return _("to talk about how your child is getting on at school")


def usual_host(case: Case) -> str:
    """Return the usual person whom the parents are to meet."""
    with override(settings.LANGUAGE_CODE):
        who = _("School counselor")
    return f"{who} ({case.counselor.full_name})" if case.counselor else who
