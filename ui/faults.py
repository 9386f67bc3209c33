"""What people see when PostgreSQL or Redis is away."""

import logging

from django.core.cache.backends.redis import RedisCache
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import get_template
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


class DatabaseGone:
    """Answer 503 with a plain page when the database cannot be reached."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """Turn a lost database into a page that says so and when to come back."""
        return self.answer_to(exception)

    @classmethod
    def answer_to(cls, exception):
        """The page, where this is a lost database; None for any other fault."""
        if isinstance(exception, (OperationalError, InterfaceError)):
            log.error("database unreachable: %s", type(exception).__name__)
            return cls.page()
        return None

    @staticmethod
    def page():
        """The standalone page: no context processors, so no query."""
        response = HttpResponse(get_template("503.html").render(), status=503)
        response["Retry-After"] = "30"
        return response


class ForgivingRedisCache(RedisCache):
    """A cache that forgets instead of failing while Redis is away.

    Counters start again; the page is served. Nothing that must not be lost lives in
    the cache: sessions are in the database.
    """

    def _forgive(self, call, default, *args, **kwargs):
        try:
            return call(*args, **kwargs)
        except RedisError as error:
            log.warning("cache unreachable: %s", type(error).__name__)
            return default

    def add(self, *args, **kwargs):
        return self._forgive(super().add, True, *args, **kwargs)

    def get(self, key, default=None, version=None):
        return self._forgive(super().get, default, key, default, version)

    def set(self, *args, **kwargs):
        return self._forgive(super().set, None, *args, **kwargs)

    def touch(self, *args, **kwargs):
        return self._forgive(super().touch, False, *args, **kwargs)

    def delete(self, *args, **kwargs):
        return self._forgive(super().delete, False, *args, **kwargs)

    def get_many(self, *args, **kwargs):
        return self._forgive(super().get_many, {}, *args, **kwargs)

    def set_many(self, *args, **kwargs):
        return self._forgive(super().set_many, [], *args, **kwargs)

    def delete_many(self, *args, **kwargs):
        return self._forgive(super().delete_many, None, *args, **kwargs)

    def has_key(self, *args, **kwargs):
        return self._forgive(super().has_key, False, *args, **kwargs)

    def incr(self, key, delta=1, version=None):
        return self._forgive(super().incr, delta, key, delta, version)

    def clear(self):
        return self._forgive(super().clear, False)
