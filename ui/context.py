"""What every page knows about the site."""

from django.conf import settings


def site(request):
    """Name and address of this installation."""
    return {
        "site_name": settings.ALLIANCE_SITE_NAME,
        "site_url": settings.ALLIANCE_SITE_URL,
        "dev_pages": settings.ALLIANCE_DEV_PAGES,
    }
