"""Writes docs/law from statute/texts: what each place says, its mark, where it lives in the code.

Not a check that citations resolve: tests/house/test_citations_resolve.py asks that of the raw text.
With `--check` nothing is written; it exits 1 when the folder differs from what would be.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from statute.citations import Citation, Mark, cite
from statute.texts.anchors import UnknownProvisionError, anchor, instruments
from statute.texts.places import Anchor, Instrument

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "law"
GENERATED = "<!-- scripts/law_docs.py 生成；改 src/statute/texts 后运行 make docs -->"
MARKS: Mapping[Mark, str] = {
    Mark.VERIFIED: "已核对",
    Mark.MEMORY: "凭记忆",
    Mark.PRACTICE: "惯例",
}
HEAD_FIELDS: Mapping[str, str] = {"title": "题名", "number": "文号", "in_force": "施行日期"}

_CITATION = re.compile(
    r"\b[a-z][a-z0-9_]*#[^\s.()#,;:'\"`{}\[\]，。；：、（）《》]+(?:\.\d+)?(?:\(\d+\))?"
)
_NAMES = ("id", "code", "kind", "key", "name")  # what an entry of a list of tables is called by
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_SCOPES = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A file, relative to the root, and the name of what the citation stands in; "" is the file."""

    file: str
    name: str


Uses = Mapping[tuple[str, str], Mapping[Place, set[str]]]


def main(arguments: list[str]) -> int:
    """Writes the folder, or with --check says which files differ; the exit code."""
    wanted = pages(uses(ROOT))
    if "--check" in arguments:
        stale = sorted(differences(wanted, FOLDER))
        for name in stale:
            print(f"docs/law/{name} 与 src/statute 不一致，请运行 make docs", file=sys.stderr)
        return 1 if stale else 0
    write(wanted, FOLDER)
    return 0


def uses(root: Path) -> Uses:
    """Where each place is cited and in which short forms; what does not resolve is left out."""
    found: dict[tuple[str, str], dict[Place, set[str]]] = {}
    for citation, place in citation_places(root):
        try:
            home = anchor(citation)
        except UnknownProvisionError:
            continue  # tests/house/test_citations_resolve.py reports it
        places = found.setdefault((home.instrument, home.article), {})
        places.setdefault(place, set()).add(citation.short)
    return found


def citation_places(root: Path) -> Iterator[tuple[Citation, Place]]:
    """Every citation under src in the order of the files.

    Apart from the texts themselves and from statute/citations.py, which has examples only.
    """
    statute = root / "src" / "statute"
    for file in sorted((root / "src").rglob("*")):
        if file.is_relative_to(statute / "texts") or file == statute / "citations.py":
            continue
        if file.suffix not in {".py", ".toml"}:
            continue
        source = file.read_text(encoding="utf-8")
        named = _in_python(source) if file.suffix == ".py" else _in_toml(source)
        for text, name in named:
            for short in _CITATION.findall(text):
                yield cite(short), Place(file.relative_to(root).as_posix(), name)


