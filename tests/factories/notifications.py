import factory
from django.utils import timezone

from notifications.models import Delivery, Notice
from tests.factories.accounts import UserFactory


class NoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notice

    recipient = factory.SubFactory(UserFactory)
    kind = "told.rain_came"
    target = "1"
    group_key = factory.LazyAttribute(lambda made: f"{made.kind}:{made.target}")


class DeliveryFactory(factory.django.DjangoModelFactory):
    """A letter that is due now."""

    class Meta:
        model = Delivery

    recipient = factory.SubFactory(UserFactory)
    recipient_key = factory.LazyAttribute(lambda made: f"user-{made.recipient.pk}")
    kind = "told.rain_came"
    target = "1"
    due = factory.LazyFunction(timezone.now)
