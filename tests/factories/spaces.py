import factory
from django.utils import timezone

from spaces.models import Membership, Space, StakeholderGroup
from tests.factories.accounts import UserFactory


class SpaceFactory(factory.django.DjangoModelFactory):
    """Listed, joined by request, every tool on: what a new space is by default."""

    class Meta:
        model = Space

    slug = factory.Sequence(lambda n: f"space-{n}")
    name = factory.Sequence(lambda n: f"Space {n}")
    concern = "How do we keep the forest standing?"
    visibility = "listed"
    join_policy = "request"
    tools = factory.LazyFunction(lambda: list(Space.Tool.values))


class GroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StakeholderGroup

    space = factory.SubFactory(SpaceFactory)
    name = factory.Sequence(lambda n: f"Group {n}")
    palette = factory.Sequence(lambda n: n % 8)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    space = factory.SubFactory(SpaceFactory)
    person = factory.SubFactory(UserFactory)
    status = "active"
    joined = factory.LazyFunction(timezone.now)
