from django.urls import URLPattern, URLResolver, path

from reports.kinds import KINDS
from reports.views import feedback, report, semester

app_name = "reports"

urlpatterns: list[URLPattern | URLResolver] = [
    path("laporan/", semester.semester, name="semester"),
    path("laporan/berkas/", semester.semester_file, name="semester_file"),
    *(path(f"laporan/{kind.slug}/", report.page_of(kind), name=kind.name) for kind in KINDS),
    *(
        path(f"laporan/{kind.slug}/berkas/", report.file_of_kind(kind), name=f"{kind.name}_file")
        for kind in KINDS
    ),
    path("evaluasi/umpan-balik/", feedback.results, name="feedback_results"),
    path("kasus/<id:pk>/umpan-balik/", feedback.ask, name="ask_feedback"),
    path("umpan-balik/", feedback.feedback, name="feedback"),
    path("umpan-balik/terima-kasih/", feedback.thanks, name="feedback_thanks"),
]
