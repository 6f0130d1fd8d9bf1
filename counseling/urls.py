from django.urls import URLPattern, URLResolver, include, path

from counseling.views import errors, guides, language, offline, search, student
from counseling.views.home import home
from counseling.views.home_wide import home_wide

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("beranda/", home_wide, name="home_wide"),
    path("cari/", search.search, name="search"),
    path("siswa/<id:pk>/", student.student, name="student"),
    path("siswa/<id:pk>/catatan/", student.student_record, name="student_record"),
    path("bantuan/", guides.guides, name="help"),
    path("bahasa/", language.set_language, name="set_language"),
    path("sw.js", offline.service_worker, name="service_worker"),
    path("offline/", offline.offline, name="offline"),
    path("", include("counseling.account_urls")),
    path("", include("workflow.urls")),
    path("", include("school.urls")),
    path("", include("recaps.urls")),
    path("", include("cases.urls")),
    path("", include("homevisits.urls")),
    path("", include("support.urls")),
    path("", include("reports.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = errors.too_many
handler500 = errors.server_error
