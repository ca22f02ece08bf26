"""Fields of a letter: the code, which nobody sees, and the result, which stands in the line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from screening.passages import Layer

_ARGUMENT = re.compile(r'(\\[a-zA-Z*@#])|"([^"]*)"|(\S+)')
_MARK = re.compile(r"_(?:Toc|Ref|Hlk|GoBack)\w*")


@dataclass(slots=True)
class _Field:
    code: list[str] = field(default_factory=list)
    in_code: bool = True


@dataclass(slots=True)
class Fields:
    """The fields that are open, the innermost last; they may reach over paragraphs."""

    _open: list[_Field] = field(default_factory=list)

    def mark(self, kind: str) -> str:
        """Begin, separate or end; at the end the code of the field."""
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].in_code = False
        elif kind == "end" and self._open:
            return "".join(self._open.pop().code)
        return ""

    def code(self, text: str) -> bool:
        """Adds to the code of the innermost field; False when none is open."""
        if self._open:
            self._open[-1].code.append(text)
        return bool(self._open)

    def swallows(self, text: str) -> bool:
        """Whether words are part of a code: what stands between begin and separate is not shown."""
        for each in reversed(self._open):
            if each.in_code:
                each.code.append(text)
                return True
        return False

    def unclosed(self) -> Iterator[str]:
        """Codes of fields that never end."""
        while self._open:
            yield "".join(self._open.pop().code)


def code_passages(code: str) -> Iterator[tuple[Layer, str]]:
    """A field's code; of a hyperlink where it leads and what it says when one points at it."""
    code = code.strip()
    if not code.upper().startswith("HYPERLINK"):
        yield Layer.FORMULA, code
        return
    switch = ""
    for match in _ARGUMENT.finditer(code[len("HYPERLINK") :]):
        if match[1]:
            switch = match[1]
            continue
        words = match[2] if match[2] is not None else match[3]
        if not (switch == "\\l" and _MARK.fullmatch(words)) and switch not in ("\\t", "\\*"):
            yield Layer.LINK, words
        switch = ""
