"""What would become of the files: which pages, under which, with which pictures."""

import posixpath
import re
from dataclasses import asdict, dataclass, field
from urllib.parse import unquote, urlsplit

import yaml
from django.utils.translation import gettext as _

from files import documents
from markup.limits import PAGE_CAP, clean
from wiki.attach_forms import PICTURES
from wiki.importing.reading import TEXTS
from wiki.models import Page
from wiki.titles import MAX_TITLE, check_title, tidy_title, title_key

_HEAD = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"\A\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|\Z)")
_LINK = re.compile(r"(!?)\[([^\[\]\n]{0,600})\]\(<?([^()\s<>]+)>?(?:[ ]+\"[^\"]*\")?\)")
# Names under which a folder speaks of itself.
_OF_FOLDER = {"index", "readme", "_index", "home"}


@dataclass
class Planned:
    """One page.

    Attributes:
        path: of its file.
        title: what it will be called.
        parent: path of the file above it, or "".
        fate: ``new``, ``update``, ``same`` (nothing to do), or ``skip``.
        why: for ``skip``, in words.
        files: paths of pictures and documents that it shows.
        broken: links that lead nowhere among these files.
        body: the text, with links to pages; pictures still by path.
    """

    path: str
    title: str
    parent: str = ""
    fate: str = "new"
    why: str = ""
    files: list = field(default_factory=list)
    broken: list = field(default_factory=list)
    body: str = ""


def plan_pages(found, space, user, *, is_update):
    """Say what would happen, without writing anything.

    Args:
        found: path → bytes (``reading``).
        space: the wiki.
        user: who brings it.
        is_update: pages that stand already get a new version; else they are left.

    Returns:
        list of ``Planned`` in the order in which they are written.
    """
    texts = {path for path in found if path.lower().endswith(TEXTS)}
    texts -= {path for path in texts if path.startswith("history/")}
    planned, heads = {}, {}
    for path in sorted(texts):
        planned[path], heads[path] = _first_look(path, found[path])
    _place(planned, heads)
    _name_apart(planned)
    _compare(planned, space, user, is_update=is_update)
    titles = {path: page.title for path, page in planned.items()}
    for page in planned.values():
        page.body = _linked(page, titles, found)
    _settle_same(planned, space, user)
    return _parents_first(planned)


def as_report(planned):
    """What is kept for the page that shows the plan; the texts are read again.

    Args:
        planned: list of ``Planned``.
    """
    return [
        {name: value for name, value in asdict(page).items() if name != "body"}
        for page in planned
    ]


def _first_look(path, content):
    try:
        text = clean(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        title = _stem_title(path)
        why = _("It is not written in UTF-8. Save it as UTF-8 and bring it again.")
        return Planned(path, title, fate="skip", why=why), {}
    head, text = _front_matter(text)
    match = _TITLE.match(text)
    title = str(head.get("title") or "").strip()
    if match and (not title or tidy_title(match[1]) == tidy_title(title)):
        title = title or match[1]
        text = text[match.end() :]
    title = tidy_title(title or _stem_title(path))[:MAX_TITLE]
    page = Planned(path, title, body=text.strip("\n") + "\n")
    try:
        check_title(title)
    except ValueError as error:
        page.fate, page.why = "skip", str(error)
    except Exception as error:  # noqa: BLE001  ValidationError: its words are for people
        page.fate, page.why = "skip", " ".join(error.messages)
    if len(text) > PAGE_CAP:
        page.fate = "skip"
        page.why = _("It is longer than a page can be (%(most)s characters).") % {
            "most": f"{PAGE_CAP:,}"
        }
    elif not text.strip():
        page.fate, page.why = "skip", _("There is nothing in it.")
    return page, head


def _front_matter(text):
    match = _HEAD.match(text)
    if not match:
        return {}, text
    try:
        head = yaml.safe_load(match[1])
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}, text
    return (head, text[match.end() :]) if isinstance(head, dict) else ({}, text)


def _stem_title(path):
    folder, name = posixpath.split(path)
    stem = posixpath.splitext(name)[0]
    if stem.lower() in _OF_FOLDER and folder:
        stem = posixpath.basename(folder)
    words = re.sub(r"^\d+[-_. ]+", "", stem)
    words = re.sub(r"[-_]+", " ", words or stem).strip()
    return words[:1].upper() + words[1:]


