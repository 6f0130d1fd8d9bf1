from django.urls import path

from recaps.views import google, google_fill, recap, recap_acts, recap_saving, recap_sheet

SHEET = "rekap/<id:assignment>/<id:period>/"

urlpatterns = [
    path("rekap/", recap.my_recaps, name="my_recaps"),
    path("rekap/berkas/", recap.my_recaps_file, name="my_recaps_file"),
    path("rekap/<id:pk>/", recap.recap, name="recap"),
    path("rekap/<id:pk>/tarik/", recap_acts.withdraw_recap, name="withdraw_recap"),
    path("rekap/<id:pk>/kembalikan/", recap_acts.return_to_teacher, name="return_recap"),
    path("rekap/<id:pk>/perbaiki/", recap_acts.correct_recap, name="correct_recap"),
    path("rekap/<id:pk>/batal-perbaiki/", recap_acts.drop_recap_correction, name="drop_correction"),
    path(SHEET, recap_sheet.recap_sheet, name="recap_sheet"),
    path(SHEET + "serahkan/", recap_sheet.hand_over_sheet, name="hand_over_recap"),
    path(SHEET + "google/", google.google, name="google"),
    path(SHEET + "google/isi/", google_fill.google_fill, name="google_fill"),
    path(SHEET + "google/hapus/", google.google_remove, name="google_remove"),
    path(SHEET + "google/lupakan/", google.google_forget, name="google_forget"),
    path(SHEET + "pertemuan/", recap_saving.recap_header, name="recap_header"),
    path(SHEET + "siswa/<id:student_id>/", recap_saving.recap_entry, name="recap_entry"),
]
