"""Who makes BK: operators ask, coordinator or principal say yes, and only then it happens."""

import pytest
from allauth.mfa.models import Authenticator

from school.models import OfficeHolding, OfficeRequest, Told, User
from school.permissions import is_coordinator, is_counselor, is_principal, may_teach
from school.roles import COORDINATOR, OPERATOR, PRINCIPAL
from school.tests import factories as make
from school.tests.asking import REQUESTS, answer, asked, give, office
from school.tests.cast import small_school
from school.workflow.office_request import Wish, agree, refuse, withdraw
from workflow import clock
from workflow.errors import NotAllowed, NotNow, WrongState
from workflow.models import ActionEntry
from workflow.tests.browser_free import post, queries_of_warm, signed_in

pytestmark = pytest.mark.django_db
OFFICES = {
    "COUNSELOR": is_counselor,
    "COORDINATOR": is_coordinator,
    "PRINCIPAL": is_principal,
}


@pytest.fixture
def cast():
    return small_school(2)


def read(user):
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("code", OFFICES)
def test_an_office_that_sees_cases_waits_for_the_yes(cast, code):
    assert give(cast, cast.guru, office=code).status_code == 302
    assert not OFFICES[code](read(cast.guru))
    request = OfficeRequest.objects.get()
    page = answer(cast.principal, request)
    assert OFFICES[code](read(cast.guru))
    assert "<code>guru</code>" in page.content.decode()
    assert page.status_code == 200


@pytest.mark.parametrize("code", ["STUDENT_AFFAIRS", "OPERATOR"])
def test_the_other_offices_are_given_at_once(cast, code):
    give(cast, cast.guru, office=code, reason="")
    assert read(cast.guru).ties.offices == {code}
    assert not OfficeRequest.objects.exists()


def test_without_a_reason_nothing_is_asked(cast):
    page = give(cast, cast.guru, reason=" ")
    assert list(page.context["form"].errors) == ["reason"]
    assert not OfficeRequest.objects.exists()


@pytest.mark.parametrize("who", ["coordinator", "principal"])
def test_it_stands_on_the_home_page_of_who_can_answer(cast, who):
    request = asked(cast)
    page = signed_in(getattr(cast, who)).get("/").content.decode()
    assert f'href="{REQUESTS}{request.pk}/"' in page
    for other in (cast.bk, cast.guru, cast.operator):
        assert f"{REQUESTS}{request.pk}/" not in signed_in(other).get("/").content.decode()


@pytest.mark.parametrize("who", ["operator", "bk", "student_affairs", "guru", "wali"])
def test_nobody_else_says_yes(cast, who):
    with pytest.raises(NotAllowed):
        agree(asked(cast), by=getattr(cast, who))


def test_nobody_answers_what_is_about_themselves_or_what_they_asked(cast):
    make.holding(cast.coordinator, OPERATOR).save()
    cast.coordinator.forget_ties()
    own = asked(cast, by=cast.coordinator)
    about = asked(cast, cast.coordinator, Wish("PASSWORD"))
    for request in (own, about):
        with pytest.raises(NotAllowed):
            agree(request, by=cast.coordinator)
    assert agree(own, by=cast.principal)
    assert agree(about, by=cast.principal)


def test_an_operator_asks_for_no_role_nor_account_of_their_own(cast):
    make.holding(cast.operator, COORDINATOR).save()
    url = f"/sekolah/orang/{cast.operator.pk}/minta/"
    client = signed_in(cast.operator)
    for wish in (office(), *(Wish(what) for what in ("PASSWORD", "SECOND_FACTOR", "USER_NAME"))):
        with pytest.raises(NotAllowed):
            asked(cast, cast.operator, wish)
        page = post(client, url, {"what": wish.what, "reason": "Lupa"})
        assert list(page.context["form"].errors) == ["what"]


