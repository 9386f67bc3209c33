"""The translated words: gathered into ``locale/*/django.po``, compiled beside them.

The compiled ``.mo`` files are committed: a user's machine and a server need no gettext
and no step that could be forgotten; a test fails when one is stale.
"""

from pathlib import Path

import polib
from django.conf import settings
from django.core.management import call_command

# Django's rules for whole numbers: French counts nought as one.
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "pt": "nplurals=2; plural=(n != 1);",
    "sw": "nplurals=2; plural=(n != 1);",
}
# The demo's own stories are not the product's words; tests and tools are nobody's.
LEFT_OUT = ("demo/*", "tests/*", "static/*", "docs/*", ".venv/*", ".alliance/*")


def word_files():
    """The ``.po`` file of each translated language.

    Returns:
        dict language code → ``Path``.
    """
    folder = Path(settings.LOCALE_PATHS[0])
    return {
        code: folder / code / "LC_MESSAGES" / "django.po"
        for code, _name in settings.LANGUAGES
        if code != settings.LANGUAGE_CODE
    }


def compiled(path):
    """What the ``.mo`` file beside a ``.po`` file must hold.

    Args:
        path: the ``.po`` file.

    Returns:
        bytes, the same for the same words.
    """
    return polib.pofile(str(path)).to_binary()


def compile_words():
    """Write the ``.mo`` files.

    Returns:
        dict language code → how many words have a translation.
    """
    counts = {}
    for code, path in word_files().items():
        path.with_suffix(".mo").write_bytes(compiled(path))
        counts[code] = len(polib.pofile(str(path)).translated_entries())
    return counts


def gather_words():
    """Bring the ``.po`` files up to date with the code and the templates.

    Needs gettext's ``xgettext`` and ``msgmerge`` (Debian: ``apt install gettext``).

    Raises:
        CommandError: gettext is not installed.
    """
    for path in word_files().values():
        path.parent.mkdir(parents=True, exist_ok=True)
    call_command(
        "makemessages",
        locale=list(word_files()),
        ignore_patterns=list(LEFT_OUT),
        no_wrap=True,
        add_location="file",
        verbosity=0,
    )
    for code, path in word_files().items():
        _tidy(code, path)


def _tidy(code, path):
    """No guesses, no leftovers, no dates: a diff shows words only."""
    words = polib.pofile(str(path), wrapwidth=0)
    for entry in words.obsolete_entries():
        words.remove(entry)
    for entry in words:
        entry.previous_msgctxt = entry.previous_msgid = None
        entry.previous_msgid_plural = None
        if entry.fuzzy:
            entry.flags.remove("fuzzy")
            entry.msgstr = ""
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
    words.header = ""
    words.metadata_is_fuzzy = False
    words.metadata = {
        "Project-Id-Version": "Alliance",
        "Language": code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[code],
    }
    words.save(str(path))
