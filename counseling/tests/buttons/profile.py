"""The buttons of the operator's pages for the school itself."""

from counseling.tests.buttons.button import Button, acts, url
from counseling.tests.scenarios.students import Students
from school.forms.profile import LETTERHEAD, ProfileForm
from school.models import SchoolProfile
from school.tests import factories as make


def of_profile(students: Students) -> dict[str, Button]:
    """Return the buttons of forms that share one row, in the order in which they are pressed."""
    operator = students.cast.operator
    SchoolProfile.objects.update(left_logo=make.logo())
    profile = SchoolProfile.objects.get()
    held = {name: getattr(profile, name) for name in (*ProfileForm._meta.fields, *LETTERHEAD)}
    sent = {**held, "read_at": profile.version}

    def edits(**values: str) -> int:
        return profile.history.filter(**values).count()

    return {
        "school:profile": Button(
            operator,
            url("school:profile"),
            {**sent, "place": "Parakan"},
            lambda: edits(place="Parakan"),
        ),
        "school:letterhead": Button(
            operator,
            url("school:letterhead"),
            {**sent, "address": "Jl. Sibajag", "read_at": profile.version + 1},
            lambda: edits(address="Jl. Sibajag"),
        ),
        "school:letter_numbers": Button(
            operator,
            url("school:letter_numbers"),
            {
                "summons_number_pattern": "{urut}/BK/{tahun}",
                "assignment_number_pattern": profile.assignment_number_pattern,
                "referral_number_pattern": profile.referral_number_pattern,
                "read_at": profile.version + 2,
            },
            lambda: edits(summons_number_pattern="{urut}/BK/{tahun}"),
        ),
        "school:change_logo": Button(
            operator,
            url("school:change_logo"),
            {"side": "kiri", "remove": "1"},
            acts(profile, "set_logo"),
            each=True,
        ),
    }
