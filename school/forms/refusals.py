"""What Django itself says of what a form refuses, and of passwords.

The texts are Django's; listed here, they belong to the catalogue, which says them as the school
would ("Isian ini wajib diisi.") before Django's own does ("Bidang ini tidak boleh kosong.").
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext

TEXTS = (
    _("This field is required."),
    _("Enter a valid date."),
    _("Enter a valid time."),
    _("Enter a valid date/time."),
    _("Enter a whole number."),
    _("Enter a number."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("The two password fields didn’t match."),
    _("You must type the same password each time."),
    _("This password is too common."),
)


def counted(number: int) -> tuple[str, ...]:
    """Return the texts that count characters, for a number of them."""
    return (
        ngettext(
            "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
            "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
            number,
        ),
        ngettext(
            "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
            "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
            number,
        ),
        ngettext(
            "This password is too short. It must contain at least %d character.",
            "This password is too short. It must contain at least %d characters.",
            number,
        ),
    )
