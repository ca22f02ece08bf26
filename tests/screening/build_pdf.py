"""PDF files with one hiding place each: a builder for every place words can stand unseen.

Each builder takes the secret and gives a file that says it nowhere else.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from reportlab.lib.colors import Color, black, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from screening.passages import Layer

SIZE = (400, 300)
SHOWN = "This line is for everybody."
_FONT, _CJK = "Helvetica", "STSong-Light"
_AT = (40, 150)

Build = Callable[[str], bytes]


def document(*draws: Callable[[Canvas], object]) -> bytes:
    """A page for each function, all with the line for everybody."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=SIZE, invariant=1)
    for draw in draws or (lambda _: None,):
        canvas.setFont(_FONT, 12)
        canvas.drawString(40, 250, SHOWN)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@contextmanager
def changed(data: bytes, out: io.BytesIO) -> Iterator[pikepdf.Pdf]:
    """The file open for changes, saved to `out` afterwards."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield pdf
        pdf.save(out, deterministic_id=True, qdf=False)


def edited(data: bytes, edit: Callable[[pikepdf.Pdf], object]) -> bytes:
    """The file after one change of its structure."""
    out = io.BytesIO()
    with changed(data, out) as pdf:
        edit(pdf)
    return out.getvalue()


def say(secret: str) -> Callable[[Canvas], None]:
    """Draws the secret for everybody to see."""
    return lambda canvas: canvas.drawString(*_AT, secret)


def appended(data: bytes, objects: Mapping[int, bytes]) -> bytes:
    """The file saved once more by adding to its end, as programs do."""
    start = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    root = re.findall(rb"/Root\s+(\d+ \d+ R)", data)[-1]
    size = max(int(re.findall(rb"/Size\s+(\d+)", data)[-1]), max(objects) + 1)
    body, table = b"\n", b""
    for number, content in objects.items():
        place = len(data) + len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
        table += b"%d 1\n%010d 00000 n \n" % (number, place)
    xref = len(data) + len(body)
    trailer = b"trailer\n<< /Size %d /Root %s /Prev %d >>\n" % (size, root, start)
    return data + body + b"xref\n" + table + trailer + b"startxref\n%d\n%%%%EOF\n" % xref


def classic(data: bytes) -> bytes:
    """The same file with an old table of objects, unpacked, to which can be added."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            deterministic_id=True,
        )
    return out.getvalue()


# Words that are drawn and not seen.


def white_text(secret: str) -> bytes:
    return document(lambda c: (c.setFillColor(white), c.drawString(*_AT, secret)))


def white_chinese_text(secret: str) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(_CJK))
    return document(
        lambda c: (c.setFont(_CJK, 12), c.setFillColor(white), c.drawString(*_AT, secret))
    )


def nearly_white_text(secret: str) -> bytes:
    return document(lambda c: (c.setFillColor(Color(0.97, 0.97, 0.97)), c.drawString(*_AT, secret)))


def invisible_mode(secret: str) -> bytes:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(*_AT)
        text.setTextRenderMode(3)
        text.textOut(secret)
        canvas.drawText(text)

    return document(draw)


def tiny_text(secret: str) -> bytes:
    return document(lambda c: (c.setFont(_FONT, 0.3), c.drawString(*_AT, secret)))


def clear_text(secret: str) -> bytes:
    return document(lambda c: (c.setFillAlpha(0), c.drawString(*_AT, secret)))


