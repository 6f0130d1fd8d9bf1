"""The addresses of the school itself and of its semesters."""

from django.urls import URLPattern, path

from school.views import profile
from school.views.periods import Periods, first_recap
from school.views.policy import PolicyPage, SchoolDaysPage
from school.views.profile import LetterheadPage, LetterNumbersPage, ProfilePage
from school.views.semesters import Semesters

PROFILE: list[URLPattern] = [
    *ProfilePage().urls,
    *LetterheadPage().urls,
    *LetterNumbersPage().urls,
    path("sekolah/kop/contoh/", profile.letterhead_preview, name="letterhead_preview"),
    path("sekolah/kop/logo/", profile.change_logo, name="change_logo"),
    path("sekolah/logo/<id:pk>/", profile.logo, name="logo"),
    *Semesters().urls,
    path("sekolah/semester/<id:pk>/awal-rekap/", first_recap, name="first_recap"),
    *Periods().urls,
    *PolicyPage().urls,
    *SchoolDaysPage().urls,
]
