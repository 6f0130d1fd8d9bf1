"""Texts for parents: always Indonesian, and never a word of the case."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from cases.models import Case, Summons
from school import wording
from school.models import SchoolProfile, User
from school.permissions import is_counselor


def greeting(by: User) -> str:
    """Return the draft of a first message; only a counselor writes as one."""
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
    """Return what a letter says it is about, unless typed over: neutral, whoever opens it."""
    with override(settings.LANGUAGE_CODE):
        return _("how your child is getting on at school")


def usual_host(case: Case) -> str:
    """Say whom the parents are to meet, unless typed over."""
    with override(settings.LANGUAGE_CODE):
        who = _("School counselor")
    return f"{who} ({case.counselor.name})" if case.counselor else who
