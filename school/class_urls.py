"""The addresses of classes, groups and lessons, and of what the operator keeps of students."""

from django.urls import URLPattern, path

from school.views import (
    classes,
    counselors,
    groups,
    homerooms,
    student_records,
    subjects,
    teaching,
)
from school.views.classes import Classes
from school.views.groups import Groups

CLASSES: list[URLPattern] = [
    *Classes().urls,
    path("sekolah/kelas/banyak/", classes.add_classes, name="add_classes"),
    path("sekolah/kelas/urutan/", classes.class_order, name="class_order"),
    path("sekolah/kelas/<id:pk>/wali-kelas/", homerooms.homeroom, name="homeroom"),
    path("sekolah/wali-kelas/", homerooms.homerooms, name="homerooms"),
    path("sekolah/wali-kelas/<id:pk>/akhiri/", homerooms.end_homeroom, name="end_homeroom"),
    path("sekolah/mapel/banyak/", subjects.add_many, name="add_subjects"),
    path("sekolah/guru-bk/", counselors.counselors, name="counselors"),
    *Groups().urls,
    path("sekolah/kelompok/<id:pk>/anggota/", groups.join_group, name="join_group"),
    path("sekolah/kelompok/<id:pk>/anggota/keluar/", groups.leave_group, name="leave_group"),
    path("sekolah/kelompok/<id:pk>/guru/", groups.group_teachers, name="group_teachers"),
    path("sekolah/tugas-mengajar/", teaching.teaching, name="teaching"),
    path("sekolah/tugas-mengajar/tabel/", teaching.teaching_matrix, name="teaching_matrix"),
    path("sekolah/tugas-mengajar/tempel/", teaching.paste_teaching, name="paste_teaching"),
    path("sekolah/tugas-mengajar/<id:pk>/", teaching.subject_teachers, name="subject_teachers"),
    path("siswa/baru/", student_records.new_student, name="add_student"),
    path("siswa/<id:pk>/identitas/", student_records.edit_student, name="edit_student"),
    path("siswa/<id:pk>/riwayat/", student_records.student_history, name="student_history"),
    path("wali-murid/<id:pk>/hapus/", student_records.delete_guardian, name="delete_guardian"),
]
