"""The family signs on the visitor's phone: the consent before a visit, its report after it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases import workflow as case_acts
from cases.tests import factories as cases
from homevisits.models import SignedPaper, VisitSignature
from homevisits.tests import factories as make
from homevisits.workflow import add_commitment, reschedule, sign
from homevisits.workflow.signature import MOST
from school.models import Guardian
from school.tests.signatures import LINES, drawn_signature, typed_signature
from workflow import clock
from workflow.errors import NotNow, WrongState
from workflow.tests.browser_free import post, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
DRAWS = {"signer": "Siti Aminah", "signer_relation": "ibu", "signed_way": "DRAWN", "drawn": LINES}
REPORT, CONSENT = SignedPaper.REPORT, SignedPaper.CONSENT
CHANGED = "dilengkapi setelah orang tua/wali"


def page_of(visit, name):
    return reverse(f"homevisits:{name}", args=[visit.pk])


def text_of(person, visit, name):
    return signed_in(person).get(page_of(visit, name)).content.decode()


def test_a_visitor_lets_the_mother_sign_and_both_papers_show_it(cast, visit):
    for name in ("sign_report", "sign_consent"):
        answer = post(signed_in(cast.guru2), page_of(visit, name), DRAWS)
        assert answer.status_code == 302
    kept = VisitSignature.objects.order_by("pk")
    assert [(s.paper, s.path, s.signer, s.taken_by) for s in kept] == [
        ("REPORT", LINES, "Siti Aminah", cast.guru2),
        ("CONSENT", LINES, "Siti Aminah", cast.guru2),
    ]
    for paper in ("report_print", "assignment_letter"):
        text = text_of(cast.bk, visit, paper)
        assert f'<path d="{LINES}"/>' in text
        assert "Siti Aminah (ibu)" in text
    letter = text_of(cast.bk, visit, "assignment_letter")
    assert ("tidak bersedia" in letter, "<b>bersedia</b> menerima" in letter) == (False, True)


def test_who_signs_is_proposed_from_those_who_were_met(cast, visit):
    Guardian.objects.create(student=visit.case.student, name="Agus", relation="FATHER")
    make.save_report(visit, by=cast.bk, values={"met": ["MOTHER"]}, read_at=0)
    form = signed_in(cast.guru2).get(page_of(visit, "sign_report")).context["form"]
    assert (form["signer"].value(), form["signer_relation"].value()) == ("Suminah", "ibu")


@pytest.mark.parametrize("data", [{}, {**DRAWS, "drawn": "M0 0<script>"}, {**DRAWS, "drawn": ""}])
def test_what_is_no_signature_is_said_and_nothing_is_kept(cast, visit, data):
    page = post(signed_in(cast.bk), page_of(visit, "sign_report"), data)
    assert page.context["form"].errors
    assert "<script>" not in page.content.decode().partition('id="id_drawn"')[2][:2000]
    assert not VisitSignature.objects.exists()


def test_what_changes_after_the_signature_is_said_on_page_and_paper(cast, visit):
    said = "Laporan dilengkapi setelah"
    make.save_report(visit, by=cast.bk, values={"outcome": "MET", "met": ["MOTHER"]}, read_at=0)
    sign(visit, REPORT, by=cast.bk, signed=drawn_signature())
    assert signed_in(cast.bk).get(page_of(visit, "report")).context["is_as_signed"]
    assert said not in text_of(cast.bk, visit, "report_print")
    add_commitment(visit, by=cast.bk, text="Mendampingi belajar")
    assert not signed_in(cast.bk).get(page_of(visit, "report")).context["is_as_signed"]
    assert said in text_of(cast.bk, visit, "report_print")
    make.record(visit, by=cast.bk)
    sign(visit, REPORT, by=cast.bk, signed=typed_signature())
    text = text_of(cast.principal, visit, "report_print")
    assert said not in text
    assert "Disetujui dengan nama" in text


def test_a_consent_stands_for_no_other_time_than_the_one_that_was_signed(cast, visit):
    sign(visit, CONSENT, by=cast.bk, signed=drawn_signature())
    visit.refresh_from_db()
    later = visit.scheduled_for + timedelta(days=1)
    reschedule(visit, by=cast.bk, scheduled_for=later, visitors=[cast.bk])
    text = text_of(cast.bk, visit, "assignment_letter")
    assert LINES not in text
    assert "bersedia / tidak bersedia" in text
    assert VisitSignature.objects.count() == 1


def test_a_new_signature_stands_and_the_old_one_stays(cast, visit):
    first = sign(visit, REPORT, by=cast.bk, signed=drawn_signature("Siti"))
    second = sign(visit, REPORT, by=cast.guru2, signed=drawn_signature("Suminah"))
    sign(visit, CONSENT, by=cast.bk, signed=drawn_signature())
    assert VisitSignature.objects.newest(visit, REPORT) == second
    assert VisitSignature.objects.filter(pk=first.pk).exists()
    for _n in range(MOST - 2):
        sign(visit, REPORT, by=cast.bk, signed=typed_signature())
    with pytest.raises(NotNow):
        sign(visit, REPORT, by=cast.bk, signed=typed_signature())
    assert VisitSignature.objects.count() == MOST + 1


def test_the_report_of_a_visit_that_met_nobody_is_not_signed(cast, visit):
    make.record(visit, by=cast.bk, outcome="NOBODY")
    with pytest.raises(NotNow):
        sign(visit, REPORT, by=cast.bk, signed=drawn_signature())
    with pytest.raises(WrongState):
        sign(visit, CONSENT, by=cast.bk, signed=drawn_signature())
    moved = signed_in(cast.bk).get(page_of(visit, "sign_report"))
    assert moved.headers["Location"] == visit.get_absolute_url()


def test_before_the_visit_only_the_consent_is_signed_and_after_the_case_nothing(cast):
    visit = make.planned_visit(cases.direct_case(cast), cast.bk, cast.principal)
    sign(visit, CONSENT, by=cast.bk, signed=drawn_signature())
    with pytest.raises(NotNow):
        sign(visit, REPORT, by=cast.bk, signed=drawn_signature())
    made = make.recorded_visit(cases.direct_case(cast, cast.students[1]), cast.bk, cast.principal)
    case_acts.resolve(made.case, by=cast.bk, outcome="SOLVED", causes=["FAMILY"])
    with pytest.raises(NotNow):
        sign(made, REPORT, by=cast.bk, signed=drawn_signature())


@pytest.mark.parametrize("values", [{"path": ""}, {"signed_way": "TYPED"}, {"signed_way": "PAPER"}])
def test_the_database_holds_lines_for_what_was_drawn_and_for_nothing_else(cast, visit, values):
    given = drawn_signature() | values
    with pytest.raises(IntegrityError), transaction.atomic():
        VisitSignature.objects.create(
            visit=visit, paper=REPORT, signed_at=clock.now(), taken_by=cast.bk, **given
        )


def test_who_does_not_read_the_report_sees_no_signature(cast, visit):
    sign(visit, REPORT, by=cast.bk, signed=drawn_signature())
    seen = {
        person.username: VisitSignature.objects.visible_to(person).count()
        for person in cast.everybody
    }
    assert {name for name, count in seen.items() if count} == {
        one.username for one in (cast.bk, cast.coordinator, cast.guru2)
    }


def test_nobody_signs_words_that_came_after_the_page_was_opened(cast, visit):
    client, url = signed_in(cast.bk), page_of(visit, "sign_report")
    seen = {"seen": client.get(url).context["form"]["seen"].value()}
    add_commitment(visit, by=cast.guru2, text="Mendampingi belajar")
    assert post(client, url, DRAWS | seen).status_code == 302
    assert not VisitSignature.objects.exists()
    page = client.get(url)
    assert "sudah berubah" in page.content.decode()
    post(client, url, DRAWS | {"seen": page.context["form"]["seen"].value()})
    assert VisitSignature.objects.newest(visit, REPORT)


def test_a_signature_outlives_the_key_by_which_it_was_sealed(cast, visit, settings):
    settings.ENCRYPTION_KEYS = ["old"]
    for name in ("sign_report", "sign_consent"):
        post(signed_in(cast.guru2), page_of(visit, name), DRAWS)

    def stands() -> tuple[bool, bool]:
        report = text_of(cast.bk, visit, "report_print")
        letter = text_of(cast.bk, visit, "assignment_letter")
        return CHANGED not in report, "<b>bersedia</b> menerima" in letter

    assert stands() == (True, True)
    settings.ENCRYPTION_KEYS = ["new", "old"]
    assert stands() == (True, True)
    said = StringIO()
    call_command("reencrypt", stdout=said)
    assert "2 signatures on visits" in said.getvalue()
    assert "are left" not in said.getvalue()
    settings.ENCRYPTION_KEYS = ["new"]
    assert stands() == (True, True)
    settings.ENCRYPTION_KEYS = ["another"]
    assert stands() == (False, False)


def test_a_new_key_does_not_seal_words_that_were_changed(cast, visit, settings):
    settings.ENCRYPTION_KEYS = ["old"]
    post(signed_in(cast.guru2), page_of(visit, "sign_report"), DRAWS)
    add_commitment(visit, by=cast.guru2, text="Belajar bersama")
    settings.ENCRYPTION_KEYS = ["new", "old"]
    said = StringIO()
    call_command("reencrypt", stdout=said)
    assert "0 signatures on visits" in said.getvalue()
    assert "1 are left" in said.getvalue()
    assert CHANGED in text_of(cast.bk, visit, "report_print")
