"""What becomes of files of Google before they wait: other classes and other columns are dropped."""

from django.utils.translation import gettext as _

from recaps.google import form
from recaps.google.counting import unknown_words
from recaps.google.fill import Fill, GivenFile
from recaps.google.form import Columns
from recaps.google.intake import Neighbors, kept, of_the_group
from recaps.google.matching import Members, digest_of
from recaps.google.said import Form
from recaps.models import KnownColumns
from school.sheets.cells import folded
from school.sheets.errors import NotReadable

MOST_WORDS = 20
"""Different answers that are no attendance: more of them are another question."""
MOST_UNKNOWN = 200
"""People of one file of whom it would have to be asked who they are."""


def taken_in(
    file: GivenFile, members: Members, neighbors: Neighbors, known: dict[str, KnownColumns]
) -> GivenFile:
    """Return what may be kept of a file; its columns are known if they were said before.

    Raises NotReadable if nobody of the group is in it.
    """
    said, left_out = kept(file.said, members, neighbors)
    taken = GivenFile(file.name, said, left_out)
    if isinstance(said, Form) and (before := known.get(head_of(said))):
        try:
            taken = settled(taken, Columns(*before.columns), members, neighbors)
        except NotReadable:
            return taken
    if not taken.length:
        raise NotReadable(_("Nobody of this group is in it. Choose the file of this group."))
    _refuse_strangers(taken, members)
    return taken


def settled(file: GivenFile, columns: Columns, members: Members, neighbors: Neighbors) -> GivenFile:
    """Return the answers of a form as these columns say, without all others.

    Raises NotReadable if they cannot be the columns that are meant.
    """
    said = file.said
    assert isinstance(said, Form)
    if columns.email == columns.name == form.NOTHING:
        raise NotReadable(_("Choose the column of the name or the e-mail."))
    answers = form.answers_of(said, columns)
    ours = of_the_group(answers, members, neighbors)
    made = GivenFile(file.name, form.reduced(said, ours, len(answers) - len(ours)), file.left_out)
    if len(unknown_words(Fill([made]))) > MOST_WORDS:
        raise NotReadable(
            _("The column of the answer has more than %(n)s different answers. Choose another one.")
            % {"n": MOST_WORDS}
        )
    if not ours:
        raise NotReadable(_("Nobody of this group is in it. Choose the column of the class again."))
    _refuse_strangers(made, members)
    return made


def _refuse_strangers(file: GivenFile, members: Members) -> None:
    """Raise NotReadable for more people than anybody answers for."""
    if sum(map(members.is_unknown, file.said.people)) > MOST_UNKNOWN:
        raise NotReadable(
            _(
                "More than %(n)s people in it are unknown in this group by e-mail and by name. "
                "Delete their rows, or choose the file of this group."
            )
            % {"n": MOST_UNKNOWN}
        )


def head_of(said: Form) -> str:
    """Return what is the same for two forms with the same questions."""
    return digest_of("|".join(map(folded, said.head)))
