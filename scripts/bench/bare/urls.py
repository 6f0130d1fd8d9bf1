from django.urls import path

from bare import views

urlpatterns = [
    path("", views.empty),
    path("rows/", views.rows),
    path("rows/add/", views.add),
]
