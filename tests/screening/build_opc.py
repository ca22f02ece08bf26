"""Packages of Office, put together part by part: a main part and what hangs on it."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image

from tests.screening.samples import XML, zipped

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
VML = "urn:schemas-microsoft-com:vml"
OFFICE_VML = "urn:schemas-microsoft-com:office:office"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
)
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006"
CORE_KIND = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_VND = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a package; `kind` is its relationship ("" = nothing leads to it)."""

    name: str
    content: bytes
    kind: str = ""
    type: str = "application/xml"
    of: str = ""  # the part that leads to it; "" = the main part, "/" = the package
    id: str = ""
    external: bool = False


def opc(main: Part, parts: Iterable[Part]) -> bytes:
    """The package, its content types and relationships written as the parts ask."""
    every = [Part(main.name, main.content, "officeDocument", main.type, "/"), *parts]
    files = {"[Content_Types].xml": _types(every)}
    sources = dict.fromkeys(part.of or main.name for part in every)
    for source in sources:
        led = [part for part in every if (part.of or main.name) == source and part.kind]
        if led:
            files[_relations_name(source)] = _relations(led)
    files.update((part.name, part.content) for part in every if not part.external)
    return zipped(files)


def xml(text: str) -> bytes:
    """A part with the usual first line."""
    return f"{XML}{text}".encode()


def link(target: str, kind: str, id_: str = "", of: str = "") -> Part:
    """A relationship that leads out of the package."""
    return Part(target, b"", kind, of=of, id=id_, external=True)


def core(inside: str) -> Part:
    """The part of core properties."""
    return Part(
        "docProps/core.xml", xml(f"<cp:coreProperties {CORE}>{inside}</cp:coreProperties>"),
        CORE_KIND, "application/vnd.openxmlformats-package.core-properties+xml", "/",
    )  # fmt: skip


def app(inside: str) -> Part:
    """The part of the program's properties."""
    return Part(
        "docProps/app.xml",
        xml(f'<Properties xmlns="{PROPERTIES}/extended-properties">{inside}</Properties>'),
        "extended-properties", f"{_VND}.extended-properties+xml", "/",
    )  # fmt: skip


def own_properties(inside: str) -> Part:
    """The part of properties somebody named."""
    return Part(
        "docProps/custom.xml",
        xml(
            f'<Properties xmlns="{PROPERTIES}/custom-properties" '
            f'xmlns:vt="{PROPERTIES}/docPropsVTypes">{inside}</Properties>'
        ),
        "custom-properties", f"{_VND}.custom-properties+xml", "/",
    )  # fmt: skip


def own_xml(secret: str) -> Part:
    """A part of custom XML."""
    return Part("customXml/item1.xml", xml(f"<a><b>{secret}</b></a>"), "customXml")


def chart(inside: str, name: str, of: str = "") -> Part:
    """A chart with this in its plot area."""
    return Part(
        name,
        xml(
            f'<c:chartSpace xmlns:c="{CHART}" xmlns:a="{DRAWING}"><c:chart><c:plotArea>{inside}'
            "</c:plotArea></c:chart></c:chartSpace>"
        ),
        "chart", f"{_VND}.drawingml.chart+xml", of, "rChart",
    )  # fmt: skip


def cached(secret: str) -> str:
    """A series of a chart that keeps its words."""
    return (
        "<c:barChart><c:ser><c:cat><c:strRef><c:f>Sheet1!$A$1</c:f><c:strCache>"
        f'<c:pt idx="0"><c:v>{secret}</c:v></c:pt></c:strCache></c:strRef></c:cat></c:ser>'
        "</c:barChart>"
    )


def png(secret: str = "") -> bytes:
    """A picture; the secret stands in a text chunk of it."""
    from PIL.PngImagePlugin import PngInfo

    chunks = PngInfo()
    if secret:
        chunks.add_itxt("Comment", secret)
    out = io.BytesIO()
    Image.new("RGB", (4, 4), (90, 90, 90)).save(out, "PNG", pnginfo=chunks)
    return out.getvalue()


def _types(parts: list[Part]) -> bytes:
    rows = "".join(
        f'<Override PartName="/{part.name}" ContentType="{part.type}"/>'
        for part in parts
        if not part.external
    )
    return xml(
        f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{rows}</Types>"
    )


def _relations_name(source: str) -> str:
    folder, _, name = source.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _relations(parts: list[Part]) -> bytes:
    rows = ""
    for number, part in enumerate(parts, start=1):
        kind = part.kind if "://" in part.kind else f"{OFFICE}/{part.kind}"
        target = part.name if part.external else f"/{part.name}"
        mode = ' TargetMode="External"' if part.external else ""
        rows += (
            f'<Relationship Id="{part.id or f"r{number}"}" Type="{kind}" Target="{target}"{mode}/>'
        )
    return xml(f'<Relationships xmlns="{RELATIONS}">{rows}</Relationships>')
