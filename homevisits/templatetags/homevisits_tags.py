"""Rows that lists of visits draw many times."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from homevisits.models import Visit
from homevisits.queries import Proposal
from homevisits.standing import standing_of
from school import wording
from school.templatetags import words

register = template.Library()


@register.simple_tag
def visit_state(visit: Visit, state: str) -> SafeString:
    """Draw where a visit stands: colour, icon and word."""
    return words.standing(standing_of(visit, state))


@register.simple_tag
def proposal_row(proposal: Proposal) -> SafeString:
    """Draw a proposed visit as a row, which names the student only to readers who may open it."""
    visit, case = proposal.visit, proposal.visit.case
    proposed_on = wording.day(visit.proposed_on)
    counselor = case.counselor.called if case.counselor else ""
    return format_html(
        '<tr><td>{} <small class="muted only-phone no-print">· {}</small>{}</td>'
        '<td class="only-wide text-nowrap">{}</td>'
        '<td>{}<small class="muted only-phone d-block no-print">{}{} {}</small></td>'
        '<td class="muted only-wide">{}</td><td class="text-nowrap only-wide">{}</td>'
        "<td>{}</td></tr>",
        *(_student(proposal), case.class_name or "", _number(proposal), case.class_name or ""),
        *(proposal.basis, f"{counselor} · " if counselor else "", _("proposed"), proposed_on),
        *(counselor or "–", proposed_on, proposal.state),
    )


def _student(proposal: Proposal) -> SafeString:
    if not proposal.is_own:
        return format_html('<span class="muted">{}</span>', _("Another counselor's student"))
    student = proposal.visit.case.student
    url = proposal.visit.get_absolute_url()
    return format_html('<a class="name" href="{}">{}</a>', url, student.name)


def _number(proposal: Proposal) -> SafeString:
    if not proposal.is_own:
        return SafeString("")
    nis = proposal.visit.case.student.nis
    return format_html(' <small class="visually-hidden">NIS {}</small>', nis)