def box_over(colour: object) -> Callable[[Canvas], None]:
    """Draws a filled box where the secret stands."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(colour)
        canvas.rect(30, 140, 260, 30, fill=1, stroke=0)

    return draw


def both(*draws: Callable[[Canvas], object]) -> Callable[[Canvas], None]:
    """Draws one thing after the other on the same page."""

    def draw(canvas: Canvas) -> None:
        for each in draws:
            each(canvas)

    return draw


def under_black_box(secret: str) -> bytes:
    return document(both(say(secret), box_over(black)))


def under_white_box(secret: str) -> bytes:
    return document(both(say(secret), box_over(white)))


def picture(colour: tuple[int, int, int] = (90, 120, 200), mode: str = "RGB") -> Image.Image:
    """A picture of one colour with a stripe, so that it is not blank."""
    image = Image.new(mode, (120, 60), colour)
    image.paste((250, 250, 250), (10, 20, 110, 30))
    return image


def under_picture(secret: str) -> bytes:
    return document(
        lambda c: (say(secret)(c), c.drawImage(ImageReader(picture()), 30, 135, 260, 40))
    )


def in_form_under_box(secret: str) -> bytes:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("inner")
        say(secret)(canvas)
        canvas.endForm()
        canvas.doForm("inner")
        box_over(black)(canvas)

    return document(draw)


def _note(pdf: pikepdf.Pdf, kind: str, **more: object) -> pikepdf.Object:
    note = Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=[30, 140, 290, 170], F=4)
    for key, value in more.items():
        note["/" + key] = value
    note = pdf.make_indirect(note)
    page = pdf.pages[0].obj
    page["/Annots"] = Array([*page.get("/Annots", Array([])), note])
    return note


def _black_square(pdf: pikepdf.Pdf) -> None:
    look = pikepdf.Stream(pdf, b"0 g 0 0 260 30 re f")
    look["/Type"], look["/Subtype"], look["/BBox"] = Name.XObject, Name.Form, [0, 0, 260, 30]
    _note(pdf, "Square", IC=[0, 0, 0], C=[0, 0, 0], AP=Dictionary(N=look))


def under_note_box(secret: str) -> bytes:
    return edited(document(say(secret)), _black_square)


def outside_page(secret: str) -> bytes:
    return document(lambda c: c.drawString(600, 150, secret))


def outside_crop(secret: str) -> bytes:
    def crop(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj["/CropBox"] = [0, 200, 400, 300]

    return edited(document(say(secret)), crop)


def clipped_away(secret: str) -> bytes:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(0, 0, 20, 20)
        canvas.clipPath(path, stroke=0)
        say(secret)(canvas)
        canvas.restoreState()

    return document(draw)


def layer_off(secret: str) -> bytes:
    def hide(pdf: pikepdf.Pdf) -> None:
        group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("layer")))
        state = Dictionary(OFF=Array([group]), Order=Array([group]))
        pdf.Root["/OCProperties"] = Dictionary(OCGs=Array([group]), D=state)
        page = pdf.pages[0]
        page.obj["/Resources"]["/Properties"] = Dictionary(MC0=group)
        words = f"/OC /MC0 BDC BT /F1 12 Tf 40 150 Td ({secret}) Tj ET EMC".encode()
        page.contents_add(words)

    return edited(document(), hide)


# Words of the structure.


def sticky_note(secret: str) -> bytes:
    return edited(document(), lambda p: _note(p, "Text", Contents=String(secret)))


def author_of_note(secret: str) -> bytes:
    return edited(document(), lambda p: _note(p, "Highlight", T=String(secret)))


def popup_window(secret: str) -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        popup = pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Popup, Rect=[0, 0, 9, 9], Contents=secret)
        )
        _note(pdf, "Text", Popup=popup)

    return edited(document(), add)


def words_of_stamp(secret: str) -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        _note(pdf, "Stamp", Subj=String("x"), Contents=String(secret))

    return edited(document(), add)


def drawn_by_hidden_note(secret: str) -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        words = f"BT /H 12 Tf 5 5 Td ({secret}) Tj ET".encode()
        look = pikepdf.Stream(pdf, words)
        look["/Type"], look["/Subtype"], look["/BBox"] = Name.XObject, Name.Form, [0, 0, 260, 30]
        look["/Resources"] = Dictionary(Font=Dictionary(H=font))
        _note(pdf, "Stamp", F=2, AP=Dictionary(N=look))

    return edited(document(), add)


def _field(pdf: pikepdf.Pdf, **more: object) -> None:
    field = _note(pdf, "Widget", FT=Name.Tx, T=String("field"), **more)
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array([field]), DA=String("/Helv 12 Tf 0 g"))


def value_of_field(secret: str) -> bytes:
    return edited(document(), lambda p: _field(p, V=String(secret)))


def hidden_field(secret: str) -> bytes:
    return edited(document(), lambda p: _field(p, V=String(secret), F=2))


def default_of_field(secret: str) -> bytes:
    return edited(document(), lambda p: _field(p, DV=String(secret)))


def xfa_form(secret: str) -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        xml = f"<xdp><field>{secret}</field></xdp>".encode()
        pdf.Root["/AcroForm"] = Dictionary(Fields=Array([]), XFA=pikepdf.Stream(pdf, xml))

    return edited(document(), add)


def bookmark(secret: str) -> bytes:
    return document(lambda c: (c.bookmarkPage("a"), c.addOutlineEntry(secret, "a")))


def mail_link(secret: str) -> bytes:
    action = Dictionary(S=Name.URI, URI=String(f"mailto:{secret}@example.invalid"))
    return edited(document(), lambda p: _note(p, "Link", A=action))


def launch_action(secret: str) -> bytes:
    action = Dictionary(S=Name.Launch, F=Dictionary(F=String(f"//server/{secret}.exe")))
    return edited(document(), lambda p: _note(p, "Link", A=action))


def script_at_opening(secret: str) -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        pdf.Root["/OpenAction"] = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{secret}')"))

    return edited(document(), add)


def script_of_page(secret: str) -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        script = pikepdf.Stream(pdf, f"var a = '{secret}';".encode())
        pdf.pages[0].obj["/AA"] = Dictionary(O=Dictionary(S=Name.JavaScript, JS=script))

    return edited(document(), add)


def script_by_name(secret: str) -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        action = Dictionary(S=Name.JavaScript, JS=String(f"// {secret}"))
        names = Dictionary(Names=Array([String("s"), action]))
        pdf.Root["/Names"] = Dictionary(JavaScript=names)

    return edited(document(), add)


def attached_file(secret: str) -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["list.txt"] = pikepdf.AttachedFileSpec(pdf, secret.encode())

    return edited(document(), add)


def _file(pdf: pikepdf.Pdf, secret: str) -> pikepdf.Object:
    kept = pikepdf.Stream(pdf, secret.encode())
    kept["/Type"] = Name.EmbeddedFile
    return pdf.make_indirect(
        Dictionary(Type=Name.Filespec, F=String("a.txt"), EF=Dictionary(F=kept))
    )


def file_on_page(secret: str) -> bytes:
    return edited(document(), lambda p: _note(p, "FileAttachment", FS=_file(p, secret)))


def associated_file(secret: str) -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        pdf.Root["/AF"] = Array([_file(pdf, secret)])

    return edited(document(), add)


def name_of_file(secret: str) -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        file = _file(pdf, "x")
        file["/UF"] = String(f"{secret}.txt")
        pdf.Root["/AF"] = Array([file])

    return edited(document(), add)


def author(secret: str) -> bytes:
    return document(lambda c: c.setAuthor(secret))


def own_property(secret: str) -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Handler"] = String(secret)

    return edited(document(), add)


def xmp(secret: str) -> bytes:
    """XMP that names the secret as the author."""
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>'
        f"{secret}</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def xmp_of_file(secret: str) -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        pdf.Root["/Metadata"] = pikepdf.Stream(
            pdf, xmp(secret), Type=Name.Metadata, Subtype=Name.XML
        )

    return edited(document(), add)


def xmp_of_page(secret: str) -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj["/Metadata"] = pikepdf.Stream(
            pdf, xmp(secret), Type=Name.Metadata, Subtype=Name.XML
        )

    return edited(document(), add)


def private_data(secret: str) -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        own = Dictionary(Private=Dictionary(Layers=Array([String(secret)])))
        pdf.pages[0].obj["/PieceInfo"] = Dictionary(Drawing=own)

    return edited(document(), add)


def own_key(secret: str) -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj["/Resources"]["/P"] = Dictionary(Prev=Dictionary(Z=String(secret)))

    return edited(document(), add)


def own_stream(secret: str) -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        pdf.Root["/Backup"] = pikepdf.Stream(pdf, secret.encode())

    return edited(document(), add)


def actual_text(secret: str) -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        words = f"/Span << /ActualText ({secret}) >> BDC BT /F1 9 Tf 40 90 Td (*) Tj ET EMC"
        pdf.pages[0].contents_add(words.encode())

    return edited(document(), add)


def alternate_text(secret: str) -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        figure = pdf.make_indirect(Dictionary(S=Name.Figure, Alt=String(secret)))
        pdf.Root["/StructTreeRoot"] = Dictionary(Type=Name.StructTreeRoot, K=Array([figure]))

    return edited(document(), add)


def remark_between_operators(secret: str) -> bytes:
    return edited(document(), lambda p: p.pages[0].contents_add(f"q % {secret}\nQ".encode()))


def comment_in_jpeg(secret: str) -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        out = io.BytesIO()
        picture().save(out, "JPEG", comment=secret.encode())
        _draw_jpeg(pdf, out.getvalue())

    return edited(document(), add)


def behind_jpeg(secret: str) -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        out = io.BytesIO()
        picture().save(out, "JPEG")
        _draw_jpeg(pdf, out.getvalue() + b"\0" + secret.encode())

    return edited(document(), add)


def _draw_jpeg(pdf: pikepdf.Pdf, jpeg: bytes) -> None:
    image = pikepdf.Stream(pdf, b"")
    image.write(jpeg, filter=Name.DCTDecode)
    image["/Type"], image["/Subtype"] = Name.XObject, Name.Image
    image["/Width"], image["/Height"], image["/BitsPerComponent"] = 120, 60, 8
    image["/ColorSpace"] = Name.DeviceRGB
    page = pdf.pages[0]
    page.obj["/Resources"]["/XObject"] = Dictionary(Im=image)
    page.contents_add(b"q 120 0 0 60 40 60 cm /Im Do Q")


# What is left of earlier states.


def _contents(pdf_bytes: bytes) -> tuple[int, bytes]:
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        contents = pdf.pages[0].obj["/Contents"]
        return contents.objgen[0], document_stream(document())


def document_stream(data: bytes) -> bytes:
    """The operators of the first page, as a stream object."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        body = pdf.pages[0].obj["/Contents"].read_bytes()
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body)


