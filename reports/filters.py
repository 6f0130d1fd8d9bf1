"""The filters of the list of what is late."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from reports.running.late import KINDS, LISTS, MISSING, SUPPLEMENTS
from school.filter_kinds import EVERY, Choice
from school.filters import OneSemester


class LateFilter(OneSemester):
    """What teachers and homeroom teachers are late with in a semester."""

    of = Choice(_("What is late"), choices=KINDS.items(), initial=MISSING, chips=EVERY)

    def title_words(self, said: Mapping[str, str]) -> list[str]:
        return [str(KINDS[self.value("of")]), *(said[name] for name in said if name != "of")]

    def number_of(self, rows: int) -> str:
        if self.value("of") in (LISTS, SUPPLEMENTS):
            words = ngettext("%(n)s class list", "%(n)s class lists", rows)
        else:
            words = ngettext("%(n)s recap", "%(n)s recaps", rows)
        return words % {"n": rows}
