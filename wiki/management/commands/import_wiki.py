from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from spaces.models import Audience, Space
from wiki.actions.importing import check_import, take_in, want_import
from wiki.importing.reading import Unreadable, read_folder
from wiki.permissions import can_import_pages


class Command(BaseCommand):
    help = (
        "Take a folder of Markdown into a wiki. Says what would happen; with --yes it "
        "happens."
    )

    def add_arguments(self, parser):
        parser.add_argument("space", help="the space's word in its address")
        parser.add_argument("folder")
        parser.add_argument(
            "--by", required=True, metavar="ADDRESS", help="a steward or facilitator"
        )
        parser.add_argument(
            "--update", action="store_true", help="pages of the same title change too"
        )
        parser.add_argument(
            "--public", action="store_true", help="anyone reads the new pages"
        )
        parser.add_argument("--yes", action="store_true", help="write them")

    def handle(self, space, folder, *, by, **options):
        found = Space.objects.filter(slug=space).first()
        person = User.objects.filter(email__iexact=by).first()
        if found is None or person is None:
            raise CommandError("There is no such space or no such person.")
        if not can_import_pages(person, found):
            raise CommandError(f"{by} is no steward or facilitator of {space}.")
        if options["public"] and not found.is_open:
            raise CommandError("Only an open space has pages that anyone reads.")
        try:
            held = check_import(
                found,
                read_folder(folder),
                by=person,
                audience=Audience.PUBLIC if options["public"] else Audience.MEMBERS,
                is_update=options["update"],
            )
        except Unreadable as error:
            raise CommandError(str(error)) from error
        if options["yes"]:
            want_import(held, by=person)
            take_in()
            held.refresh_from_db()
        for row in held.report:
            more = f"  {row['why']}" if row["why"] else ""
            broken = f"  leads nowhere: {', '.join(row['broken'])}" * bool(
                row["broken"]
            )
            line = f"{row['fate']:<7}{row['path']} → {row['title']}{more}{broken}"
            self.stdout.write(line)
        if options["yes"]:
            self.stdout.write(f"{held.written} pages written")
        else:
            self.stdout.write("Nothing was written. Again with --yes writes them.")
