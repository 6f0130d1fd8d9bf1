"""What an operator asks for, and the answer, as the tests of requests do it."""

from school.workflow.office_request import Wish, ask
from workflow import clock
from workflow.tests.browser_free import post, signed_in

REQUESTS = "/permintaan/"


def office(code="COUNSELOR", **days):
    return Wish("OFFICE", code, starts_on=clock.today(), **days)


def asked(cast, person=None, wish=None, by=None):
    return ask(
        person or cast.guru, wish or office(), by=by or cast.operator, reason="Bu Retno cuti"
    )


def give(cast, person, **fields):
    today = clock.today().isoformat()
    sent = {"office": "COUNSELOR", "starts_on": today, "reason": "Bu Retno cuti", **fields}
    return post(signed_in(cast.operator), f"/sekolah/orang/{person.pk}/jabatan/", sent)


def answer(by, request, act="agree", **fields):
    return post(signed_in(by), f"{REQUESTS}{request.pk}/jawab/", {"act": act, **fields})
