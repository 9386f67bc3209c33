"""The page of the reference project (``reference.py``)."""

from django.contrib.contenttypes.models import ContentType
from django.shortcuts import render
from django.urls import path


def hello(request):
    """One row, one template."""
    row = ContentType.objects.order_by("pk")[0]
    return render(request, "hello.html", {"row": row})


urlpatterns = [path("", hello, name="hello")]
