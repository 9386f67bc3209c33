"""Asking a page as somebody, and naming the answer."""

import re
from contextlib import contextmanager

from django.db import connection, transaction
from django.test import Client

LOGIN = "/accounts/login/"
# Rows that a mere look may write.
OWN_TRACES = ("accounts_session", "usersessions_usersession")


@contextmanager
def rolled_back():
    """Whatever happens inside has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Browser:
    """One person's browser, which forgets everything between two requests."""

    def __init__(self, person):
        self.client = Client(raise_request_exception=False)
        if person is not None:
            self.client.force_login(
                person, backend="django.contrib.auth.backends.ModelBackend"
            )
        self.kept = self.client.cookies.output()
        self.values = {name: it.value for name, it in self.client.cookies.items()}

    def ask(self, method, url, data=None, headers=None):
        """The answer, its text, and which tables it wrote to."""
        self.client.cookies.clear()
        self.client.cookies.load(self.values)
        wrote = []

        def watch(execute, sql, params, many, context):
            found = re.match(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"', sql)
            if found and not found[1].endswith(OWN_TRACES):
                wrote.append(found[1])
            return execute(sql, params, many, context)

        with rolled_back(), connection.execute_wrapper(watch):
            call = self.client.get if method == "GET" else self.client.post
            response = call(url, data, headers=headers)
            body = b"".join(response) if response.streaming else response.content
        text = body.decode("utf-8", "replace") + response.get("Location", "")
        text = text.replace("\r\n ", "")  # calendars fold their lines
        return response, text, wrote


def verdict(response, also=()):
    """``yes``, ``login``, ``no``, ``none``; anything else is a fault."""
    code = response.status_code
    target = response.get("HX-Redirect") or response.get("Location", "")
    if target.startswith(LOGIN):
        return "login"
    if code in also or code in (200, 204, 302, 422):
        return "yes"
    _type, fault, _trace = getattr(response, "exc_info", None) or ("", "", "")
    return {403: "no", 404: "none"}.get(code, f"{code} {fault!r:.90}")
