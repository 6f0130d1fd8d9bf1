from django.urls import path

from bench.bare import views

urlpatterns = [
    path("", views.empty),
    path("rows/", views.rows),
    path("rows/add/", views.add),
]
