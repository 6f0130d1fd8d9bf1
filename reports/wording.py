"""Texts for families: always in Indonesian, and without any word about the case."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from school import wording
from school.models import SchoolProfile


def asks_for_feedback(address: str, until: date) -> str:
    """Return the draft that asks for feedback at `address`."""
    with override(settings.LANGUAGE_CODE):
        words = {
            "greeting": wording.greeting(),
            "school": SchoolProfile.current().name,
            "address": address,
            "until": wording.full_day(until),
        }
        return (
            _(
                "%(greeting)s. Thank you for talking with %(school)s. Please tell us how it was: "
                "three taps, without a name, until %(until)s. %(address)s"
            )
            % words
        )
