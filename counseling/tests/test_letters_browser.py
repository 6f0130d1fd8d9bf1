"""A letter and the slip under it are one sheet, on both sizes of paper that schools use."""

import re

import pytest

from cases.tests import factories as cases
from homevisits.tests import factories as make
from school.models import SchoolProfile
from school.tests.cast import small_school
from support.tests import factories as support

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize("size", ["F4", "A4"])
def test_each_letter_is_one_sheet_with_its_slip(page_of, size):
    cast = small_school()
    SchoolProfile.objects.update(paper_size=size)
    people = [cast.bk, cast.wali]
    for officer in people:
        officer.nip, officer.grade_rank = "198609262015051001", "Penata Muda Tingkat I, III/b"
        officer.position = "Guru Bahasa Indonesia"
        officer.save()
    case = cases.tried_case(cast)
    summons = cases.summons(case, cast.bk)
    visit = make.scheduled_visit(case, cast.bk, cast.principal, visitors=people)
    referral = support.sent_referral(case, cast.bk)
    page = page_of(cast.bk)
    urls = [
        f"/kunjungan/{visit.pk}/surat-tugas/",
        f"/surat-panggilan/{summons.pk}/",
        f"/alih-tangan/{referral.pk}/",
    ]
    for url in urls:
        page.goto(url)
        assert page.locator(".paper .slip").count() == 1
        sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
        assert len(sheets) == 1, url
