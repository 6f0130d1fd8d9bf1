from recaps.urls import class_lists, recaps

app_name = "recaps"
urlpatterns = [*recaps.urlpatterns, *class_lists.urlpatterns]
