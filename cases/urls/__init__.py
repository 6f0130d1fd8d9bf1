from cases.urls import cases, class_lists, recaps

app_name = "cases"
urlpatterns = [*recaps.urlpatterns, *class_lists.urlpatterns, *cases.urlpatterns]
