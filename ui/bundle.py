"""One style sheet and one script, put together from many small files.

What only some pages need stands in a folder of its own beside ``components`` and
becomes a second, small sheet: ``css/members/*.css`` → ``css/members.css`` for people
who are signed in, ``css/wiki.css`` for wiki pages, ``css/media.css`` for
forms with photos and sound, ``css/mailbox.css`` for /dev/mail/.
A guest's first page stays small by it. Scripts are parted in the same way:
``js/members/*.js`` → ``js/members.js``, ``js/live.js`` for pages with talk,
``js/wiki.js`` for the form of a wiki page, and ``js/media.js`` for forms that take
photos and sound.

Sources stay separate (STYLE §3.12); a page asks for ``css/all.css`` and ``js/all.js``
because each request costs a person on a slow line more than the bytes do. The bundle
is a static-files finder, so ``collectstatic``, the local server and the tests get it
the same way, and no built file is ever committed or out of date.
"""

import os
import re
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCE = Path(__file__).resolve().parent.parent / "static"
APART = ("members", "wiki", "media", "mailbox")
FIRST_STYLES = ("tokens.css", "base.css", "layout.css")

_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_JS_COMMENT = re.compile(r"^\s*(//.*)?$\n", re.MULTILINE)
_JS_INDENT = re.compile(r"^ +", re.MULTILINE)
_JS_BLOCK_COMMENT = re.compile(r"^\s*/\*.*?\*/\s*$\n", re.DOTALL | re.MULTILINE)


def style_files():
    """Return the style sheets in cascade order: tokens, base, layout, components."""
    folder = SOURCE / "css"
    return [
        *(folder / name for name in FIRST_STYLES),
        *sorted((folder / "components").glob("*.css")),
    ]


def script_files(folder=""):
    """Return our scripts by name; each is a module of its own in a closure.

    Args:
        folder: "" for everybody's, "members", "live", "wiki" or "media".
    """
    return sorted((SOURCE / "js" / folder).glob("*.js"))


def apart_files(folder):
    """Return the style sheets of one of the folders of ``APART``."""
    return sorted((SOURCE / "css" / folder).glob("*.css"))


def all_styles():
    """Return the style sheet of every page, comments and blank space taken out."""
    return _tightened(style_files())


def apart_styles(folder):
    """Return a second sheet, as ``all_styles``."""
    return _tightened(apart_files(folder))


def _tightened(paths):
    text = "\n".join(path.read_text("utf-8") for path in paths)
    text = _CSS_COMMENT.sub("", text)
    text = re.sub(r"\s+", " ", text)
    text = text.replace(": ", ":")
    return re.sub(r" ?([{};,]) ?", r"\1", text).replace(";}", "}").strip() + "\n"


def all_scripts(folder=""):
    """Return a folder's scripts, each in its own closure, comment lines taken out."""
    parts = []
    for path in script_files(folder):
        text = _JS_BLOCK_COMMENT.sub("", path.read_text("utf-8"))
        text = _JS_INDENT.sub("", _JS_COMMENT.sub("", text))
        parts.append(f"(() => {{\n{text}}})();\n")
    return '"use strict";\n' + "".join(parts)


BUNDLES = {
    "css/all.css": all_styles,
    "js/all.js": all_scripts,
    "js/members.js": partial(all_scripts, "members"),
    "js/wiki.js": partial(all_scripts, "wiki"),
    "js/live.js": partial(all_scripts, "live"),
    "js/media.js": partial(all_scripts, "media"),
} | {f"css/{folder}.css": partial(apart_styles, folder) for folder in APART}


class BundleFinder(BaseFinder):
    """Finds the bundles, writing them when a source has changed."""

    def __init__(self, *args, **kwargs):
        self.folder = settings.ALLIANCE_HOME / "bundle"

    def check(self, **kwargs):
        """Nothing to check: the sources are part of this project."""
        return []

    def find(self, path, find_all=False, **kwargs):
        """Return where a bundle lies on disk; an empty list for other files."""
        if path not in BUNDLES:
            return []
        target = self._written(path)
        return [str(target)] if find_all else str(target)

    def list(self, ignore_patterns):
        """Yield the bundles for ``collectstatic``."""
        for path in BUNDLES:
            self._written(path)
            yield path, FileSystemStorage(self.folder, base_url=settings.STATIC_URL)

    def _written(self, path):
        target = self.folder / path
        text = BUNDLES[path]()
        if not target.exists() or target.read_text("utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            # Written beside and moved: another process may be reading it.
            fresh = target.with_suffix(f".{os.getpid()}")
            fresh.write_text(text, "utf-8")
            fresh.replace(target)
        return target
