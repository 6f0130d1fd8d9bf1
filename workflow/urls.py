from django.urls import path

from workflow import views

urlpatterns = [
    path("batalkan/<str:kind>/<id:pk>/<str:action>/", views.undo_view, name="undo"),
]
