from django.urls import path

from workflow import views

urlpatterns = [
    path("batalkan/<str:kind>/<ids:pks>/<str:action>/", views.undo_view, name="undo"),
]
