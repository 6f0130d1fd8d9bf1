from django.urls import URLPattern, URLResolver, path

from reports.views import semester

app_name = "reports"

urlpatterns: list[URLPattern | URLResolver] = [
    path("laporan/", semester.semester, name="semester"),
]
