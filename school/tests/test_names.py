"""People are shown by the name they go by, and printed with their titles."""

import pytest
from django.urls import reverse

from school.models import Guardian, OfficeHolding, SchoolProfile, User
from school.roles import PRINCIPAL
from school.signing import head_signs
from school.tests import factories as make
from school.tests.cast import small_school
from workflow.tests.browser_free import post, signed_in


@pytest.mark.parametrize(
    ("honorific", "name", "called", "initials"),
    [
        ("IBU", "Retno Wulandari", "Bu Retno", "RW"),
        ("BAPAK", "Muh. Syafi'i", "Pak Syafi'i", "S"),
        ("BAPAK", "Moh Anwar Sanusi", "Pak Anwar", "AS"),
        ("IBU", "Dra. Hj. Sri Wahyuni, M.Pd.", "Bu Sri", "SW"),
        ("IBU", "Hj. Umi Kulsum", "Bu Umi", "UK"),
        ("BAPAK", "H. Slamet Raharjo", "Pak Slamet", "SR"),
        ("BAPAK", "M. Nur", "Pak Nur", "N"),
        ("BAPAK", "Muhammad Iqbal", "Pak Muhammad", "MI"),
        ("BAPAK", "Nurcholis", "Pak Nurcholis", "N"),
        ("BAPAK", "Moh.", "Pak Moh.", "M"),
    ],
)
def test_nobody_is_called_by_a_title_or_an_abbreviation(honorific, name, called, initials):
    person = User(name=name.partition(",")[0], honorific=honorific)
    assert (person.called, person.initials) == (called, initials)


def test_who_asks_to_be_called_otherwise_is():
    assert User(name="Retno Wulandari", honorific="IBU", goes_by="Bu Wulan").called == "Bu Wulan"


@pytest.mark.parametrize(
    ("before", "after", "full"),
    [
        ("Dra. Hj.", "M.Pd.", "Dra. Hj. Sri Wahyuni, M.Pd."),
        ("", "S.Pd.", "Sri Wahyuni, S.Pd."),
        ("Hj.", "", "Hj. Sri Wahyuni"),
        ("", "", "Sri Wahyuni"),
    ],
)
def test_papers_print_the_name_with_all_titles(before, after, full):
    person = User(name="Sri Wahyuni", title_before=before, title_after=after)
    assert person.full_name == full
    assert str(person) == "Sri Wahyuni"


@pytest.mark.parametrize(
    ("relation", "kinship", "form", "called", "said"),
    [
        ("MOTHER", "", "", "Bu Suminah", "ibu"),
        ("FATHER", "", "", "Pak Suminah", "ayah"),
        ("GUARDIAN", "", "", "Suminah", "wali"),
        ("GUARDIAN", "nenek", "Mbah", "Mbah Suminah", "nenek"),
        ("MOTHER", "ibu tiri", "Ibu", "Ibu Suminah", "ibu tiri"),
    ],
)
def test_a_guardian_is_called_as_the_family_says(relation, kinship, form, called, said):
    guardian = Guardian(name="Suminah", relation=relation, kinship=kinship, form_of_address=form)
    assert (guardian.called, str(guardian.relation_said)) == (called, said)


@pytest.mark.django_db
def test_a_grandmother_is_entered_and_stands_where_guardians_stand():
    cast = small_school()
    student = cast.students[0]
    grandmother = {
        "name": "Wagiyem",
        "relation": "GUARDIAN",
        "kinship": "nenek",
        "form_of_address": "Mbah",
        "phone": "081234567899",
        "read_at": 0,
    }
    browser = signed_in(cast.wali)
    post(browser, reverse("school:add_guardian", args=[student.pk]), grandmother)
    page = browser.get(reverse("student", args=[student.pk])).content.decode()
    assert "Mbah Wagiyem" in page
    assert "nenek" in page


@pytest.mark.django_db
def test_a_person_edits_how_others_call_them():
    cast = small_school()
    browser = signed_in(cast.bk)
    page = browser.get(reverse("school:account")).content.decode()
    assert "Jika kosong: Bu Retno" in page
    post(browser, reverse("school:form_of_address"), {"goes_by": "Bu Wulan"})
    assert "Bu Wulan" in browser.get("/").content.decode()
    post(browser, reverse("school:form_of_address"), {"goes_by": ""})
    assert "Bu Retno" in browser.get("/").content.decode()


@pytest.mark.django_db
def test_a_form_of_address_that_is_too_long_is_refused_in_words():
    cast = small_school()
    answer = post(signed_in(cast.bk), reverse("school:form_of_address"), {"goes_by": "x" * 41})
    assert answer.status_code == 200
    assert answer.context["form"].errors["goes_by"]
    assert not User.objects.get(pk=cast.bk.pk).goes_by


@pytest.mark.django_db
@pytest.mark.parametrize(
    "spoken",
    [
        "Bu Retno",
        "retno",
        "Ibu  RETNO",
        "Kepala Sekolah Sri Wahyuni",
        "Pak Hadi\u202e",
        "\u200bRetno",
    ],
)
def test_nobody_is_called_as_a_colleague_is_or_by_what_one_cannot_see(spoken):
    cast = small_school()
    answer = post(signed_in(cast.guru), reverse("school:form_of_address"), {"goes_by": spoken})
    assert answer.context["form"].errors["goes_by"]
    assert not User.objects.get(pk=cast.guru.pk).goes_by


@pytest.mark.django_db
def test_namesakes_may_both_be_called_by_their_name():
    cast = small_school()
    given = {"goes_by": "Bu Sri"}
    assert post(signed_in(cast.guru2), reverse("school:form_of_address"), given).status_code == 302
    User.objects.filter(pk=cast.bk.pk).update(is_active=False)
    given = {"goes_by": "Bu Retno"}
    assert post(signed_in(cast.guru2), reverse("school:form_of_address"), given).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(("acting", "prefix"), [("", ""), ("Plt.", "Plt. "), ("Plh.", "Plh. ")])
def test_who_acts_for_the_head_signs_with_it_before_the_schools_own_title(acting, prefix):
    cast = small_school()
    SchoolProfile.objects.update(head_title="Kepala Madrasah")
    deputy = make.UserFactory()
    OfficeHolding.objects.create(
        user=deputy, office=PRINCIPAL.code, acting=acting, starts_on=make.days_ago(3)
    )
    signer = head_signs(SchoolProfile.current())
    assert (signer.person, signer.role) == (deputy, f"{prefix}Kepala Madrasah")
    before = head_signs(SchoolProfile.current(), on=make.days_ago(9))
    assert (before.person, before.role) == (cast.principal, "Kepala Madrasah")
    approved = head_signs(SchoolProfile.current(), decided_by=deputy, on=make.days_ago(2))
    assert approved.role == f"{prefix}Kepala Madrasah"


@pytest.mark.django_db
def test_the_schools_title_for_its_head_stands_on_screens_in_indonesian():
    cast = small_school()
    account = reverse("school:account")
    assert "Kepala Sekolah" in signed_in(cast.principal).get(account).content.decode()
    SchoolProfile.objects.update(head_title="Kepala Madrasah")
    page = signed_in(cast.principal).get(account).content.decode()
    assert "Kepala Madrasah" in page
    assert "Kepala Sekolah" not in page
    User.objects.update(language="en")
    assert "Principal" in signed_in(cast.principal).get(account).content.decode()