def _place(planned, heads):
    """Under the page that the file names, else under that of its folder."""
    of_folder, by_title = {}, {}
    for path, page in planned.items():
        folder, name = posixpath.split(path)
        stem = posixpath.splitext(name)[0]
        by_title.setdefault(title_key(page.title), path)
        if stem.lower() in _OF_FOLDER:
            of_folder[folder] = path
        else:
            of_folder.setdefault(posixpath.join(folder, stem), path)
    for path, page in planned.items():
        named = heads[path].get("parent")
        if isinstance(named, str) and title_key(named) in by_title:
            page.parent = by_title[title_key(named)]
        else:
            page.parent = _above(path, of_folder)
        if page.parent == path:
            page.parent = ""


def _above(path, of_folder):
    folder = posixpath.dirname(path)
    while folder:
        if of_folder.get(folder, path) != path:
            return of_folder[folder]
        folder = posixpath.dirname(folder)
    return of_folder.get("", "") if of_folder.get("") != path else ""


def _name_apart(planned):
    """Two files of one title: the later one carries the name of its folder."""
    seen = set()
    for path, page in planned.items():
        if title_key(page.title) in seen:
            folder = posixpath.basename(posixpath.dirname(path)) or path
            page.title = f"{page.title} ({folder})"[:MAX_TITLE]
        number = 2
        while title_key(page.title) in seen:
            page.title = f"{page.title} {number}"[:MAX_TITLE]
            number += 1
        seen.add(title_key(page.title))


def _compare(planned, space, user, *, is_update):
    from_space = _standing(planned, space, user)
    for page in planned.values():
        if page.fate == "skip" or title_key(page.title) not in from_space:
            continue
        page.fate = "update" if is_update else "skip"
        if not is_update:
            page.why = _("A page of this title stands already.")


def _settle_same(planned, space, user):
    standing = _standing(planned, space, user)
    for page in planned.values():
        if page.fate == "update" and not page.files:
            if standing[title_key(page.title)].strip() == page.body.strip():
                page.fate, page.why = "same", _("It says the same already.")


def _standing(planned, space, user):
    keys = [title_key(page.title) for page in planned.values()]
    return dict(
        Page.objects.visible_in(space, user)
        .filter(key__in=keys, audience_group__isnull=True)
        .values_list("key", "current__body")
    )


def _linked(page, titles, found):
    """The text with links to pages; files it shows, and broken links, are noted."""
    folder = posixpath.dirname(page.path)

    def replace(match):
        sign, label, address = match.groups()
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path or parts.path[0] == "/":
            return match[0]
        path = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
        target = _named(path, titles, found)
        if not sign and target in titles:
            return _wiki_link(titles[target], parts.fragment, label)
        ending = posixpath.splitext(path)[1].lower()
        if path in found and (ending in PICTURES or ending in documents.TYPES):
            if path not in page.files:
                page.files.append(path)
            return f"{sign}[{label}]({MARK}{page.files.index(path)})"
        page.broken.append(address[:200])
        return match[0]

    return _LINK.sub(replace, page.body)


# Where the address of a page's file will stand; no address begins like this.
MARK = "import-file:"


def _named(path, titles, found):
    """The text file that an address means: itself, a folder's own, or no ending."""
    tries = [path, *(f"{path}{ending}" for ending in TEXTS)]
    tries += [f"{path}/{name}.md" for name in ("index", "README", "readme", "_index")]
    return next((each for each in tries if each in titles), path)


def _wiki_link(title, fragment, label):
    place = f"#{fragment.replace('-', ' ')}" if fragment else ""
    label = label.replace("|", " ").strip()
    if not place and label == title:
        return f"[[{title}]]"
    return f"[[{title}{place}|{label or title}]]"


def _parents_first(planned):
    ordered, seen = [], set()

    def visit(path, trail):
        if path in seen or path in trail:
            return
        parent = planned[path].parent
        if parent in trail:
            planned[path].parent = ""  # a ring: it stands by itself
        elif parent:
            visit(parent, {*trail, path})
        if path not in seen:
            seen.add(path)
            ordered.append(planned[path])

    for path in planned:
        visit(path, set())
    return ordered
