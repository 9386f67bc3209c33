"""A lost database, and what may stand in a log."""

import logging

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from ui.logs import JsonLine


def away(execute, sql, params, many, context):
    raise OperationalError("server closed the connection unexpectedly")


@pytest.mark.django_db
@pytest.mark.parametrize("cookies", [{}, {"sessionid": "a" * 32}])
def test_a_lost_database_is_told_wherever_it_is_missed(cookies):
    """With a session it is middleware that asks first."""
    client = Client(raise_request_exception=False)
    client.cookies.load(cookies)

    with connection.execute_wrapper(away):
        response = client.get(reverse("discover:home"))

    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert b"back in a moment" in response.content


def test_log_line_holds_neither_addresses_nor_tokens():
    token = "0123456789abcdef" * 4
    words = f"Gone: /spaces/invitation/{token}/ for ben@example.org"
    record = logging.LogRecord("django.request", 30, "", 1, words, (), None)

    line = JsonLine().format(record)

    assert token not in line
    assert "ben@" not in line
    assert "/spaces/invitation/…/" in line
