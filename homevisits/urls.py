from django.urls import URLPattern, URLResolver, path

from homevisits.views import (
    acts,
    calendar,
    day,
    letters,
    progress,
    proposals,
    propose,
    report,
    schedule,
    sign,
    visit,
)
from homevisits.views.visit_list import visits

app_name = "homevisits"

urlpatterns: list[URLPattern | URLResolver] = [
    path("kunjungan/", visits, name="visits"),
    path("kunjungan/bulan/", calendar.month, name="month"),
    path("kunjungan/bulan/<month:month>/", calendar.month, name="month"),
    path("kunjungan/pekan/", calendar.week, name="week"),
    path("kunjungan/pekan/<week:week>/", calendar.week, name="week"),
    path("kunjungan/hari/", day.day, name="day"),
    path("kunjungan/hari/<day:day>/", day.day, name="day"),
    path("kunjungan/usulan/", proposals.proposals, name="proposals"),
    path("kunjungan/<id:pk>/", visit.visit, name="visit"),
    path("kunjungan/<id:pk>/jadwal/", schedule.schedule, name="schedule"),
    path("kunjungan/<id:pk>/jadwal-ulang/", schedule.reschedule, name="reschedule"),
    path("kunjungan/<id:pk>/tarik/", acts.withdraw, name="withdraw"),
    path("kunjungan/<id:pk>/cabut/", acts.withdraw_approval, name="withdraw_approval"),
    path("kunjungan/<id:pk>/batal/", acts.cancel, name="cancel"),
    path("kunjungan/<id:pk>/nomor/", acts.number, name="number"),
    path("kunjungan/<id:pk>/lagi/", acts.propose_next, name="propose_next"),
    path("kunjungan/<id:pk>/diketahui/", acts.acknowledge, name="acknowledge"),
    path("kunjungan/<id:pk>/laporan/", report.report, name="report"),
    path("kunjungan/<id:pk>/laporan/isi/", report.report_draft, name="report_draft"),
    path("kunjungan/<id:pk>/laporan/selesai/", report.record, name="record"),
    path("kunjungan/<id:pk>/laporan/cetak/", letters.report_print, name="report_print"),
    path("kunjungan/<id:pk>/laporan/komitmen/<uuid:key>/", report.commitment, name="commitment"),
    path("kunjungan/<id:pk>/laporan/tanda-tangan/", sign.sign_report, name="sign_report"),
    path("kunjungan/<id:pk>/kesediaan/tanda-tangan/", sign.sign_consent, name="sign_consent"),
    path("komitmen/<id:pk>/hapus/", report.remove_commitment, name="remove_commitment"),
    path("kunjungan/<id:pk>/surat-tugas/", letters.assignment_letter, name="assignment_letter"),
    path("kasus/<id:pk>/usul-kunjungan/", propose.propose, name="propose"),
    path("laporan/progres/", progress.progress, name="progress"),
    path("laporan/progres/cetak/", progress.progress_print, name="progress_print"),
    path("laporan/progres/kasus/", progress.progress_cases, name="progress_cases"),
]
