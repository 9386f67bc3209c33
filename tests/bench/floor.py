"""Alliance with one page more: what any page costs somebody who is signed in.

The site that is measured is served from here. The page reads who asks and answers two
words; no page of ours can cost less, whatever it draws.
"""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
from django.utils.module_loading import import_string

ADDRESS = "bench-floor/"


def floor(request):
    """Two words."""
    return HttpResponse("Signed in" if request.user.is_authenticated else "Not you")


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliance.settings")
application = get_wsgi_application()
urlpatterns = import_string(f"{settings.ROOT_URLCONF}.urlpatterns")
urlpatterns.append(path(ADDRESS, floor, name="floor"))
