"""OFD files with one hiding place each, their parts written by hand.

Each builder takes the secret and gives a file that says it nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from screening.passages import Layer
from tests.screening.build_opc import png, xml
from tests.screening.samples import zipped
from tests.screening.traps import SHOWN, Traps

_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
WHITE = '<ofd:FillColor Value="255 255 255"/>'
BLACK = '<ofd:FillColor Value="0 0 0"/>'
_T = Traps()
trap, TRAPS, EXPECTED = _T.trap, _T.builders, _T.expected


@dataclass(frozen=True, slots=True)
class Hung:
    """An element of the document, and the parts it leads to."""

    document: str
    parts: Mapping[str, bytes]


_NOTHING = Hung("", {})


def part(root: str, inside: str, look: str = "") -> bytes:
    """A part in the language of OFD."""
    return xml(f"<ofd:{root} {_OFD}{look}>{inside}</ofd:{root}>")


def text(
    words: str, *, box: str = "20 50 160 6", look: str = "", fill: str = "", code: str = ""
) -> str:
    """A line of words at a place of the page, in millimetres."""
    at = code or f'X="0" Y="4" DeltaX="g {max(len(words) - 1, 1)} 4"'
    return (
        f'<ofd:TextObject ID="9" Boundary="{box}" Font="3" Size="4"{look}>{fill}'
        f"<ofd:TextCode {at}>{words}</ofd:TextCode></ofd:TextObject>"
    )


def rectangle(box: str = "18 48 170 12", fill: str = BLACK, look: str = "") -> str:
    """A filled rectangle."""
    _, _, width, height = box.split()
    outline = f"M 0 0 L {width} 0 L {width} {height} L 0 {height} C"
    return (
        f'<ofd:PathObject ID="10" Boundary="{box}" Fill="true" Stroke="false"{look}>{fill}'
        f"<ofd:AbbreviatedData>{outline}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def page(inside: str, *, shown: bool = True, layer: str = "", after: str = "") -> bytes:
    """A page with the line for everybody and one layer of objects."""
    first = text(SHOWN, box="20 20 160 6") if shown else ""
    return part(
        "Page",
        f'<ofd:Content><ofd:Layer ID="2" Type="Body">{first}</ofd:Layer>'
        f'<ofd:Layer ID="5"{layer}>{inside}</ofd:Layer></ofd:Content>{after}',
    )


def ofd(
    inside: str = "", *, info: str = "", body: str = "", common: str = "", document: str = "",
    pages: tuple[bytes, ...] = (), parts: Mapping[str, bytes] | None = None, layer: str = "",
    after: str = "", resources: str = "", hung: Hung = _NOTHING,
) -> bytes:  # fmt: skip
    """A document of one page, and whatever hangs on it."""
    every = (page(inside, layer=layer, after=after), *pages)
    listed = "".join(
        f'<ofd:Page ID="{number + 1}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
        for number in range(len(every))
    )
    resource = "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>" if resources else ""
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    files = {
        "OFD.xml": part(
            "OFD",
            f"<ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID>{info}</ofd:DocInfo>"
            f"<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{body}</ofd:DocBody>",
            ' Version="1.0" DocType="OFD"',
        ),
        "Doc_0/Document.xml": part(
            "Document",
            f"<ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID>{area}{resource}{common}"
            f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{document}{hung.document}",
        ),
    }
    for number, content in enumerate(every):
        files[f"Doc_0/Pages/Page_{number}/Content.xml"] = content
    if resources:
        files["Doc_0/PublicRes.xml"] = part("Res", resources, ' BaseLoc="Res"')
    return zipped({**files, **(parts or {}), **hung.parts})


# Objects that are drawn and not seen.


@trap("ofd: 白色文字", Layer.WHITE_TEXT)
def _white(secret: str) -> bytes:
    return ofd(text(secret, fill=WHITE))


@trap("ofd: 全透明的文字", Layer.WHITE_TEXT)
def _transparent(secret: str) -> bytes:
    return ofd(text(secret, look=' Alpha="0"'))


@trap("ofd: 颜色全透明的文字", Layer.WHITE_TEXT)
def _transparent_colour(secret: str) -> bytes:
    return ofd(text(secret, fill='<ofd:FillColor Value="0 0 0" Alpha="0"/>'))


@trap("ofd: 不填充的文字", Layer.WHITE_TEXT)
def _unfilled(secret: str) -> bytes:
    return ofd(text(secret, look=' Fill="false"'))


@trap("ofd: 极小的文字", Layer.WHITE_TEXT)
def _tiny(secret: str) -> bytes:
    return ofd(text(secret).replace('Size="4"', 'Size="0.1"').replace(" 4 ", " 0.1 "))


@trap("ofd: 绘制参数里的白色", Layer.WHITE_TEXT)
def _white_by_parameter(secret: str) -> bytes:
    white = f'<ofd:DrawParams><ofd:DrawParam ID="7">{WHITE}</ofd:DrawParam></ofd:DrawParams>'
    return ofd(text(secret, look=' DrawParam="7"'), resources=white)


@trap("ofd: 不可见的文字", Layer.HIDDEN_TEXT)
def _invisible(secret: str) -> bytes:
    return ofd(text(secret, look=' Visible="false"'))


@trap("ofd: 不可见的对象组", Layer.HIDDEN_TEXT)
def _invisible_group(secret: str) -> bytes:
    return ofd(f'<ofd:PageBlock ID="8" Visible="false">{text(secret)}</ofd:PageBlock>')


@trap("ofd: 页面以外的文字", Layer.OUTSIDE_PAGE)
def _outside(secret: str) -> bytes:
    return ofd(text(secret, box="300 50 160 6"))


@trap("ofd: 变换到页面以外的文字", Layer.OUTSIDE_PAGE)
def _moved_outside(secret: str) -> bytes:
    return ofd(text(secret, look=' CTM="1 0 0 1 500 0"'))


@trap("ofd: 剪裁掉的文字", Layer.HIDDEN_TEXT)
def _clipped(secret: str) -> bytes:
    area = (
        '<ofd:Path Boundary="0 0 0 0"><ofd:AbbreviatedData>M 0 0 C</ofd:AbbreviatedData></ofd:Path>'
    )
    clips = f"<ofd:Clips><ofd:Clip><ofd:Area>{area}</ofd:Area></ofd:Clip></ofd:Clips>"
    return ofd(text(secret, fill=clips))


@trap("ofd: 黑框下的文字", Layer.UNDER_BOX)
def _under_box(secret: str) -> bytes:
    return ofd(text(secret) + rectangle())


@trap("ofd: 白框下的文字", Layer.UNDER_BOX)
def _under_white_box(secret: str) -> bytes:
    return ofd(text(secret) + rectangle(fill=WHITE))


@trap("ofd: 上层的框下的文字", Layer.UNDER_BOX)
def _under_box_of_layer(secret: str) -> bytes:
    upper = f'</ofd:Layer><ofd:Layer ID="6" Type="Foreground">{rectangle()}'
    return ofd(text(secret) + upper)


@trap("ofd: 图片下的文字", Layer.UNDER_BOX)
def _under_picture(secret: str) -> bytes:
    media = (
        '<ofd:MultiMedias><ofd:MultiMedia ID="20" Type="Image"><ofd:MediaFile>a.png'
        "</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>"
    )
    image = (
        '<ofd:ImageObject ID="11" Boundary="18 48 170 12" CTM="170 0 0 12 0 0" ResourceID="20"/>'
    )
    return ofd(text(secret) + image, resources=media, parts={"Doc_0/Res/a.png": png()})


@trap("ofd: 注释框下的文字", Layer.UNDER_BOX)
def _under_note(secret: str) -> bytes:
    appearance = (
        f'<ofd:Appearance Boundary="18 48 170 12">{rectangle("0 0 170 12")}</ofd:Appearance>'
    )
    return ofd(text(secret), hung=note(appearance))


# Beside the body.


def note(inside: str, look: str = "") -> Hung:
    """What a document needs to have a note on its page."""
    listed = '<ofd:Page PageID="1"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page>'
    own = f'<ofd:Annot ID="30" Type="Stamp" Creator="x"{look}>{inside}</ofd:Annot>'
    return Hung(
        "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>",
        {
            "Doc_0/Annots/Annotations.xml": part("Annotations", listed),
            "Doc_0/Annots/Page_0/Annotation.xml": part("PageAnnot", own),
        },
    )


@trap("ofd: 注释画出的文字", Layer.ANNOTATION)
def _note_drawn(secret: str) -> bytes:
    drawn = text(secret, box="0 0 160 6")
    return ofd(hung=note(f'<ofd:Appearance Boundary="20 80 160 6">{drawn}</ofd:Appearance>'))


@trap("ofd: 注释的说明", Layer.ANNOTATION)
def _note_remark(secret: str) -> bytes:
    return ofd(hung=note(f"<ofd:Remark>{secret}</ofd:Remark>"))


@trap("ofd: 注释的作者", Layer.ANNOTATION)
def _note_author(secret: str) -> bytes:
    plain = note("<ofd:Remark>甲</ofd:Remark>")
    changed = {
        name: content.replace(b'Creator="x"', f'Creator="{secret}"'.encode())
        for name, content in plain.parts.items()
    }
    return ofd(hung=Hung(plain.document, changed))


@trap("ofd: 注释的参数", Layer.ANNOTATION)
def _note_parameter(secret: str) -> bytes:
    own = f'<ofd:Parameters><ofd:Parameter Name="a">{secret}</ofd:Parameter></ofd:Parameters>'
    return ofd(hung=note(own))


@trap("ofd: 模板页的文字", Layer.VISIBLE)
def _template(secret: str) -> bytes:
    return ofd(
        common='<ofd:TemplatePage ID="40" BaseLoc="Tpls/Tpl_0/Content.xml"/>',
        after='<ofd:Template TemplateID="40" ZOrder="Background"/>',
        parts={"Doc_0/Tpls/Tpl_0/Content.xml": page(text(secret), shown=False)},
    )


@trap("ofd: 没有页面使用的模板页", Layer.HIDDEN_TEXT)
def _unused_template(secret: str) -> bytes:
    return ofd(
        common='<ofd:TemplatePage ID="40" BaseLoc="Tpls/Tpl_0/Content.xml"/>',
        parts={"Doc_0/Tpls/Tpl_0/Content.xml": page(text(secret), shown=False)},
    )


def attachments(name: str, data: bytes) -> Hung:
    """What a document needs to have a file attached."""
    own = (
        f'<ofd:Attachment ID="1" Name="{name}" Format="txt"><ofd:FileLoc>a.txt</ofd:FileLoc>'
        "</ofd:Attachment>"
    )
    return Hung(
        "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>",
        {
            "Doc_0/Attachs/Attachments.xml": part("Attachments", own),
            "Doc_0/Attachs/a.txt": data,
        },
    )


@trap("ofd: 附件", Layer.ATTACHMENT)
def _attachment(secret: str) -> bytes:
    return ofd(hung=attachments("a", secret.encode()))


@trap("ofd: 附件的名称", Layer.ATTACHMENT)
def _attachment_name(secret: str) -> bytes:
    return ofd(hung=attachments(secret, "甲乙丙丁".encode()))


@trap("ofd: 自定义标引", Layer.METADATA)
def _tags(secret: str) -> bytes:
    listed = '<ofd:CustomTag NameSpace="urn:x"><ofd:FileLoc>Tag.xml</ofd:FileLoc></ofd:CustomTag>'
    return ofd(
        document="<ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags>",
        parts={
            "Doc_0/Tags/CustomTags.xml": part("CustomTags", listed),
            "Doc_0/Tags/Tag.xml": xml(f'<x:tag xmlns:x="urn:x">{secret}</x:tag>'),
        },
    )


@trap("ofd: 扩展", Layer.METADATA)
def _extension(secret: str) -> bytes:
    own = (
        '<ofd:Extension AppName="x" RefId="2"><ofd:Property Name="a" Type="b">'
        f"{secret}</ofd:Property></ofd:Extension>"
    )
    return ofd(
        document="<ofd:Extensions>Extensions.xml</ofd:Extensions>",
        parts={"Doc_0/Extensions.xml": part("Extensions", own)},
    )


@trap("ofd: 大纲", Layer.OUTLINE)
def _outline(secret: str) -> bytes:
    own = f'<ofd:OutlineElem Title="{secret}"/>'
    return ofd(document=f"<ofd:Outlines>{own}</ofd:Outlines>")


@trap("ofd: 书签", Layer.OUTLINE)
def _bookmark(secret: str) -> bytes:
    return ofd(document=f'<ofd:Bookmarks><ofd:Bookmark Name="{secret}"/></ofd:Bookmarks>')


@trap("ofd: 链接", Layer.LINK)
def _link(secret: str) -> bytes:
    action = f'<ofd:Action Event="CLICK"><ofd:URI URI="file:///D:/{secret}"/></ofd:Action>'
    return ofd(text("甲", fill=f"<ofd:Actions>{action}</ofd:Actions>"))


@trap("ofd: 打开时的动作", Layer.LINK)
def _action(secret: str) -> bytes:
    action = f'<ofd:Action Event="DO"><ofd:URI URI="file:///D:/{secret}"/></ofd:Action>'
    return ofd(document=f"<ofd:Actions>{action}</ofd:Actions>")


@trap("ofd: 图片的替代文字", Layer.ALT_TEXT)
def _name_of_object(secret: str) -> bytes:
    return ofd(text("甲", look=f' Name="{secret}"'))


# Properties, histories, everything else.


@trap("ofd: 作者", Layer.METADATA)
def _author(secret: str) -> bytes:
    return ofd(info=f"<ofd:Author>{secret}</ofd:Author>")


@trap("ofd: 自定义属性", Layer.METADATA)
def _own_property(secret: str) -> bytes:
    own = f'<ofd:CustomDatas><ofd:CustomData Name="a">{secret}</ofd:CustomData></ofd:CustomDatas>'
    return ofd(info=own)


@trap("ofd: 旧版本", Layer.EARLIER_VERSION)
def _version(secret: str) -> bytes:
    versions = (
        '<ofd:Versions><ofd:Version ID="1" Index="1" BaseLoc="/Doc_0/Versions/V1.xml"/>'
        "</ofd:Versions>"
    )
    old = (
        '<ofd:FileList><ofd:File ID="1">/Doc_0/Versions/Page_0.xml</ofd:File></ofd:FileList>'
        "<ofd:DocRoot>/Doc_0/Versions/Document.xml</ofd:DocRoot>"
    )
    return ofd(
        body=versions,
        parts={
            "Doc_0/Versions/V1.xml": part("DocVersion", old, ' ID="1"'),
            "Doc_0/Versions/Document.xml": part(
                "Document",
                '<ofd:Pages><ofd:Page ID="1" BaseLoc="/Doc_0/Versions/Page_0.xml"/></ofd:Pages>',
            ),
            "Doc_0/Versions/Page_0.xml": page(text(secret), shown=False),
        },
    )


@trap("ofd: 签章的说明", Layer.METADATA)
def _signature(secret: str) -> bytes:
    listed = '<ofd:Signature ID="1" BaseLoc="Sign_0/Signature.xml"/>'
    own = f'<ofd:SignedInfo><ofd:Provider ProviderName="{secret}"/></ofd:SignedInfo>'
    return ofd(
        body="<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>",
        parts={
            "Doc_0/Signs/Signatures.xml": part("Signatures", listed),
            "Doc_0/Signs/Sign_0/Signature.xml": part("Signature", own),
            "Doc_0/Signs/Sign_0/SignedValue.dat": b"\x30\x03\x02\x01\x05",
        },
    )


@trap("ofd: 图片里的说明", Layer.ATTACHMENT)
def _picture(secret: str) -> bytes:
    media = (
        '<ofd:MultiMedias><ofd:MultiMedia ID="20" Type="Image"><ofd:MediaFile>a.png'
        "</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>"
    )
    return ofd(resources=media, parts={"Doc_0/Res/a.png": png(secret)})


@trap("ofd: 无人引用的页面", Layer.EARLIER_VERSION)
def _orphan_page(secret: str) -> bytes:
    return ofd(parts={"Doc_0/Pages/Page_9/Content.xml": page(text(secret), shown=False)})


@trap("ofd: 第二个文档", Layer.EARLIER_VERSION)
def _second_document(secret: str) -> bytes:
    body = (
        "</ofd:DocBody><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot>"
    )
    second = '<ofd:Pages><ofd:Page ID="1" BaseLoc="Content.xml"/></ofd:Pages>'
    return ofd(
        body=body,
        parts={
            "Doc_1/Document.xml": part("Document", second),
            "Doc_1/Content.xml": page(text(secret), shown=False),
        },
    )


@trap("ofd: 不认识的元素", Layer.HIDDEN_TEXT)
def _unknown_element(secret: str) -> bytes:
    return ofd(f'<x:own xmlns:x="urn:own">{secret}</x:own>')


@trap("ofd: 不认识的属性", Layer.METADATA)
def _unknown_attribute(secret: str) -> bytes:
    return ofd(text("甲", look=f' xmlns:x="urn:own" x:own="{secret}"'))
