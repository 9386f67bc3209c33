"""Put a believable alliance into this site, or print its sign-ins."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.demo import DEMO_PASSWORD
from demo.cast import address_of
from demo.loading import load_demo
from demo.texts.people import SIGN_INS


class Command(BaseCommand):
    help = "Loads the demo alliance. A second time changes nothing."

    def add_arguments(self, parser):
        parser.add_argument(
            "--sign-ins",
            action="store_true",
            help="print address, password and what they can see; load nothing",
        )
        parser.add_argument(
            "--yes-in-production",
            action="store_true",
            help="load it although this is a production site, with its known password",
        )

    def handle(self, *, sign_ins, yes_in_production, **options):
        """Load, or print; never on a production site by accident."""
        if sign_ins:
            for key, (_alias, sight) in SIGN_INS.items():
                self.stdout.write(f"{address_of(key)}  {DEMO_PASSWORD}  {sight}")
            return
        if settings.PRODUCTION and not yes_in_production:
            raise CommandError(
                "This is a production site. The demo's password is known to everybody, "
                "and one of its people is a site administrator. If you want it all the "
                "same: load_demo --yes-in-production"
            )
        if load_demo():
            self.stdout.write("The demo alliance is in: Forest Forum and three more.")
        else:
            self.stdout.write("The demo alliance was loaded before; nothing changed.")
