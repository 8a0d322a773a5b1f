"""The work on all files together: credentials found, named and replaced, until there is nothing left to find."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assetpkg.authoring.redact.edits import Branch, Edit, apply, edit_document
from assetpkg.authoring.redact.encodings import Found, Script, Search, find_script, forms, scripts_around, traces
from assetpkg.authoring.redact.files import RedactedFile, Text
from assetpkg.authoring.redact.placeholders import PLACEHOLDER, Placeholders, Secret
from assetpkg.credentials import Sort, find_spans
from assetpkg.credentials.escapes import views
from assetpkg.documents import join_pointer
from assetpkg.errors import CredentialRemains
from assetpkg.resource.walk import Step

_MOST_ROUNDS = 12
"""After how many rounds something is wrong: one replaces, one makes sure, and few texts need one between."""
_WORDS = {Sort.PRIVATE_KEY: "private_key", Sort.TOKEN: "token", Sort.FILE: "file"}
_MASK = "***"

Part = Literal["value", "key", "name"]
Finder = Callable[[str], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Replaced:
    """One replacement: in which file, at which steps, and by which placeholder; `None` stands for JSON's null.

    `part` says whether it was made in a value, in the key of the member, or in the name of the file.
    """

    file: RedactedFile
    steps: tuple[Step, ...]
    part: Part
    placeholder: str | None


class Redactor:
    """What is known of the credentials in some files, and what was replaced in them so far."""

    def __init__(self, files: Sequence[RedactedFile]) -> None:
        """Take files, whose texts and names will be changed."""
        self.files = files
        self.replaced: dict[Replaced, None] = {}
        taken = (match[1] for file in files for match in PLACEHOLDER.finditer(file.text or ""))
        self._known = Placeholders(taken)

    def run(self) -> None:
        """Replace every credential; raises `CredentialRemains` where that comes to no end."""
        todo = list(self.files)
        for _ in range(_MOST_ROUNDS):
            for file in todo:
                self._learn(file)
            everywhere = self._known.settle()
            self._keep_names_plain(self.files if everywhere else todo)
            todo = [file for file in (self.files if everywhere else todo) if self._replace(file)]
            if not todo:
                return
        raise CredentialRemains(f"a credential in '{self.shown(todo[0].entry)}' cannot be replaced; remove it by hand")

    def verify(self, content_of: Callable[[RedactedFile], bytes]) -> None:
        """Look for every distinctive secret in the results, in all its encodings; raises `CredentialRemains`."""
        search = Search((trace.decode("latin-1"), text) for text in self._known.sought for trace in traces(text))
        plain = Search((form, text) for text in self._known.sought for form in forms(text))
        for file in self.files if len(search) else ():
            content = content_of(file).decode("latin-1")
            name = file.entry.encode().decode("latin-1") if file.named else ""
            for found in search.find(name):
                raise self._remains(found, f"the name of '{_masked(name, search)}'")
            for found in search.find(content):
                before = content[: found.start]
                where = f"byte {len(before):,}" if file.text is None else f"line {before.count(chr(10)) + 1:,}"
                raise self._remains(found, f"'{self.shown(file.entry)}', {where},")
            # What has no text is binary, and nothing in it is escaped.
            for view in views(content_of(file).decode(file.encoding)) if file.text is not None else ():
                for found in plain.find(view.text):
                    raise self._remains(found, f"'{self.shown(file.entry)}', in an escaped text,")

    def shown(self, text: str) -> str:
        """Return a text, a name or a key, as it is in the results."""
        for _ in range(_MOST_ROUNDS):
            edits = self._edits(text, self._found, self._placeholder)
            if not edits:
                return text
            text = apply(text, edits)
        return _MASK

    def _remains(self, found: Found, place: str) -> CredentialRemains:
        origin = self.shown(self._known.place(found.secret))
        return CredentialRemains(
            f"{place} has the credential of {origin} in a form that assetpkg cannot replace; remove it by hand"
        )

    def _learn(self, file: RedactedFile) -> None:
        for text in file.texts():
            if not isinstance(text.value, str):
                self._note(str(text.value), file, text)
            elif text.secret:
                whole = self._note(text.value.strip(), file, text)
                for span in find_spans(text.value):
                    self._known.learn(text.value[span.start : span.end], whole, everywhere=True)
            else:
                self._learn_parts(text.value, file, text)
        for part in file.name_parts():
            self._learn_parts(part, file, Text((), part, "name"))

    def _keep_names_plain(self, files: Iterable[RedactedFile]) -> None:
        """See to it that a placeholder in a key or a name makes nothing else look like a credential."""
        for file in files:
            for text in file.texts():
                if text.names_another and isinstance(text.value, str) and not text.secret:
                    self._edits(text.value, self._found, lambda found: self._known.keep_plain(found.secret))

    def _learn_parts(self, value: str, file: RedactedFile, text: Text) -> None:
        """Take note of what detection finds inside a text."""

        def find(value: str) -> Iterator[Found]:
            for start, end, sort in _spans(value, by_line=file.fields is None):
                self._note(value[start:end], file, text, _WORDS.get(sort, "credential"))
                yield Found(start, end, value[start:end])

        self._edits(value, find, lambda _: "")

    def _note(self, secret: str, file: RedactedFile, text: Text, *more: str) -> Secret:
        kind, owner = file.origin_of(text.steps)
        origins = ((owner or kind, text.word, *more), (kind, text.word, *more), (owner,), (kind, *more), (kind,))
        place = f"{file.entry} {join_pointer(text.steps)}".rstrip()
        rank = 0 if text.secret else 1 if file.fields is not None else 2
        return self._known.learn(secret, Secret(origins, place, rank), everywhere=not text.is_account)

    def _replace(self, file: RedactedFile) -> bool:
        """Replace what is known in one file; return whether anything was."""
        root, changed = Branch(), False
        for text in file.texts():
            if not isinstance(text.value, str):
                root.at(text.steps).value = "null"
                self._take_down(file, text.steps, "value", None)
                changed = True
                continue
            part: Part = "key" if text.at_key else "value"
            edits = self._edits_of(file, text, part)
            if edits:
                branch, changed = root.at(text.steps), True
                branch.key, branch.text = (edits, ()) if text.at_key else (branch.key, edits)
        if changed and file.text is not None:
            file.text = apply(file.text, root.text) if file.fields is None else edit_document(file.text, root)
            file.whole = False
        return self._rename(file) or changed

    def _rename(self, file: RedactedFile) -> bool:
        parts = list(file.name_parts())
        texts = [Text((), part, "name") for part in parts]
        edits = [self._edits_of(file, text, "name") for text in texts]
        if any(edits):
            file.rename([apply(part, found) for part, found in zip(parts, edits, strict=True)])
        return any(edits)

    def _edits_of(self, file: RedactedFile, text: Text, part: Part) -> list[Edit]:
        """Return the edits of one text, and take down the placeholders in them."""
        value = str(text.value)

        def placeholder(found: Found) -> str:
            shown = self._placeholder(found)
            self._take_down(file, text.steps, part, shown)
            return shown

        if text.secret:
            return [Edit(0, len(value), placeholder(Found(0, len(value), value.strip())))]
        return self._edits(value, lambda each: self._found(each, by_line=file.fields is None), placeholder)

    def _take_down(self, file: RedactedFile, steps: tuple[Step, ...], part: Part, placeholder: str | None) -> None:
        self.replaced.setdefault(Replaced(file, steps, part, placeholder))

    def _edits(self, text: str, find: Finder, placeholder: Callable[[Found], str]) -> list[Edit]:
        """Return the edits of what is found in a text; of a script in base64, in the script."""
        script = find_script(text)
        words = scripts_around(text, (found.start for found in self._known.find_coded(text)))
        scripts = [script] if script else words
        edits = [edit for each in scripts if (edit := self._edit_of(each, find, placeholder))]
        if script and edits:
            return edits
        spans = [(edit.start, edit.end) for edit in edits]
        edits += [
            Edit(found.start, found.end, placeholder(found))
            for found in _merged(find(text))
            if not any(found.start < end and start < found.end for start, end in spans)
        ]
        return sorted(edits)

    def _edit_of(self, script: Script, find: Finder, placeholder: Callable[[Found], str]) -> Edit | None:
        """Return the edit of a script in base64; `None` where there is nothing to edit, or not in place."""
        inside = self._edits(script.text, find, placeholder)
        again = script.encode_again(apply(script.text, inside)) if inside else None
        return None if again is None else Edit(script.start, script.end, again)

    def _found(self, text: str, *, by_line: bool = False) -> Iterator[Found]:
        """Yield what detection finds in a text, and what is known already."""
        for start, end, _ in _spans(text, by_line=by_line):
            yield Found(start, end, text[start:end])
        yield from self._known.find(text)

    def _placeholder(self, found: Found) -> str:
        return self._known.placeholder(found.secret) or _MASK


def _spans(text: str, *, by_line: bool) -> Iterator[tuple[int, int, Sort]]:
    """Yield what detection finds in a text, and, in a file that is not a document, in each of its lines."""
    yield from find_spans(text)
    at = 0
    for line in text.splitlines(keepends=True) if by_line else ():
        for start, end, sort in find_spans(line):
            yield at + start, at + end, sort
        at += len(line)


def _merged(found: Iterable[Found]) -> Iterator[Found]:
    """Yield what was found from left to right; of what overlaps, all of it, as the widest."""
    last: Found | None = None
    for each in sorted(found, key=lambda found: (found.start, -found.end)):
        if last is None or each.start >= last.end:
            if last is not None:
                yield last
            last = each
        elif each.end > last.end:
            widest = max(last, each, key=lambda found: found.end - found.start)
            last = Found(last.start, each.end, widest.secret)
    if last is not None:
        yield last


def _masked(text: str, search: Search) -> str:
    edits = [Edit(found.start, found.end, _MASK) for found in search.find(text)]
    return apply(text, edits).encode("latin-1").decode("utf-8", "replace")
