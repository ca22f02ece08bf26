"""Writes a PDF anew with what its pages show, and nothing else.

Pages are copied piece by piece by lists of what may come along. Where hidden words cannot be cut
out with certainty, the page becomes a picture. Bookmarks, tags and files inside stay behind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pikepdf

from screening.extraction.pdf_guard import Checked, check, damage_refused
from screening.extraction.pdf_structure import glean
from screening.extraction.pdf_tree import grow, indirect, is_one
from screening.passages import Box, Carrier, Layer
from screening.stripping.pdf_base import flattened, in_memory, without_notes
from screening.stripping.pdf_rewrite import Rewritten, rewrite_pages
from screening.stripping.stripped import Removal, Stripped

_WHAT = {
    Layer.METADATA: "文件属性、XMP 和程序留下的内部信息",
    Layer.ANNOTATION: "注释的文字、作者和弹出窗口",
    Layer.FORM_FIELD: "表单域（显示的内容留在页面上）",
    Layer.HIDDEN_TEXT: "隐藏的表单域和内容",
    Layer.OUTLINE: "书签",
    Layer.SCRIPT: "脚本",
    Layer.LINK: "链接和动作",
    Layer.ATTACHMENT: "文件里附带的文件",
    Layer.ALT_TEXT: "替代文字和标签",
    Layer.WHITE_TEXT: "看不见的文字",
    Layer.UNDER_BOX: "色块下的文字",
    Layer.OUTSIDE_PAGE: "页面以外的文字",
    Layer.OPTIONAL_LAYER: "关闭的图层里的文字",
}


def strip(data: bytes) -> Stripped:
    """The file as it may go out. Raises UnfitFileError for files that cannot be read, and when
    the new file does not open or look as it should."""
    rewritten, removed = rewrite(data, {})
    return Stripped(Carrier.PDF, rewritten.data, removed)


def rewrite(
    data: bytes, burnt: Mapping[int, Sequence[Box]]
) -> tuple[Rewritten, tuple[Removal, ...]]:
    """The file written anew; pages of `burnt` (from 1) become pictures with these boxes black."""
    checked = check(data)
    with damage_refused():
        base = without_notes(checked.data)
        flat = flattened(base)
        rewritten = rewrite_pages(base, flat, burnt)
        return rewritten, _removed(data, checked, rewritten, burnt)


def _removed(
    data: bytes, checked: Checked, rewritten: Rewritten, burnt: Mapping[int, Sequence[Box]]
) -> tuple[Removal, ...]:
    """What the old file held and the new one does not."""
    with in_memory(checked.data) as pdf:
        tree = grow(pdf)
        counts = Counter(passage.place.layer for passage in glean(tree).passages)
        strays = sum(1 for item in indirect(pdf) if _is_stray(item, tree.reached))
    counts[Layer.LINK] -= rewritten.links
    counts.update(rewritten.hidden)
    removed = [
        Removal(layer, count, _WHAT.get(layer, layer.label))
        for layer, count in sorted(counts.items())
        if count > 0
    ]
    saves = data.count(b"%%EOF") - 1
    if saves > 0 or strays:
        what = f"历次保存的旧内容（{max(saves, 0)} 次旧的保存，{strays} 个无人引用的对象）"
        removed.append(Removal(Layer.EARLIER_VERSION, max(saves, 0) + strays, what))
    pictures = sorted(rewritten.tangled.keys() - burnt.keys())
    if pictures:
        listed = "、".join(f"第{number}页{rewritten.tangled[number]}" for number in pictures)
        what = f"不能剪除干净，整页转成了图片：{listed}"
        removed.append(Removal(Layer.UNDER_BOX, len(pictures), what))
    return tuple(removed)


def _is_stray(item: pikepdf.Object, reached: set[tuple[int, int]]) -> bool:
    return item.objgen not in reached and not is_one(item, "/Type", "/ObjStm", "/XRef")
