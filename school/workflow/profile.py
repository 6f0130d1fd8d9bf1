"""Change the school's profile, letterhead and letter numbers."""

from collections.abc import Mapping

from django.db import transaction

from school.logo_image import drawn_logo
from school.models import Logo, SchoolProfile, User
from school.permissions import is_operator
from workflow.errors import NotAllowed
from workflow.rows import one_of
from workflow.run import log_act
from workflow.versions import save_versioned

SIDES = {"kiri": "left_logo", "kanan": "right_logo"}
"""Side of the letterhead in the address → field of the profile."""


@transaction.atomic
def change_profile(values: Mapping[str, object], *, by: User, read_at: int) -> SchoolProfile:
    """Save values of the school's profile, which is made if there is none.

    Raises NotAllowed, EditConflict.
    """
    if not is_operator(by):
        raise NotAllowed
    row = one_of(SchoolProfile.objects.select_for_update())
    if row is None:
        return SchoolProfile.objects.create(pk=SchoolProfile.ONLY, **values)
    return save_versioned(row, values, read_at=read_at)


@transaction.atomic
def set_logo(side: str, file: bytes | None, *, by: User) -> SchoolProfile:
    """Print a picture on a side of the letterhead, or none; who does it last has it.

    Raises NotAllowed, NotNow if the file is no picture.
    """
    if not is_operator(by):
        raise NotAllowed
    logo = Logo.objects.create(picture=drawn_logo(file)) if file is not None else None
    profile = one_of(SchoolProfile.objects.select_for_update())
    profile = profile or SchoolProfile.objects.create(pk=SchoolProfile.ONLY, name="")
    save_versioned(profile, {SIDES[side]: logo}, read_at=profile.version)
    log_act(profile, "set_logo", by=by)
    return profile
