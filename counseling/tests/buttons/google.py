"""The buttons of files of Google: choose, save, delete, forget."""

from counseling.tests.buttons.button import Button, rows, url
from counseling.tests.scenarios.google import meeting
from counseling.tests.scenarios.students import Students
from recaps.models import GoogleFill, KnownName, Sheet
from recaps.queries.google_filling import Filling
from recaps.queries.recap_sheet import own_recap
from recaps.tests.google_files import meet, written
from recaps.workflow.google import remember_names


def of_google(students: Students) -> dict[str, Button]:
    """Return the buttons of files of Google, each for a sheet of its own."""
    cast = students.cast
    chosen, kept = cast.physics, cast.english
    filled, earlier = cast.foreign_english, cast.earlier_period
    meeting(filled, earlier, cast.foreign_students)
    meeting(kept, earlier, cast.students)
    remember_names(kept, {"x": None}, by=cast.guru2)
    place = own_recap(cast.guru2, filled.pk, earlier.pk)
    assert place
    return {
        "recaps:google": Button(
            cast.guru,
            url("recaps:google", chosen.pk, cast.period.pk),
            {"chosen": Participants()},
            rows(GoogleFill, group=chosen.group, period=cast.period),
        ),
        "recaps:google_fill": Button(
            cast.guru2,
            url("recaps:google_fill", filled.pk, earlier.pk),
            {"seal": Filling(place, cast.guru2).plan.seal},
            rows(Sheet, recap__group=filled.group, recap__period=earlier, meetings=1),
        ),
        "recaps:google_remove": Button(
            cast.guru2,
            url("recaps:google_remove", kept.pk, earlier.pk),
            {"file": "all"},
            lambda: 1 - GoogleFill.objects.filter(group=kept.group).count(),
        ),
        "recaps:google_forget": Button(
            cast.guru2,
            url("recaps:google_forget", kept.pk, cast.period.pk),
            {},
            lambda: 1 - KnownName.objects.filter(group=kept.group).count(),
        ),
    }


class Participants:
    """A file of a meeting, which every thread reads from its beginning."""

    name = "2020-08-06.csv"
    content_type = "text/csv"

    def read(self) -> bytes:
        return written(meet({"Siswa 001": "40 min"}))
