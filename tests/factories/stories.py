import factory
from django.utils import timezone

from conversations.actions import open_thread
from stories.models import Story
from tests.factories.accounts import UserFactory
from tests.factories.spaces import SpaceFactory


class StoryFactory(factory.django.DjangoModelFactory):
    """A published story with its (empty) talk."""

    class Meta:
        model = Story
        skip_postgeneration_save = True

    space = factory.SubFactory(SpaceFactory)
    author = factory.SubFactory(UserFactory)
    entered_by = factory.SelfAttribute("author")
    title = factory.Sequence(lambda n: f"Story {n}")
    slug = factory.Sequence(lambda n: f"story-{n}")
    body = "The bell works. The rice came late."
    body_html = "<p>The bell works. The rice came late.</p>"
    plain = "The bell works. The rice came late."
    state = "published"
    published = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def thread(self, create, extracted, **kwargs):
        if create and self.state == "published":
            self.thread = open_thread(
                space=self.space,
                origin="story",
                title=self.title,
                path=self.get_absolute_url(),
                audience=self.audience,
                audience_group=self.audience_group,
            )
            self.save(update_fields=["thread"])
