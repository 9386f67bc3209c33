"""The cast and the tools. Every app's tests use the same people."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from hypothesis import HealthCheck, settings

from tests.factories.accounts import UserFactory
from tests.factories.spaces import GroupFactory, MembershipFactory, SpaceFactory
from tests.order import Scheduling, in_groups

# A busy machine is no fault of a test. (In CI hypothesis' own profile says so, too.)
settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
if settings.get_current_profile_name() == "default":
    settings.load_profile("patient")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Keep together what shares its set-up, also where one process runs it all."""
    places = in_groups([item.nodeid for item in items])
    items.sort(key=lambda item: places[item.nodeid])


def pytest_xdist_make_scheduler(config, log):
    """Whole groups to each worker (`pytest -n`), the long ones first."""
    return Scheduling(config, log)


@pytest.fixture(autouse=True)
def empty_cache(settings, tmp_path):
    """Every test begins with empty counters and its own folder for uploads."""
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()


@pytest.fixture
def space(db):
    """A listed space: the card is public, the content is for members."""
    return SpaceFactory(slug="forest", name="Forest Forum")


@pytest.fixture
def open_space(db):
    """Anyone reads."""
    return SpaceFactory(
        slug="water", name="Water Watch", visibility="open", join_policy="open"
    )


@pytest.fixture
def hidden_space(db):
    """Only members know of it."""
    return SpaceFactory(
        slug="quiet",
        name="Quiet Room",
        visibility="hidden",
        join_policy="invitation",
    )


@pytest.fixture
def all_spaces(space, open_space, hidden_space):
    return [space, open_space, hidden_space]


def _join(person, spaces, **fields):
    for space in spaces:
        MembershipFactory(space=space, person=person, **fields)
    return person


@pytest.fixture
def farmers(space):
    return GroupFactory(space=space, name="Farmers", palette=0)


@pytest.fixture
def officers(space):
    return GroupFactory(space=space, name="District officers", palette=1)


@pytest.fixture
def ada(all_spaces):
    """Facilitator of every space."""
    person = UserFactory(email="ada@example.org", name="Ada Mensah")
    return _join(person, all_spaces, role="facilitator")


@pytest.fixture
def sam(all_spaces):
    """Steward of every space."""
    person = UserFactory(email="sam@example.org", name="Sam Owusu")
    return _join(person, all_spaces, role="steward")


@pytest.fixture
def ben(all_spaces, farmers):
    """Member of every space; a farmer in the forest forum."""
    person = _join(UserFactory(email="ben@example.org", name="Ben Tetteh"), all_spaces)
    person.memberships.filter(space=farmers.space).update(group=farmers)
    return person


@pytest.fixture
def oda(all_spaces, officers):
    """Member of every space; of another stakeholder group in the forest forum."""
    person = _join(UserFactory(email="oda@example.org", name="Oda Lund"), all_spaces)
    person.memberships.filter(space=officers.space).update(group=officers)
    return person


@pytest.fixture
def cleo(db):
    """Signed in, outside every space."""
    return UserFactory(email="cleo@example.org", name="Cleo Diaz")


@pytest.fixture
def ivy(all_spaces):
    """Invited to every space, not yet in."""
    person = UserFactory(email="ivy@example.org", name="Ivy Boateng")
    return _join(person, all_spaces, status="invited", joined=None)


@pytest.fixture
def rex(all_spaces):
    """Has asked to join every space."""
    person = UserFactory(email="rex@example.org", name="Rex Amoah")
    return _join(person, all_spaces, status="requested", joined=None)


@pytest.fixture
def max_(all_spaces):
    """Banned from every space."""
    person = UserFactory(email="max@example.org", name="Max Stone")
    return _join(person, all_spaces, status="banned", joined=None)


@pytest.fixture
def root(db):
    """Site administrator, member of nothing."""
    return UserFactory(
        email="root@example.org", name="Rita Root", is_staff=True, is_superuser=True
    )


@pytest.fixture
def guest():
    """Not signed in."""
    return AnonymousUser()
