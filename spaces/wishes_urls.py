"""How I am told, in all my spaces: below ``/inbox/preferences/``."""

from django.urls import path

from spaces.views import wishes

app_name = "wishes"

urlpatterns = [
    path("", wishes.preferences, name="preferences"),
    path("less/", wishes.preferences_less, name="preferences_less"),
    path("undo/", wishes.preferences_undo, name="preferences_undo"),
    path("resume/", wishes.letters_resume, name="letters_resume"),
]
