"""The addresses of what the operator does in the course of a year."""

from django.urls import URLPattern, path

from school.views import changes, counselors, enrolment, merge, new_year, replacement

ACTS: list[URLPattern] = [
    path("siswa/<id:pk>/pindah-kelas/", enrolment.move_class, name="move_class"),
    path("siswa/<id:pk>/masuk/", enrolment.arrive, name="arrive"),
    path("siswa/<id:pk>/keluar/", enrolment.leave, name="leave"),
    path("sekolah/orang/<id:pk>/digantikan/", replacement.replace_teacher, name="replace_teacher"),
    path("sekolah/orang/<id:pk>/kelas-binaan/", counselors.pass_classes, name="pass_classes"),
    path("sekolah/kelas/<id:pk>/gabungkan/", merge.merge_class, name="merge_class"),
    path("tahun-baru/", new_year.new_year, name="new_year"),
    path("tahun-baru/kelas/", new_year.new_year_classes, name="new_year_classes"),
    path("tahun-baru/kelas/<id:number>/", new_year.new_year_class, name="new_year_class"),
    path("tahun-baru/siswa/", new_year.new_year_students, name="new_year_students"),
    path("tahun-baru/file/", new_year.new_year_file, name="new_year_file"),
    path("tahun-baru/siswa/<id:pk>/", new_year.new_year_student, name="new_year_student"),
    path("tahun-baru/periksa/", new_year.new_year_check, name="new_year_check"),
    path("perubahan/", changes.changes, name="changes"),
    path("perubahan/<id:pk>/", changes.change, name="change"),
    path("perubahan/<id:pk>/urungkan/", changes.undo_change, name="undo_change"),
]
