"""What cases wait for on the rungs of this room, and at their end."""

from django.utils.translation import gettext_lazy as _

from cases.steps import Wait

REVIEW = Wait("review", _("Review the case"))
FIRST_CONTACT = Wait("first", _("Make the first contact"))
CONTACT_AGAIN = Wait("again", _("Contact again"))
DECIDE = Wait("decide", _("Decide next step"))
MEETING = Wait("meeting", _("Meeting of a summons"))
OUTCOME = Wait("outcome", _("Record the outcome"))
CLOSE = Wait("close", _("Close the case"))