def earlier_page(secret: str) -> bytes:
    old = classic(document(say(secret)))
    number, new = _contents(old)
    return appended(old, {number: new})


def earlier_author(secret: str) -> bytes:
    old = classic(sticky_note(secret))
    with pikepdf.open(io.BytesIO(old)) as pdf:
        note = pdf.pages[0].obj["/Annots"][0].objgen[0]
    return appended(old, {note: b"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] >>"})


def left_over_object(secret: str) -> bytes:
    return appended(classic(document()), {90: f"<< /Note ({secret}) >>".encode()})


def left_over_page(secret: str) -> bytes:
    old = classic(document())
    stream = document_stream(document(say(secret)))
    return appended(old, {91: stream})


def behind_the_end(secret: str) -> bytes:
    return document() + b"\nnotes: " + secret.encode() + b"\n"


TRAPS: dict[str, Build] = {
    "pdf: 白色文字": white_text,
    "pdf: 近乎白色的文字": nearly_white_text,
    "pdf: 不可见的文字": invisible_mode,
    "pdf: 极小的文字": tiny_text,
    "pdf: 全透明的文字": clear_text,
    "pdf: 黑框下的文字": under_black_box,
    "pdf: 白框下的文字": under_white_box,
    "pdf: 图片下的文字": under_picture,
    "pdf: 表单对象里、黑框下的文字": in_form_under_box,
    "pdf: 注释框下的文字": under_note_box,
    "pdf: 页面以外的文字": outside_page,
    "pdf: 裁剪框以外的文字": outside_crop,
    "pdf: 剪切掉的文字": clipped_away,
    "pdf: 关闭的图层": layer_off,
    "pdf: 便笺": sticky_note,
    "pdf: 注释的作者": author_of_note,
    "pdf: 弹出窗口": popup_window,
    "pdf: 图章的说明": words_of_stamp,
    "pdf: 隐藏的注释画出的文字": drawn_by_hidden_note,
    "pdf: 表单域的值": value_of_field,
    "pdf: 隐藏的表单域": hidden_field,
    "pdf: 表单域的默认值": default_of_field,
    "pdf: XFA 表单": xfa_form,
    "pdf: 书签": bookmark,
    "pdf: 邮件链接": mail_link,
    "pdf: 启动程序": launch_action,
    "pdf: 打开时的脚本": script_at_opening,
    "pdf: 页面的脚本": script_of_page,
    "pdf: 名称表里的脚本": script_by_name,
    "pdf: 附件": attached_file,
    "pdf: 页面上的附件": file_on_page,
    "pdf: 关联文件": associated_file,
    "pdf: 附件的名称": name_of_file,
    "pdf: 作者": author,
    "pdf: 自定义属性": own_property,
    "pdf: 文件的 XMP": xmp_of_file,
    "pdf: 页面的 XMP": xmp_of_page,
    "pdf: 程序私有数据": private_data,
    "pdf: 不认识的键": own_key,
    "pdf: 不认识的数据流": own_stream,
    "pdf: 复制时的替换文字": actual_text,
    "pdf: 图片的替代文字": alternate_text,
    "pdf: 绘图指令里的注解": remark_between_operators,
    "pdf: JPEG 里的注解": comment_in_jpeg,
    "pdf: JPEG 结尾之后": behind_jpeg,
    "pdf: 历次保存的旧页面": earlier_page,
    "pdf: 历次保存的旧注释": earlier_author,
    "pdf: 无人引用的对象": left_over_object,
    "pdf: 无人引用的页面": left_over_page,
    "pdf: 文件结尾之后": behind_the_end,
}

