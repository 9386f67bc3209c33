"""The whole site on one machine: data, web, worker, beat and a local mail server."""

import hashlib
import json
import os
import secrets
import sys
import time
from contextlib import closing

import psycopg2

from alliance.launch.children import Child
from alliance.launch.places import ROOT, private_folder
from alliance.launch.ports import free_port, health, look_at_port
from alliance.launch.servers import Servers
from alliance.launch.words import Trouble, say, step

# What other commands need to work on the same data (see ``running.lend``).
LENT = (
    "ALLIANCE_HOME",
    "ALLIANCE_SITE_URL",
    "DATABASE_URL",
    "EMAIL_URL",
    "PORT",
    "REDIS_URL",
    "SECRET_KEY",
)


class Website:
    """One running site.

    Args:
        places: the run's folders.
        host: the address to listen on.
        port: the port to listen on.
        demo: True or False, or None for "yes, unless the database is somebody's".
    """

    def __init__(self, places, *, host="127.0.0.1", port=8000, demo=None):
        self.places = places
        self.host = host
        self.port = port
        self.demo = demo
        self.servers = Servers(places)
        self.children = []
        self.sign_ins = ""
        self.environment = {
            name: text for name, text in os.environ.items() if name[:2] != "PG"
        }

    @property
    def address(self):
        """Where people find it."""
        return self.environment["ALLIANCE_SITE_URL"]

    def start(self):
        """Bring everything up and wait until it answers.

        Raises:
            Trouble: some part does not come up.
        """
        look_at_port(self.host, self.port)
        self.start_servers()
        static = self.begin_static()
        step("Bringing the database up to date")
        self.finish(self.begin("migrate", "migrate", "--noinput"))
        self.load_demo()
        if static is not None:
            step("Preparing styles and scripts")
            self.finish(static)
            self.static_mark().write_text(static_fingerprint())
        self.start_processes()
        self.wait_until_healthy()

    def start_servers(self):
        """Start what holds data and takes mail; enough for a ``manage.py`` command."""
        self.environment |= {
            "ALLIANCE_HOME": str(self.places.home),
            "ALLIANCE_BIND": f"{self.host}:{self.port}",
            "DJANGO_SETTINGS_MODULE": "alliance.settings",
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
            "SECRET_KEY": os.environ.get("SECRET_KEY") or own_secret(self.places),
        }
        self.environment.setdefault(
            "ALLIANCE_SITE_URL", f"http://localhost:{self.port}"
        )
        self.servers.start()
        self.environment |= self.servers.environment
        if not self.environment.get("EMAIL_URL"):
            self.start_mail()

    def start_processes(self):
        """Start web, worker and beat."""
        step("Starting web, worker and beat")
        private_folder(self.places.home / "beat")
        celery = (sys.executable, "-m", "celery", "-A", "alliance")
        self.run(
            "web",
            sys.executable,
            "-m",
            "gunicorn",
            "--config=alliance/gunicorn.py",
            "alliance.wsgi",
        )
        self.run(
            "worker",
            *celery,
            "worker",
            "--concurrency=2",
            "--loglevel=INFO",
            "--without-gossip",
            "--without-mingle",
        )
        self.run(
            "beat",
            *celery,
            "beat",
            "--loglevel=INFO",
            f"--schedule={self.places.home / 'beat' / 'schedule'}",
            "--pidfile=",
        )
        # The worker's first sign of life; beat would ask for it after half a minute.
        self.children.append(
            Child(
                "heartbeat",
                [*celery, "call", "notifications.tasks.heartbeat"],
                places=self.places,
                environment=self.environment,
                cwd=ROOT,
                grace=1,
            ).start()
        )

    def run(self, name, *command):
        """Start one lasting part of the site.

        Args:
            name: its name on the terminal and of its log.
            command: the program.
        """
        child = Child(
            name, command, places=self.places, environment=self.environment, cwd=ROOT
        )
        self.children.append(child)
        child.start()

    def begin(self, name, *arguments):
        """Start a ``manage.py`` command that ends by itself.

        Args:
            name: the name of its log.
            arguments: the command.

        Returns:
            The Child.
        """
        child = Child(
            name,
            [sys.executable, ROOT / "manage.py", *arguments],
            places=self.places,
            environment=self.environment,
            cwd=ROOT,
            grace=3,
        )
        self.children.append(child)
        return child.start()

    def finish(self, child):
        """Wait for a command to end.

        Args:
            child: the Child.

        Returns:
            What it said.

        Raises:
            Trouble: it failed.
        """
        code = child.wait()
        self.children.remove(child)
        if code:
            raise Trouble(
                f"`manage.py {child.command[2]}` failed. Its last lines:\n"
                f"{child.last_lines()}\nAll of it: {child.log}"
            )
        return child.said()

    def start_mail(self):
        """Start the local mail server, a real SMTP server for this machine only."""
        step("Starting the local mail server")
        port = free_port(1025)
        private_folder(self.places.mail)
        self.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        self.run(
            "mail",
            sys.executable,
            ROOT / "manage.py",
            "catch_mail",
            f"--smtp-port={port}",
        )

    def static_mark(self):
        """Where the fingerprint of the prepared static files is kept."""
        return self.places.home / "static.fingerprint"

    def begin_static(self):
        """Begin to collect static files when they changed since the last run.

        Returns:
            The Child, or None when there is nothing to do.
        """
        manifest = self.places.home / "static" / "staticfiles.json"
        mark = self.static_mark()
        if (
            manifest.exists()
            and mark.exists()
            and mark.read_text() == static_fingerprint()
        ):
            return None
        return self.begin("static", "collectstatic", "--noinput", "--clear")

    def load_demo(self):
        """Load the demo alliance the first time; know its sign-ins every time."""
        if self.demo is False:
            return
        mark = self.places.home / "demo.json"
        with closing(psycopg2.connect(self.environment["DATABASE_URL"])) as database:
            identity = identity_of(database)
            known = json.loads(mark.read_text()) if mark.exists() else {}
            if known.get("database") == identity:
                self.sign_ins = known["sign_ins"]
                return
            if (
                self.demo is None
                and self.servers.postgres is None
                and has_people(database)
            ):
                say(
                    "    (This database has people already, so no demo content is put"
                    "\n     into it. ALLIANCE_DEMO=1 asks for it all the same.)"
                )
                return
        step("Loading the demo alliance (once)")
        self.finish(self.begin("demo", "load_demo"))
        self.sign_ins = self.finish(self.begin("demo", "load_demo", "--sign-ins"))
        mark.touch(mode=0o600)
        mark.write_text(json.dumps({"database": identity, "sign_ins": self.sign_ins}))

    def wait_until_healthy(self):
        """Wait until ``/healthz`` says that all is well.

        Raises:
            Trouble: a part ended, or the site does not answer at all.
        """
        end = time.monotonic() + 90
        answer = None
        while time.monotonic() < end:
            self.look_at_children()
            answer = health(self.host, self.port) or answer
            if answer is not None and answer[0] == 200:
                return
            time.sleep(0.25)
        if answer is None:
            raise Trouble(
                f"The site does not answer on port {self.port}."
                f" See {self.places.log}/web.log"
            )
        say(f"    (The site answers, but /healthz is not content: {answer[1][:300]})")

    def look_at_children(self):
        """Notice a part that ended by itself.

        Raises:
            Trouble: one did.
        """
        for child in [*self.children, *self.servers.children()]:
            if not child.alive():
                code = child.reap()
                if child.name == "heartbeat":
                    self.children.remove(child)
                    continue
                raise Trouble(
                    f"{child.name} ended by itself ({ending(code)}), so everything is"
                    f" stopped.\nIts last lines:\n{child.last_lines()}\n"
                    f"All of it: {child.log}"
                )

    def watch(self, also=lambda: None):
        """Stay until something ends.

        Args:
            also: called twice a second.

        Raises:
            Trouble: a part of the site ended by itself.
        """
        while True:
            self.look_at_children()
            also()
            time.sleep(0.5)

    def stop(self):
        """Stop everything, the servers last."""
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.stop()
        self.servers.stop()


