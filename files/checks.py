"""What this machine lacks for recordings, said at the start and on ``/healthz``."""

from django.conf import settings
from django.core.checks import Warning as Lack
from django.core.checks import register

from files.converters import where_is_it

TAG = "media"


@register(TAG)
def converter_found(app_configs, **kwargs):
    """Whether there is an ffmpeg; looks for it only, and runs nothing."""
    if settings.ALLIANCE_FFMPEG == "none" or where_is_it(settings.ALLIANCE_FFMPEG):
        return []
    return [
        Lack(
            "No ffmpeg was found: sound is kept and played as it comes, and films are "
            "refused.",
            hint="Install it (apt install ffmpeg), or name it in ALLIANCE_FFMPEG; "
            "docs/operate.md, “Photos, sound and film”.",
            id="files.W001",
        )
    ]
