"""The addresses of what the operator does in the course of a year."""

from django.urls import URLPattern, path

from school.views import changes, counselors, enrolment, merge, replacement

ACTS: list[URLPattern] = [
    path("siswa/<id:pk>/pindah-kelas/", enrolment.move_class, name="move_class"),
    path("siswa/<id:pk>/masuk/", enrolment.arrive, name="arrive"),
    path("siswa/<id:pk>/keluar/", enrolment.leave, name="leave"),
    path("sekolah/orang/<id:pk>/digantikan/", replacement.replace_teacher, name="replace_teacher"),
    path("sekolah/orang/<id:pk>/kelas-binaan/", counselors.pass_classes, name="pass_classes"),
    path("sekolah/kelas/<id:pk>/gabungkan/", merge.merge_class, name="merge_class"),
    path("perubahan/", changes.changes, name="changes"),
    path("perubahan/<id:pk>/", changes.change, name="change"),
    path("perubahan/<id:pk>/urungkan/", changes.undo_change, name="undo_change"),
]
