from django.urls import path

from files import upload_views, views

app_name = "files"

urlpatterns = [
    path("<int:pk>/", views.file_serve, name="file_serve"),
    path("incoming/", upload_views.upload_begin, name="upload_begin"),
    path("incoming/<str:token>/", upload_views.upload_go_on, name="upload_go_on"),
]
