from django.urls import path

from files import views

app_name = "files"

urlpatterns = [
    path("<int:pk>/", views.file_serve, name="file_serve"),
]
