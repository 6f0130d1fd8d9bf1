"""What stays with people, as links to the pages on which it is passed on."""

from collections.abc import Iterable

from school.models import User
from school.remains import remains_of
from school.views.record_parts import Link
from workflow.addresses import address


def links_of(people: Iterable[User]) -> list[Link]:
    """Return for each person what stays with them, and where the operator passes it on.

    A line leads nowhere if it is about cases alone: the coordinator hands these over.
    """
    named = {person.pk: person for person in people}
    found = []
    for pk, stays in remains_of(named).items():
        name = named[pk].full_name
        if stays.taught:
            url = address("school:replace_teacher", pk)
            found.append(Link(name, url, "arrow-repeat", stays.taught))
        if stays.counselors:
            url = address("school:pass_classes", pk) if stays.counseled else ""
            found.append(Link(name, url, "people", stays.counselors))
    return found