def ending(code):
    """How a program ended, in words."""
    return f"killed by signal {-code}" if code < 0 else f"exit code {code}"


def own_secret(places):
    """This home's secret key, made the first time.

    Args:
        places: the run's folders.

    Returns:
        The key.
    """
    path = places.home / "secret_key"
    if not path.exists() or not path.read_text().strip():
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(number, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


def static_fingerprint():
    """What the prepared static files were made from: our files and the packages.

    Returns:
        A digest; it changes when a file's size or time does.
    """
    digest = hashlib.sha256()
    mark = ROOT / ".venv" / ".installed-run"
    digest.update(mark.read_bytes() if mark.exists() else b"")
    # The bundler of style sheets and scripts is a source as much as they are.
    paths = [ROOT / "ui" / "bundle.py", ROOT / "alliance" / "settings.py"]
    for folder in (ROOT / "static", *ROOT.glob("*/static")):
        paths += sorted(folder.rglob("*"))
    for path in paths:
        found = path.stat()
        digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def identity_of(database):
    """What tells this database from any other, also from a later one of its name."""
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT system_identifier FROM pg_control_system()), oid"
            " FROM pg_database WHERE datname = current_database()"
        )
        return "/".join(str(part) for part in cursor.fetchone())


def has_people(database):
    """Whether a given database already holds somebody's accounts."""
    with database.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM accounts_user)")
        return cursor.fetchone()[0]
