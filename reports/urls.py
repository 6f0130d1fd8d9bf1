from django.urls import URLPattern, URLResolver, path

from reports.kinds import KINDS
from reports.views import evaluation, feedback, report, running, semester, semester_reports

app_name = "reports"
OF_SEMESTER = "laporan/semester/<semester:code>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("laporan/", semester.semester, name="semester"),
    path("laporan/berjalan/", running.running, name="running"),
    path("laporan/berjalan/terlambat/", running.late, name="late"),
    path("laporan/berkas/", semester.semester_file, name="semester_file"),
    path("laporan/semester/", semester_reports.reports, name="semester_reports"),
    path(OF_SEMESTER, semester_reports.report, name="semester_report"),
    path(f"{OF_SEMESTER}teks/", semester_reports.texts, name="semester_report_texts"),
    path(f"{OF_SEMESTER}bekukan/", semester_reports.freeze, name="freeze_semester"),
    path(f"{OF_SEMESTER}buka/", semester_reports.unfreeze, name="unfreeze_semester"),
    path(f"{OF_SEMESTER}json/", semester_reports.as_json, name="semester_report_json"),
    path(
        f"{OF_SEMESTER}versi/<id:number>/",
        semester_reports.version,
        name="semester_report_version",
    ),
    *(path(f"laporan/{kind.slug}/", report.page_of(kind), name=kind.name) for kind in KINDS),
    *(
        path(f"laporan/{kind.slug}/berkas/", report.file_of_kind(kind), name=f"{kind.name}_file")
        for kind in KINDS
    ),
    path("evaluasi/", evaluation.evaluations, name="evaluations"),
    path("evaluasi/semester/<id:pk>/saya/", evaluation.begin, name="begin_evaluation"),
    path("evaluasi/semester/<id:pk>/bersama/", evaluation.begin_joint, name="begin_joint"),
    path("evaluasi/<id:pk>/", evaluation.evaluation, name="evaluation"),
    path("evaluasi/<id:pk>/tulis/", evaluation.write, name="write_evaluation"),
    path("evaluasi/<id:pk>/serahkan/", evaluation.hand_over, name="hand_over_evaluation"),
    path("evaluasi/<id:pk>/kembalikan/", evaluation.return_, name="return_evaluation"),
    path("evaluasi/umpan-balik/", feedback.results, name="feedback_results"),
    path("kasus/<id:pk>/umpan-balik/", feedback.ask, name="ask_feedback"),
    path("umpan-balik/", feedback.feedback, name="feedback"),
    path("umpan-balik/terima-kasih/", feedback.thanks, name="feedback_thanks"),
]