def _in_python(source: str) -> Iterator[tuple[str, str]]:
    """String constants other than docstrings, each with the dotted name of its scope."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, _DOCUMENTED) and node.body and isinstance(node.body[0], ast.Expr)
    }
    yield from _constants(tree, (), docstrings)


def _constants(
    node: ast.AST, scope: tuple[str, ...], docstrings: set[int]
) -> Iterator[tuple[str, str]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Constant):
            if isinstance(child.value, str) and id(child) not in docstrings:
                yield child.value, ".".join(scope)
        else:
            yield from _constants(child, (*scope, *_name_of(child, scope)), docstrings)


def _name_of(node: ast.AST, scope: tuple[str, ...]) -> tuple[str, ...]:
    """The name a node opens: a function, a class, or a constant of the module."""
    if isinstance(node, _SCOPES):
        return (node.name,)
    if not scope and isinstance(node, ast.Assign | ast.AnnAssign):
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        return (target.id,) if isinstance(target, ast.Name) else ()
    return ()


def _in_toml(source: str) -> Iterator[tuple[str, str]]:
    yield from _values(tomllib.loads(source), ())


def _values(value: object, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield value, ".".join(path[:-1])  # the table, without the key that holds the citation
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _values(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner, (*path[:-1], f"{path[-1]}{_entry_name(inner)}"))


def _entry_name(entry: object) -> str:
    if isinstance(entry, dict):
        for key in _NAMES:
            if isinstance(entry.get(key), str):
                return f"[{entry[key]}]"
    return ""


def pages(used: Uses) -> dict[str, str]:
    """The name and text of every page of the folder."""
    written = {f"{home.id}.md": instrument_page(home, used) for home in instruments()}
    return {"README.md": index_page(instruments(), used), **written}


def differences(wanted: Mapping[str, str], folder: Path) -> set[str]:
    """Names of the pages that are missing, out of date, or not wanted."""
    present = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.md")}
    return {
        name for name in wanted.keys() | present.keys() if wanted.get(name) != present.get(name)
    }


def write(wanted: Mapping[str, str], folder: Path) -> None:
    """Makes the folder hold exactly these pages."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in differences(wanted, folder):
        if name in wanted:
            (folder / name).write_text(wanted[name], encoding="utf-8")
        else:
            (folder / name).unlink()