EXPECTED: dict[str, Layer] = {
    "pdf: 白色文字": Layer.WHITE_TEXT,
    "pdf: 近乎白色的文字": Layer.WHITE_TEXT,
    "pdf: 不可见的文字": Layer.WHITE_TEXT,
    "pdf: 极小的文字": Layer.WHITE_TEXT,
    "pdf: 全透明的文字": Layer.WHITE_TEXT,
    "pdf: 黑框下的文字": Layer.UNDER_BOX,
    "pdf: 白框下的文字": Layer.UNDER_BOX,
    "pdf: 图片下的文字": Layer.UNDER_BOX,
    "pdf: 表单对象里、黑框下的文字": Layer.UNDER_BOX,
    "pdf: 注释框下的文字": Layer.UNDER_BOX,
    "pdf: 页面以外的文字": Layer.OUTSIDE_PAGE,
    "pdf: 裁剪框以外的文字": Layer.OUTSIDE_PAGE,
    "pdf: 剪切掉的文字": Layer.HIDDEN_TEXT,
    "pdf: 关闭的图层": Layer.OPTIONAL_LAYER,
    "pdf: 便笺": Layer.ANNOTATION,
    "pdf: 注释的作者": Layer.ANNOTATION,
    "pdf: 弹出窗口": Layer.ANNOTATION,
    "pdf: 图章的说明": Layer.ANNOTATION,
    "pdf: 隐藏的注释画出的文字": Layer.ANNOTATION,
    "pdf: 表单域的值": Layer.FORM_FIELD,
    "pdf: 隐藏的表单域": Layer.HIDDEN_TEXT,
    "pdf: 表单域的默认值": Layer.HIDDEN_TEXT,
    "pdf: XFA 表单": Layer.FORM_FIELD,
    "pdf: 书签": Layer.OUTLINE,
    "pdf: 邮件链接": Layer.LINK,
    "pdf: 启动程序": Layer.LINK,
    "pdf: 打开时的脚本": Layer.SCRIPT,
    "pdf: 页面的脚本": Layer.SCRIPT,
    "pdf: 名称表里的脚本": Layer.SCRIPT,
    "pdf: 附件": Layer.ATTACHMENT,
    "pdf: 页面上的附件": Layer.ATTACHMENT,
    "pdf: 关联文件": Layer.ATTACHMENT,
    "pdf: 附件的名称": Layer.ATTACHMENT,
    "pdf: 作者": Layer.METADATA,
    "pdf: 自定义属性": Layer.METADATA,
    "pdf: 文件的 XMP": Layer.METADATA,
    "pdf: 页面的 XMP": Layer.METADATA,
    "pdf: 程序私有数据": Layer.METADATA,
    "pdf: 不认识的键": Layer.METADATA,
    "pdf: 不认识的数据流": Layer.METADATA,
    "pdf: 复制时的替换文字": Layer.ALT_TEXT,
    "pdf: 图片的替代文字": Layer.ALT_TEXT,
    "pdf: 绘图指令里的注解": Layer.METADATA,
    "pdf: JPEG 里的注解": Layer.METADATA,
    "pdf: JPEG 结尾之后": Layer.METADATA,
    "pdf: 历次保存的旧页面": Layer.EARLIER_VERSION,
    "pdf: 历次保存的旧注释": Layer.EARLIER_VERSION,
    "pdf: 无人引用的对象": Layer.EARLIER_VERSION,
    "pdf: 无人引用的页面": Layer.EARLIER_VERSION,
    "pdf: 文件结尾之后": Layer.EARLIER_VERSION,
}
