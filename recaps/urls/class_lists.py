from django.urls import URLPattern, path

from recaps.views import attendance, attendance_file, class_list, class_list_acts, class_lists

LIST = "kelas/<id:class_id>/<id:period_id>/"
STUDENT = LIST + "siswa/<id:student_id>/"

urlpatterns: list[URLPattern] = [
    path("kelas/", class_lists.class_lists, name="class_lists"),
    path("kelas/berkas/", class_lists.class_lists_file, name="class_lists_file"),
    path(LIST, class_list.class_list, name="class_list"),
    path(LIST + "berkas/", class_list.class_list_file, name="class_list_file"),
    path(STUDENT, class_list.student, name="class_list_student"),
    path(STUDENT + "baris/", class_list.row, name="class_list_row"),
    path(STUDENT + "catatan/", class_list_acts.knowledge, name="class_list_knowledge"),
    path(LIST + "kehadiran/", attendance.attendance, name="attendance"),
    path(
        LIST + "kehadiran/berkas/", attendance.attendance_month_file, name="attendance_month_file"
    ),
    path(LIST + "kehadiran/isi/", attendance.attendance_day, name="attendance_day"),
    path(LIST + "kehadiran/file/", attendance_file.attendance_file, name="attendance_file"),
    path(
        LIST + "kehadiran/contoh/", attendance_file.attendance_template, name="attendance_template"
    ),
    path(LIST + "keputusan/", class_list_acts.decision, name="class_list_decide"),
    path(LIST + "serahkan/", class_list_acts.hand_over, name="class_list_hand_over"),
]
