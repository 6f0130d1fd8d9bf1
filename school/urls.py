from django.urls import URLPattern, URLResolver, path

from school.views import account

app_name = "school"

urlpatterns: list[URLPattern | URLResolver] = [
    path("akun/", account.account, name="account"),
]
