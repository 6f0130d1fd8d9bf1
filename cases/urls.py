from django.urls import URLPattern, path

from cases.views import (
    case,
    case_acts,
    case_list,
    confidential_notes,
    contacts,
    counselors,
    letter,
    many_contacts,
    new_cases,
    review,
    summary,
    summonses,
)

app_name = "cases"

urlpatterns: list[URLPattern] = [
    path("kasus/", case_list.cases, name="cases"),
    path("kasus/berkas/", case_list.cases_file, name="cases_file"),
    path("kasus/baru/", new_cases.new, name="new"),
    path("kasus/kontak/", many_contacts.log_contacts, name="log_contacts"),
    path("kasus/guru-bk/", counselors.assign, name="assign"),
    path("kasus/guru-bk/<id:pk>/kelas/", counselors.give_class, name="give_class"),
    path("kasus/guru-bk/<id:pk>/semua/", counselors.hand_over_all, name="hand_over_all"),
    path("kasus/guru-bk/<id:pk>/kasus/", counselors.hand_over_class, name="hand_over_class"),
    path("kasus/buka/<id:pk>/", review.open_directly, name="open"),
    path("kasus/data-rekap/<id:pk>/", review.evidence, name="evidence"),
    path("kasus/upaya/<id:pk>/batalkan/", contacts.void_contact, name="void_contact"),
    path("kasus/<id:pk>/", case.case, name="case"),
    path("kasus/<id:pk>/konfirmasi/", review.confirm, name="confirm"),
    path("kasus/<id:pk>/dibaca/", review.notice_evidence, name="notice_evidence"),
    path("kasus/<id:pk>/catatan/", review.review_note, name="review_note"),
    path("kasus/<id:pk>/catatan-rahasia/", confidential_notes.write_note, name="write_note"),
    path("kasus/<id:pk>/ringkasan/", summary.summary, name="summary"),
    path("kasus/<id:pk>/bukan-masalah/", case_acts.dismiss, name="dismiss"),
    path("kasus/<id:pk>/tuntas/", case_acts.resolve, name="resolve"),
    path("kasus/<id:pk>/selesai-alih-tangan/", case_acts.refer_out, name="refer_out"),
    path("kasus/<id:pk>/tutup/", case_acts.close, name="close"),
    path("kasus/<id:pk>/buka-lagi/", case_acts.reopen, name="reopen"),
    path("kasus/<id:pk>/alihkan/", counselors.hand_over, name="hand_over"),
    path("kasus/<id:pk>/kontak/", contacts.log_contact, name="log_contact"),
    path("kasus/<id:pk>/panggilan/", summonses.issue_summons, name="issue_summons"),
    path("catatan-rahasia/", confidential_notes.confidential_notes, name="confidential_notes"),
    path(
        "catatan-rahasia/<uuid:key>/",
        confidential_notes.confidential_note,
        name="confidential_note",
    ),
    path(
        "catatan-rahasia/<uuid:key>/perbaiki/", confidential_notes.correct_note, name="correct_note"
    ),
    path("catatan-rahasia/<uuid:key>/hapus/", confidential_notes.delete_note, name="delete_note"),
    path("catatan-rahasia/<uuid:key>/teruskan/", confidential_notes.pass_on, name="pass_on"),
    path("catatan-rahasia/<uuid:key>/alasan/", confidential_notes.read_left, name="read_left"),
    path("surat-panggilan/<id:pk>/", letter.summons, name="summons"),
    path("surat-panggilan/<id:pk>/nomor/", summonses.fill_number, name="fill_number"),
    path("surat-panggilan/<id:pk>/jadwal/", summonses.reschedule, name="reschedule"),
    path("surat-panggilan/<id:pk>/diterima/", summonses.summons_delivery, name="summons_delivery"),
    path("surat-panggilan/<id:pk>/hasil/", summonses.summons_outcome, name="summons_outcome"),
    path("surat-panggilan/<id:pk>/tarik/", summonses.withdraw_summons, name="withdraw_summons"),
]