def index_page(homes: Iterable[Instrument], used: Uses) -> str:
    """The index: how to read it, the instruments by rank, and what is open for a lawyer."""
    homes = tuple(homes)
    lines = [
        GENERATED,
        "# 本软件所依据的法",
        "",
        "每份文件一页：每一处说什么（用我们自己的话，不是原文），核对到什么程度，写在代码的哪里。",
        "引用写作 `文件编号#条.款(项)`，例如 `regulations#36(4)`；每个引用都能在这里找到。",
        "",
        f"- **{MARKS[Mark.VERIFIED]}**：在文件原文或者官方填好的实例中见过。",
        f"- **{MARKS[Mark.MEMORY]}**：没有见到原文，照记忆写成，须核对。",
        f"- **{MARKS[Mark.PRACTICE]}**：不是法，是通行做法或者本软件的取值，可以改。",
        "",
        "## 文件",
        "",
        *_overview(homes, used),
        "## 仍待律师核对",
        "",
        *_open_questions(homes),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _overview(homes: tuple[Instrument, ...], used: Uses) -> list[str]:
    lines: list[str] = []
    for kind in dict.fromkeys(home.kind for home in homes):
        lines += [
            f"### {kind.label}",
            "",
            "| 编号 | 名称 | 文号 | 施行 | 已核对 | 凭记忆 | 惯例 | 代码已引用 |",
            "|---|---|---|---|---|---|---|---|",
            *(_overview_row(home, used) for home in homes if home.kind is kind),
            "",
        ]
    counts = " | ".join(str(_count(homes, mark)) for mark in MARKS)
    cited = sum(1 for home in homes for place in home.anchors if _key(place) in used)
    lines += [
        "### 合计",
        "",
        "| 文件 | 已核对 | 凭记忆 | 惯例 | 代码已引用 |",
        "|---|---|---|---|---|",
        f"| {len(homes)} | {counts} | {cited} |",
        "",
    ]
    return lines


def _overview_row(home: Instrument, used: Uses) -> str:
    counts = " | ".join(str(_count([home], mark)) for mark in MARKS)
    cited = sum(_key(place) in used for place in home.anchors)
    title = home.title + (f"（{home.version}）" if home.version else "")
    return (
        f"| [{home.id}]({home.id}.md) | {title} | {home.number or '—'} | {_life(home)} "
        f"| {counts} | {cited} |"
    )


def _open_questions(homes: tuple[Instrument, ...]) -> list[str]:
    heads = [
        f"- [{home.id}]({home.id}.md)：{'、'.join(HEAD_FIELDS[name] for name in home.memory)}"
        for home in homes
        if home.memory
    ]
    return [
        *_section("题名、文号、施行日期凭记忆的文件", heads),
        *_listed(homes, "整条凭记忆", lambda place: place.mark is Mark.MEMORY),
        *_listed(homes, "已核对而其中一部分凭记忆", lambda place: place.is_partly_from_memory),
        *_listed(homes, "惯例和本软件的取值", lambda place: place.mark is Mark.PRACTICE),
        *_section(
            "各文件的说明",
            [f"- [{home.id}]({home.id}.md)：{home.note}" for home in homes if home.note],
        ),
    ]


def _listed(
    homes: tuple[Instrument, ...], heading: str, wanted: Callable[[Anchor], bool]
) -> list[str]:
    chosen = [place for home in homes for place in home.anchors if wanted(place)]
    return _section(
        f"{heading}（{len(chosen)} 处）",
        [f"- [`{_short(p)}`]({p.instrument}.md)：{p.text}" for p in chosen],
    )


def _section(heading: str, lines: list[str]) -> list[str]:
    return [f"### {heading}", "", *(lines or ["没有。"]), ""]


def instrument_page(home: Instrument, used: Uses) -> str:
    """One instrument: its head, then every place."""
    lines = [GENERATED, f"# {home.title}", ""]
    lines += [f"- {name}：{value}" for name, value in _head(home) if value]
    for place in home.anchors:
        lines += ["", *_place_section(home, place, used.get(_key(place), {}))]
    return "\n".join(lines) + "\n"


def _head(home: Instrument) -> list[tuple[str, str]]:
    unseen = "、".join(HEAD_FIELDS[name] for name in home.memory)
    return [
        ("编号", f"`{home.id}`"),
        ("简称", home.short),
        ("类别", home.kind.label),
        ("文号", home.number),
        ("版本", home.version),
        ("施行", _life(home)),
        ("核对", MARKS[home.mark]),
        ("凭记忆的", unseen),
        ("说明", home.note),
    ]


def _place_section(home: Instrument, place: Anchor, places: Mapping[Place, set[str]]) -> list[str]:
    mark = MARKS[place.mark] + ("，部分凭记忆" if place.is_partly_from_memory else "")
    facts = [
        ("文件", "，".join(part for part in (place.title, place.number) if part)),
        ("款项", _shape(place)),
        ("出处", place.source),
        ("核对", mark),
    ]
    lines = [f"## {_heading(place)}", "", place.text, ""]
    lines += [f"- {name}：{value}" for name, value in facts if value]
    if not places:
        return [*lines, "- 代码：尚未引用"]
    return [*lines, "- 代码：", *(_use(place, shorts) for place, shorts in sorted(places.items()))]


def _use(place: Place, shorts: set[str]) -> str:
    name = f" · `{place.name}`" if place.name else ""
    return f"  - `{place.file}`{name}（{'、'.join(f'`{short}`' for short in sorted(shorts))}）"


def _heading(place: Anchor) -> str:
    if place.title:
        return place.article
    locator = Citation(place.instrument, place.article).locator
    return f"{locator}（{place.label}）" if place.label else locator


def _shape(place: Anchor) -> str:
    parts = [f"{place.paragraphs} 款"] if place.paragraphs is not None else []
    parts += [f"第 {paragraph} 款 {count} 项" for paragraph, count in sorted(place.items.items())]
    return "，".join(parts)


def _life(home: Instrument) -> str:
    start, end = home.in_force.start, home.in_force.end
    if start is None:
        return "—"
    return f"{start.isoformat()} 至 {end.isoformat()}" if end else f"{start.isoformat()} 起"


def _count(homes: Iterable[Instrument], mark: Mark) -> int:
    return sum(place.mark is mark for home in homes for place in home.anchors)


def _short(place: Anchor) -> str:
    return Citation(place.instrument, place.article).short


def _key(place: Anchor) -> tuple[str, str]:
    return (place.instrument, place.article)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
