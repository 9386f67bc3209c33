"""Take letters in from a mail server."""

import sys

from django.core.management.base import BaseCommand

from inbound.server import TRY_AGAIN, Door, serve, take_in

# sysexits.h, which every mail server understands.
EX_OK, EX_USAGE, EX_NOUSER, EX_TEMPFAIL = 0, 64, 67, 75


class Command(BaseCommand):
    """An LMTP server, or one letter from standard input."""

    help = (
        "Take letters in: as an LMTP server for Postfix or Exim "
        "(--host/--port or --socket), or one letter from a pipe (--pipe)."
    )

    def add_arguments(self, parser):
        """Where to listen."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8024)
        parser.add_argument("--socket", help="a unix socket instead of host and port")
        parser.add_argument(
            "--pipe", action="store_true", help="read one letter and end (sysexits)"
        )
        parser.add_argument("--to", help="with --pipe: the address it came to")
        parser.add_argument(
            "--from",
            dest="sender",
            help='with --pipe: the envelope sender ("" is null)',
        )

    def handle(self, *args, **options):
        """Serve, or read the pipe."""
        if not options["pipe"]:
            serve(
                Door(),
                host=options["host"],
                port=options["port"],
                path=options["socket"],
                is_lmtp=True,
            )
            return
        if not options["to"]:
            self.stderr.write("--pipe needs --to ADDRESS")
            sys.exit(EX_USAGE)
        answer = take_in(sys.stdin.buffer.read(), [options["to"]], options["sender"])[0]
        if answer == TRY_AGAIN:
            sys.exit(EX_TEMPFAIL)
        sys.exit(EX_OK if answer.startswith("2") else EX_NOUSER)
