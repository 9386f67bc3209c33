import io

import factory
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from files.models import File
from tests.factories.accounts import UserFactory
from tests.factories.spaces import SpaceFactory


def picture_bytes(width=64, height=48, form="JPEG", **save):
    """A real picture."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(
        out, form, **save
    )
    return out.getvalue()


def picture_upload(name="field.jpg", **fields):
    """A picture as a browser sends it."""
    return SimpleUploadedFile(name, picture_bytes(**fields), "image/jpeg")


class FileFactory(factory.django.DjangoModelFactory):
    """A photo that hangs on a members' item."""

    class Meta:
        model = File

    space = factory.SubFactory(SpaceFactory)
    kind = "photo"
    name = "field.jpg"
    content_type = "image/webp"
    size = 10
    width = 64
    height = 48
    is_draft = False
    uploaded_by = factory.SubFactory(UserFactory)
    original = factory.LazyFunction(lambda: ContentFile(b"0123456789", "field.webp"))
