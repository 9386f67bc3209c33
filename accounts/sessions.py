"""Sessions in PostgreSQL that bring their person along: one query says who reads."""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
    get_user,
)
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import Session
from accounts.prepared import NOBODY, Prepared

_sessions = Prepared(
    lambda user, key, now: (
        Session.objects.filter(session_key=key, expire_date__gt=now)
        .select_related("person")
        .annotate(last_seen=Subquery(_devices.values("last_seen_at")[:1]))
    )
)
_devices = UserSession.objects.filter(session_key=OuterRef("session_key"))


class SessionStore(DatabaseStore):
    """Django's database sessions, fetched together with the person and the moment when
    this device was last seen.

    Attributes:
        row: the ``Session`` as it was loaded, or None; its ``last_seen`` is None where
            allauth has not noted the device yet.
    """

    row = None

    @classmethod
    def get_model_class(cls):
        return Session

    def create_model_instance(self, data):
        session = super().create_model_instance(data)
        session.person_id = data.get(SESSION_KEY)
        return session

    def load(self):
        self.row = next(
            iter(_sessions(NOBODY, key=self.session_key, now=timezone.now())), None
        )
        if self.row is None:
            self._session_key = None
            return {}
        return self.decode(self.row.session_data)


def reader_of(request):
    """Whose session a request carries.

    Everything that Django asks of a session is asked here too, of the person who came
    with it. Where anything is unusual, Django decides.

    Args:
        request: with its session.

    Returns:
        A ``User`` or an ``AnonymousUser``.
    """
    session = request.session
    if SESSION_KEY not in session:
        return AnonymousUser()
    person = session.row.person if session.row else None
    if (
        person is not None
        and person.is_active
        and session[SESSION_KEY] == str(person.pk)
        and session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(
            session.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash()
        )
    ):
        return person
    return get_user(request)
