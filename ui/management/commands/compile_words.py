"""``manage.py compile_words``: translations typed into .po files take effect."""

from django.core.management.base import BaseCommand

from ui.words import compile_words, gather_words


class Command(BaseCommand):
    """Compile ``locale/*/django.po``; with ``--gather`` look for new words first."""

    help = "Compile the translations; --gather first looks for new words (gettext)."
    requires_system_checks = ()

    def add_arguments(self, parser):
        """One switch."""
        parser.add_argument(
            "--gather",
            action="store_true",
            help="look for new words in code and templates (needs Debian's gettext)",
        )

    def handle(self, *args, gather, **options):
        """Gather if asked, compile, say how much is translated."""
        if gather:
            gather_words()
        for code, count in compile_words().items():
            self.stdout.write(f"{code}: {count} translated")
