from django.urls import URLPattern, URLResolver, path

from support.views import (
    assistance,
    assistance_list,
    conferences,
    follow_ups,
    receipt,
    referral,
    referrals,
)

app_name = "support"

urlpatterns: list[URLPattern | URLResolver] = [
    path("tindak-lanjut/", follow_ups.follow_ups, name="follow_ups"),
    path("tindak-lanjut/berkas/", follow_ups.follow_ups_file, name="follow_ups_file"),
    path("tindak-lanjut/<id:pk>/", follow_ups.follow_up, name="follow_up"),
    path("tindak-lanjut/<id:pk>/selesai/", follow_ups.finish, name="finish"),
    path("tindak-lanjut/<id:pk>/tunda/", follow_ups.put_off, name="put_off"),
    path("tindak-lanjut/<id:pk>/hentikan/", follow_ups.drop, name="drop"),
    path("kasus/<id:pk>/konferensi/", conferences.plan, name="plan"),
    path("konferensi/<id:pk>/", conferences.conference, name="conference"),
    path("konferensi/<id:pk>/rencana/", conferences.reschedule, name="reschedule"),
    path("konferensi/<id:pk>/terlaksana/", conferences.hold, name="hold"),
    path("konferensi/<id:pk>/berita-acara/", conferences.minutes, name="minutes"),
    path("konferensi/<id:pk>/cetak/", conferences.minutes_print, name="minutes_print"),
    path("konferensi/<id:pk>/keputusan/", conferences.decide, name="decide"),
    path("konferensi/<id:pk>/tutup/", conferences.close, name="close"),
    path("konferensi/<id:pk>/batal/", conferences.cancel, name="cancel"),
    path("kasus/<id:pk>/tindak-lanjut/", follow_ups.agree, name="agree"),
    path("kasus/<id:pk>/minta-bantuan/", assistance.ask_for, name="ask_for"),
    path("bantuan-siswa/", assistance_list.assistances, name="assistances"),
    path("bantuan-siswa/berkas/", assistance_list.assistances_file, name="assistances_file"),
    path("bantuan-siswa/<id:pk>/tanda-terima/", receipt.receipt, name="receipt"),
    path("bantuan-siswa/<id:pk>/tanda-tangan/", receipt.sign_receipt, name="sign_receipt"),
    path("bantuan-siswa/<id:pk>/", assistance.assistance, name="assistance"),
    path(
        "bantuan-siswa/<id:pk>/serahkan/",
        assistance.hand_over_assistance,
        name="hand_over_assistance",
    ),
    path("bantuan-siswa/<id:pk>/kembali/", assistance.return_assistance, name="return_assistance"),
    path(
        "bantuan-siswa/<id:pk>/tidak-kembali/", assistance.keep_assistance, name="keep_assistance"
    ),
    path("bantuan-siswa/<id:pk>/tenggat/", assistance.put_off_return, name="put_off_return"),
    path(
        "bantuan-siswa/<id:pk>/tarik/", assistance.withdraw_assistance, name="withdraw_assistance"
    ),
    path(
        "bantuan-siswa/<id:pk>/cabut/",
        assistance.withdraw_assistance_approval,
        name="withdraw_assistance_approval",
    ),
    path("kasus/<id:pk>/alih-tangan/", referrals.prepare_referral, name="prepare_referral"),
    path("alih-tangan/<id:pk>/", referral.referral, name="referral"),
    path("alih-tangan/<id:pk>/ubah/", referrals.edit_referral, name="edit_referral"),
    path("alih-tangan/<id:pk>/persetujuan/", referrals.referral_consent, name="referral_consent"),
    path("alih-tangan/<id:pk>/surat/", referrals.send_referral, name="send_referral"),
    path("alih-tangan/<id:pk>/nomor/", referrals.referral_number, name="referral_number"),
    path("alih-tangan/<id:pk>/jawaban/", referrals.referral_answer, name="referral_answer"),
    path("alih-tangan/<id:pk>/tarik/", referrals.withdraw_referral, name="withdraw_referral"),
]
