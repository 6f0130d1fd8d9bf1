from django.urls import URLPattern, URLResolver

app_name = "homevisits"

urlpatterns: list[URLPattern | URLResolver] = []