class TestTheOnlyOperatorTeachesToo:
    """Whoever runs the desk alone asks for the own lessons; somebody else says yes."""

    @pytest.fixture
    def request_(self, cast):
        url = f"/sekolah/orang/{cast.operator.pk}/minta/"
        sent = {"what": "TEACH", "reason": "Guru TIK"}
        assert post(signed_in(cast.operator), url, sent).status_code == 302
        assert not may_teach(read(cast.operator))
        return OfficeRequest.objects.get()

    def test_they_cannot_answer_it_in_any_role(self, cast, request_):
        assert answer(cast.operator, request_).status_code == 403
        for role in (COORDINATOR, PRINCIPAL):
            make.holding(cast.operator, role).save()
            assert answer(read(cast.operator), request_).status_code == 403
            with pytest.raises(NotAllowed):
                agree(request_, by=read(cast.operator))
        assert not may_teach(read(cast.operator))

    @pytest.mark.parametrize("who", ["coordinator", "principal"])
    def test_with_the_yes_of_another_they_teach_and_are_told(self, cast, request_, who):
        assert answer(getattr(cast, who), request_).status_code == 302
        assert may_teach(read(cast.operator))
        assert Told.objects.filter(to=cast.operator, what="AGREED").exists()

    def test_they_withdraw_what_they_asked_and_not_what_others_did(self, cast, request_):
        own_page = f"/sekolah/orang/{cast.operator.pk}/"
        assert "/tarik/" in signed_in(cast.operator).get(own_page).content.decode()
        withdraw(request_, by=cast.operator)
        colleague = make.person(OPERATOR)
        theirs = asked(cast, cast.operator, Wish("TEACH"), by=colleague)
        assert "/tarik/" not in signed_in(cast.operator).get(own_page).content.decode()
        with pytest.raises(NotAllowed):
            withdraw(theirs, by=cast.operator)


def test_the_button_that_gives_a_role_is_true_for_a_request_too(cast):
    html = signed_in(cast.operator).get(f"/sekolah/orang/{cast.guru.pk}/jabatan/").content.decode()
    assert "Simpan atau ajukan</button>" in html


def test_where_nobody_can_answer_nothing_is_asked(cast):
    User.objects.filter(pk__in=[cast.coordinator.pk, cast.principal.pk]).update(is_active=False)
    with pytest.raises(NotNow, match="make_bk"):
        asked(cast)


def test_what_is_asked_for_is_asked_once(cast):
    asked(cast)
    with pytest.raises(NotNow):
        asked(cast)


class TestTheYesMakesTheAccountTheirOwn:
    """The operator may know the password of whoever is to become BK; so it is replaced."""

    def test_password_sessions_and_second_factor_are_gone(self, cast):
        Authenticator.objects.create(user=cast.guru, type=Authenticator.Type.TOTP, data={})
        cast.guru.set_password("operator tahu ini")
        cast.guru.save()
        theirs = signed_in(cast.guru)
        given = agree(asked(cast), by=cast.coordinator)
        person = read(cast.guru)
        assert person.check_password(given.password)
        assert (person.must_change_password, Authenticator.objects.count()) == (True, 0)
        assert theirs.get("/akun/").status_code == 302

    def test_a_second_request_that_is_open_does_not_keep_the_old_password(self, cast):
        first, _second = asked(cast), asked(cast, wish=office("COORDINATOR"))
        assert agree(first, by=cast.principal) is not None

    def test_who_sees_cases_already_keeps_theirs(self, cast):
        before = read(cast.bk).password
        assert agree(asked(cast, cast.bk, office("COORDINATOR")), by=cast.principal) is None
        assert read(cast.bk).password == before

    def test_while_it_waits_the_operator_gets_into_no_account(self, cast):
        asked(cast)
        before = read(cast.guru).password
        sent = {"row": [cast.guru.pk], "act": "give_first_password", "sure": "1"}
        post(signed_in(cast.operator), "/sekolah/orang/", sent)
        assert read(cast.guru).password == before

    def test_the_slip_is_shown_to_who_agrees_alone(self, cast):
        request = asked(cast, cast.bk, Wish("PASSWORD"))
        page = answer(cast.coordinator, request)
        assert page.content.decode().count('class="slip"') == 1
        later = signed_in(cast.operator).get(f"{REQUESTS}{request.pk}/").content.decode()
        assert 'class="slip"' not in later


