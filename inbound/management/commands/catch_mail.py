"""The local mail server of ``make run``."""

from django.core.management.base import BaseCommand

from inbound.catcher import Catcher
from inbound.server import serve


class Command(BaseCommand):
    """A real SMTP server that keeps every letter and takes answers in."""

    help = "Catch all mail of this run as .eml files; letters to our domain come in."
    requires_system_checks = []

    def add_arguments(self, parser):
        """Where to listen."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", "--smtp-port", type=int, default=1025)

    def handle(self, *args, host, port, **options):
        """Listen until told to stop; prints nothing."""
        serve(Catcher(), host=host, port=port)
