from django.urls import URLPattern, path

from cases.views import case, case_list, contacts, ends, letter, review, summary, summonses

app_name = "cases"

urlpatterns: list[URLPattern] = [
    path("kasus/", case_list.cases, name="cases"),
    path("kasus/buka/<int:pk>/", review.open_directly, name="open"),
    path("kasus/bukti/<int:pk>/", review.evidence, name="evidence"),
    path("kasus/upaya/<int:pk>/batalkan/", contacts.void_contact, name="void_contact"),
    path("kasus/<int:pk>/", case.case, name="case"),
    path("kasus/<int:pk>/konfirmasi/", review.confirm, name="confirm"),
    path("kasus/<int:pk>/dibaca/", review.notice_evidence, name="notice_evidence"),
    path("kasus/<int:pk>/catatan/", review.review_note, name="review_note"),
    path("kasus/<int:pk>/ringkasan/", summary.summary, name="summary"),
    path("kasus/<int:pk>/bukan-masalah/", ends.dismiss, name="dismiss"),
    path("kasus/<int:pk>/tuntas/", ends.resolve, name="resolve"),
    path("kasus/<int:pk>/tutup/", ends.close, name="close"),
    path("kasus/<int:pk>/buka-lagi/", ends.reopen, name="reopen"),
    path("kasus/<int:pk>/kontak/", contacts.log_contact, name="log_contact"),
    path("kasus/<int:pk>/panggilan/", summonses.issue_summons, name="issue_summons"),
    path("surat-panggilan/<int:pk>/", letter.summons, name="summons"),
    path("surat-panggilan/<int:pk>/nomor/", summonses.fill_number, name="fill_number"),
    path("surat-panggilan/<int:pk>/jadwal/", summonses.reschedule, name="reschedule"),
    path("surat-panggilan/<int:pk>/diterima/", summonses.summons_delivery, name="summons_delivery"),
    path("surat-panggilan/<int:pk>/hasil/", summonses.summons_outcome, name="summons_outcome"),
    path("surat-panggilan/<int:pk>/tarik/", summonses.withdraw_summons, name="withdraw_summons"),
]