@pytest.mark.parametrize(
    ("what", "more", "became"),
    [
        ("PASSWORD", {}, lambda person: person.must_change_password),
        ("SECOND_FACTOR", {}, lambda person: not person.authenticator_set.exists()),
        ("USER_NAME", {"user_name": "bu.retno"}, lambda person: person.username == "bu.retno"),
        ("ENABLE", {}, lambda person: person.is_active),
    ],
)
def test_the_account_of_who_sees_cases_changes_with_the_yes_alone(cast, what, more, became):
    Authenticator.objects.create(user=cast.bk, type=Authenticator.Type.TOTP, data={})
    if what == "ENABLE":
        User.objects.filter(pk=cast.bk.pk).update(is_active=False)
    sent = {"what": what, "reason": "HP hilang", **more}
    assert (
        post(signed_in(cast.operator), f"/sekolah/orang/{cast.bk.pk}/minta/", sent).status_code
        == 302
    )
    assert not became(read(cast.bk))
    answer(cast.coordinator, OfficeRequest.objects.get())
    assert became(read(cast.bk))


def test_what_needs_no_yes_is_not_asked(cast):
    with pytest.raises(NotNow):
        asked(cast, cast.guru, Wish("PASSWORD"))
    with pytest.raises(NotNow):
        asked(cast, cast.guru, office("OPERATOR"))


@pytest.mark.parametrize(
    ("act", "who", "words"),
    [(refuse, "principal", {"answer": "Tunggu SK"}), (withdraw, "operator", {})],
)
def test_without_the_yes_nothing_happens(cast, act, who, words):
    request = asked(cast)
    act(request, by=getattr(cast, who), **words)
    assert not is_counselor(read(cast.guru))
    with pytest.raises(WrongState):
        agree(request, by=cast.principal)


def test_all_are_told_until_they_have_read_it(cast):
    agree(asked(cast), by=cast.principal)
    told = set(Told.objects.values_list("to__username", "what"))
    assert told == {("koordinator", "AGREED"), ("operator", "AGREED")}
    client = signed_in(cast.operator)
    assert "Guru BK: disetujui" in client.get(REQUESTS).content.decode()
    assert f'href="{REQUESTS}"' in client.get("/").content.decode()
    post(client, REQUESTS, {})
    assert "Guru BK: disetujui" not in client.get(REQUESTS).content.decode()
    assert Told.objects.filter(read_at=None).count() == 1


@pytest.mark.parametrize(
    ("who", "there"), [("operator", "/sekolah/"), ("coordinator", "/"), ("principal", "/")]
)
def test_from_the_list_one_gets_back_to_where_it_is_linked(cast, who, there):
    page = signed_in(getattr(cast, who)).get(REQUESTS)
    assert page.context["back"] == there
    assert f'href="{there}"' in page.content.decode()


def test_a_yes_after_the_last_day_is_refused(cast):
    request = asked(cast, wish=office(ends_on=clock.today()))
    OfficeRequest.objects.update(starts_on=make.days_ago(5), ends_on=make.days_ago(1))
    request.refresh_from_db()
    with pytest.raises(NotNow):
        agree(request, by=cast.principal)
    assert not OfficeHolding.objects.filter(user=cast.guru).exists()


def test_each_act_is_logged_with_who_did_it(cast):
    agree(asked(cast), by=cast.principal)
    logged = list(ActionEntry.objects.order_by("pk").values_list("kind", "action", "actor"))
    assert logged == [
        ("school.officerequest", "ask", cast.operator.pk),
        ("school.officerequest", "agree", cast.principal.pk),
        ("school.officeholding", "give_office", cast.principal.pk),
        ("school.user", "give_first_password", cast.principal.pk),
    ]


@pytest.mark.sqlite
def test_the_list_asks_as_many_queries_for_30_rows_as_for_1():
    cast = small_school(2)
    asked(cast)
    one = queries_of_warm(signed_in(cast.principal), REQUESTS)
    for person in make.UserFactory.create_batch(29):
        asked(cast, person)
    assert queries_of_warm(signed_in(cast.principal), REQUESTS) == one
