"""Addresses of the look: the component page, outside production only."""

from django.urls import path

from ui import views

app_name = "ui"

urlpatterns = [
    path("dev/components/", views.component_list, name="component_list"),
]
