import factory

from conversations.actions import open_thread
from tests.factories.accounts import UserFactory
from tests.factories.spaces import SpaceFactory
from wiki.drawing import draw_page
from wiki.models import Page, Revision


class RevisionFactory(factory.django.DjangoModelFactory):
    """A version in the history; ``PageFactory`` makes the newest one."""

    class Meta:
        model = Revision

    number = factory.Sequence(lambda n: n + 1)
    title = factory.SelfAttribute("page.title")
    body = "The belt is cut in October."
    author = factory.SubFactory(UserFactory)
    entered_by = factory.SelfAttribute("author")


class PageFactory(factory.django.DjangoModelFactory):
    """A page with one version and its (empty) talk, as the action leaves it."""

    class Meta:
        model = Page
        skip_postgeneration_save = True

    space = factory.SubFactory(SpaceFactory)
    title = factory.Sequence(lambda n: f"Page {n}")
    slug = factory.Sequence(lambda n: f"page-{n}")
    created_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def body(self, create, extracted, **kwargs):
        """The text; who made the page wrote it, unless ``body__author`` is given."""
        if not create:
            return
        text = "The belt is cut in October." if extracted is None else extracted
        kwargs.setdefault("author", self.created_by)
        self.thread = open_thread(
            space=self.space,
            origin="page",
            title=self.title,
            path=self.get_absolute_url(),
            audience=self.audience,
            audience_group=self.audience_group,
        )
        self.current = RevisionFactory(page=self, number=1, body=text, **kwargs)
        draw_page(self, text)
        self.save()
