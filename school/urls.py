from django.urls import URLPattern, URLResolver, path

from school.act_urls import ACTS
from school.office_urls import OFFICES
from school.views import (
    account,
    classes,
    counselors,
    desk,
    groups,
    student_records,
    students,
    teaching,
)
from school.views.classes import Classes
from school.views.groups import Groups
from school.views.people import People
from school.views.periods import Periods
from school.views.policy import PolicyPage, SchoolDaysPage
from school.views.semesters import Semesters
from school.views.subjects import Subjects

app_name = "school"

urlpatterns: list[URLPattern | URLResolver] = [
    path("akun/", account.account, name="account"),
    path("akun/sapaan/", account.form_of_address, name="form_of_address"),
    path("siswa/", students.students, name="students"),
    path("siswa/baru/", student_records.new_student, name="add_student"),
    path("siswa/<id:pk>/identitas/", student_records.edit_student, name="edit_student"),
    path("siswa/<id:pk>/riwayat/", student_records.student_history, name="student_history"),
    path("wali-murid/<id:pk>/hapus/", student_records.delete_guardian, name="delete_guardian"),
    path("siswa/<id:pk>/perbaiki/", students.correct_student, name="correct_student"),
    path("siswa/<id:pk>/wali/", students.add_guardian, name="add_guardian"),
    path("wali-murid/<id:pk>/perbaiki/", students.correct_guardian, name="correct_guardian"),
    path("sekolah/", desk.desk, name="desk"),
    *ACTS,
    *OFFICES,
    *People().urls,
    *Subjects().urls,
    *Classes().urls,
    *Groups().urls,
    path("sekolah/kelompok/<id:pk>/anggota/", groups.join_group, name="join_group"),
    path("sekolah/kelompok/<id:pk>/anggota/keluar/", groups.leave_group, name="leave_group"),
    path("sekolah/kelompok/<id:pk>/guru/", groups.group_teachers, name="group_teachers"),
    path("sekolah/guru-bk/", counselors.counselors, name="counselors"),
    path("sekolah/kelas/banyak/", classes.add_classes, name="add_classes"),
    path("sekolah/kelas/urutan/", classes.class_order, name="class_order"),
    path("sekolah/kelas/<id:pk>/wali-kelas/", classes.homeroom, name="homeroom"),
    path("sekolah/tugas-mengajar/", teaching.teaching, name="teaching"),
    path("sekolah/tugas-mengajar/tabel/", teaching.teaching_matrix, name="teaching_matrix"),
    path("sekolah/tugas-mengajar/tempel/", teaching.paste_teaching, name="paste_teaching"),
    path("sekolah/tugas-mengajar/<id:pk>/", teaching.subject_teachers, name="subject_teachers"),
    path("sekolah/wali-kelas/<id:pk>/akhiri/", classes.end_homeroom, name="end_homeroom"),
    *Semesters().urls,
    *Periods().urls,
    *PolicyPage().urls,
    *SchoolDaysPage().urls,
]
