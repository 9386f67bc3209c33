from django.core.management.base import BaseCommand

from wiki.models import Page
from wiki.redrawing import redraw_stale


class Command(BaseCommand):
    help = "Draw again every stored page whose HTML an older renderer has made."

    def add_arguments(self, parser):
        parser.add_argument(
            "--all", action="store_true", help="every page, also those up to date"
        )

    def handle(self, *args, **options):
        if options["all"]:
            Page.gone_too.update(renderer=0)
        self.stdout.write(f"{redraw_stale()} pages drawn again")
