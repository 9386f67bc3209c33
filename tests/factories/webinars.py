from datetime import timedelta

import factory
from django.utils import timezone

from conversations.actions import open_thread
from tests.factories.accounts import UserFactory
from tests.factories.spaces import SpaceFactory
from webinars.models import Webinar


class WebinarFactory(factory.django.DjangoModelFactory):
    """In two days, for an hour, with its (empty) talk."""

    class Meta:
        model = Webinar

    space = factory.SubFactory(SpaceFactory)
    created_by = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"Webinar {n}")
    slug = factory.Sequence(lambda n: f"webinar-{n}")
    starts = factory.LazyFunction(lambda: timezone.now() + timedelta(days=2))
    ends = factory.LazyAttribute(lambda it: it.starts + timedelta(hours=1))
    time_zone = "Africa/Accra"
    thread = factory.LazyAttribute(
        lambda it: open_thread(
            space=it.space,
            origin="webinar",
            title=it.title,
            path=f"/s/{it.space.slug}/webinars/{it.slug}/",
            audience=getattr(it, "audience", "members"),
            audience_group=getattr(it, "audience_group", None),
        )
    )
