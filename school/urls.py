from django.urls import URLPattern, URLResolver, path

from school.act_urls import ACTS
from school.class_urls import CLASSES
from school.office_urls import OFFICES
from school.profile_urls import PROFILE
from school.views import account, desk, imports, progress, students
from school.views.people import People
from school.views.subjects import Subjects

app_name = "school"

urlpatterns: list[URLPattern | URLResolver] = [
    path("akun/", account.account, name="account"),
    path("akun/sapaan/", account.form_of_address, name="form_of_address"),
    path("siswa/", students.students, name="students"),
    path("siswa/berkas/", students.students_file, name="students_file"),
    path("siswa/<id:pk>/perbaiki/", students.correct_student, name="correct_student"),
    path("siswa/<id:pk>/wali/", students.add_guardian, name="add_guardian"),
    path("wali-murid/<id:pk>/perbaiki/", students.correct_guardian, name="correct_guardian"),
    path("kemajuan/", progress.progress, name="progress"),
    path("sekolah/", desk.desk, name="desk"),
    *ACTS,
    *OFFICES,
    *People().urls,
    *Subjects().urls,
    *CLASSES,
    *PROFILE,
    *imports.urls,
]
