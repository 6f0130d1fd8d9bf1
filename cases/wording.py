"""Texts for parents: always in Indonesian, and without any word about the case."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from cases.models import Case, Summons
from school import wording
from school.models import SchoolProfile, User
from school.permissions import is_counselor


def greeting(by: User) -> str:
    """Return the draft of a first message; a counselor's says that they are one."""
    with override(settings.LANGUAGE_CODE):
        text = (
            _(
                "Good day. I am %(name)s, school counselor at %(school)s. "
                "Could you spare a moment to talk? Thank you."
            )
            if is_counselor(by)
            else _(
                "Good day. I am %(me)s of %(school)s. When would it suit you to talk for a moment?"
            )
        )
        return text % {"name": by.name, "me": by.name, "school": SchoolProfile.current().name}


def letter_comes(summons: Summons, by: User) -> str:
    """Say that a letter from the school is on its way, with the day that it asks for."""
    with override(settings.LANGUAGE_CODE):
        return _(
            "Good day. I am %(name)s, school counselor at %(school)s. "
            "A letter from the school is on its way to you. "
            "We hope to meet you on %(day)s at %(time)s in %(place)s. Thank you."
        ) % {
            "name": by.name,
            "school": SchoolProfile.current().name,
            "day": wording.long_date(summons.meets_at),
            "time": wording.clock_time(summons.meets_at),
            "place": summons.place,
        }


def usual_purpose() -> str:
    """Return the usual purpose of a letter: neutral, since others may open it."""
    with override(settings.LANGUAGE_CODE):
        return _("how your child is getting on at school")


def usual_host(case: Case) -> str:
    """Return the usual person whom the parents are to meet."""
    with override(settings.LANGUAGE_CODE):
        who = _("School counselor")
    return f"{who} ({case.counselor.name})" if case.counselor else who
