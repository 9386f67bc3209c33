"""The folders of a run."""

import os
import re
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from alliance.launch.words import Trouble

ROOT = Path(__file__).resolve().parents[2]

# Linux allows 107 bytes for a socket's path; the longest name below it is
# ".s.PGSQL.5432.lock".
SOCKET_PATH_LIMIT = 107 - len("/.s.PGSQL.5432.lock")


def private_folder(path):
    """Make a folder that only this user may enter; one that exists stays as it is.

    Args:
        path: the folder.

    Returns:
        The path.

    Raises:
        Trouble: a file lies where the folder should be.
    """
    path = Path(path)
    if path.exists() and not path.is_dir():
        raise Trouble(
            f"{path} is a file, but Alliance needs a folder there. Move it away."
        )
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


@dataclass
class Places:
    """Where one run keeps its things.

    Args:
        home: ``$ALLIANCE_HOME`` of this run.
    """

    home: Path

    def __post_init__(self):
        self.home = private_folder(self.home)
        self.log = private_folder(self.home / "log")
        self.run = private_folder(self.home / "run")

    @property
    def postgres(self):
        return self.home / "postgres"

    @property
    def redis(self):
        return self.home / "redis"

    @property
    def mail(self):
        return self.home / "mail"

    def sockets(self):
        """A private folder with a path short and plain enough for Unix sockets.

        Returns:
            ``run/`` where it fits, else a new folder in the system's temporary folder.
        """
        if fits_a_socket(self.run):
            return self.run
        remembered = self.run / "sockets"
        if remembered.exists():
            folder = Path(remembered.read_text())
            if is_mine_alone(folder):
                return folder
        folder = Path(
            tempfile.mkdtemp(prefix="alliance-", dir=short_temporary_folder())
        )
        remembered.write_text(str(folder))
        return folder

    def drop_sockets(self):
        """Remove the folder that ``sockets()`` made outside the home, if any."""
        remembered = self.run / "sockets"
        if remembered.exists():
            folder = Path(remembered.read_text())
            if is_mine_alone(folder):
                shutil.rmtree(folder, ignore_errors=True)
            remembered.unlink()


def is_mine_alone(folder):
    """Whether this is a real folder of this user's that nobody else may enter."""
    try:
        found = os.lstat(folder)
    except OSError:
        return False
    return (
        stat.S_ISDIR(found.st_mode)
        and found.st_uid == os.geteuid()
        and stat.S_IMODE(found.st_mode) == 0o700
    )


def fits_a_socket(folder):
    """Whether sockets can lie in this folder and be named in a URL without escapes."""
    text = str(folder)
    return (
        len(os.fsencode(text)) <= SOCKET_PATH_LIMIT
        and re.fullmatch(r"[A-Za-z0-9._/-]+", text) is not None
    )


def short_temporary_folder():
    """The temporary folder, or ``/tmp`` where that one's path is long or odd."""
    folder = tempfile.gettempdir()
    return folder if fits_a_socket(folder + "/alliance-xxxxxxxx") else "/tmp"  # noqa: S108 (mkdtemp below makes a 0700 folder of a random name)


def alliance_home():
    """``$ALLIANCE_HOME``, or ``.alliance`` in the checkout.

    Returns:
        An absolute path; it need not exist.
    """
    given = os.environ.get("ALLIANCE_HOME", "")
    return Path(os.path.abspath(given)) if given else ROOT / ".alliance"
