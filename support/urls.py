from django.urls import URLPattern, URLResolver, path

from support.views import follow_ups

app_name = "support"

urlpatterns: list[URLPattern | URLResolver] = [
    path("tindak-lanjut/", follow_ups.follow_ups, name="follow_ups"),
    path("tindak-lanjut/<id:pk>/", follow_ups.follow_up, name="follow_up"),
    path("tindak-lanjut/<id:pk>/selesai/", follow_ups.finish, name="finish"),
    path("tindak-lanjut/<id:pk>/tunda/", follow_ups.put_off, name="put_off"),
    path("tindak-lanjut/<id:pk>/hentikan/", follow_ups.drop, name="drop"),
    path("kasus/<id:pk>/tindak-lanjut/", follow_ups.agree, name="agree"),
]
