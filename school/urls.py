from django.urls import URLPattern, URLResolver, path

from school.views import account, students

app_name = "school"

urlpatterns: list[URLPattern | URLResolver] = [
    path("akun/", account.account, name="account"),
    path("siswa/", students.students, name="students"),
    path("siswa/<int:pk>/perbaiki/", students.correct_student, name="correct_student"),
    path("siswa/<int:pk>/wali/", students.add_guardian, name="add_guardian"),
    path("wali-murid/<int:pk>/perbaiki/", students.correct_guardian, name="correct_guardian"),
]
