"""What may come along of an OFD: pages, what is drawn on them, and the resources for it.

Notes, attachments, actions, outlines, tags, extensions, versions, signatures are not in it.
"""

from __future__ import annotations

from screening.passages import Layer
from screening.stripping.pruning import Grammar, kept_list, name_of, names_of

SPACES = {"ofd": "http://www.ofdspec.org/2016"}

_GRAPHIC = "ID Boundary CTM DrawParam LineWidth Cap Join MiterLimit DashOffset DashPattern Alpha"
_COLOUR = "Value Index ColorSpace Alpha"
_PAGES = f"""
ofd:Page
ofd:Template TemplateID ZOrder
ofd:Area CTM DrawParam
ofd:PhysicalBox
ofd:ApplicationBox
ofd:ContentBox
ofd:BleedBox
ofd:Content
ofd:Layer ID Type DrawParam
ofd:PageBlock ID
ofd:TextObject {_GRAPHIC} Font Size Stroke Fill HScale ReadDirection CharDirection Weight Italic
ofd:TextCode X Y DeltaX DeltaY
ofd:CGTransform CodePosition CodeCount GlyphCount
ofd:Glyphs
ofd:FillColor {_COLOUR}
ofd:StrokeColor {_COLOUR}
ofd:Color {_COLOUR}
ofd:BorderColor {_COLOUR}
ofd:AxialShd MapType MapUnit Extend StartPoint EndPoint
ofd:RadialShd MapType MapUnit Eccentricity Angle StartPoint StartRadius EndPoint EndRadius Extend
ofd:Segment Position
ofd:PathObject {_GRAPHIC} Stroke Fill Rule
ofd:AbbreviatedData
ofd:Clips TransFlag
ofd:Clip
ofd:Path {_GRAPHIC} Stroke Fill Rule
ofd:ImageObject {_GRAPHIC} ResourceID ImageMask BlendMode
ofd:Border LineWidth HorizonalCornerRadius VerticalCornerRadius DashOffset DashPattern
ofd:CompositeObject {_GRAPHIC} ResourceID
"""
_RESOURCES = """
ofd:Res
ofd:ColorSpaces
ofd:ColorSpace ID Type BitsPerComponent
ofd:Palette
ofd:CV
ofd:DrawParams
ofd:DrawParam ID Relative Join LineWidth DashOffset DashPattern Cap MiterLimit
ofd:Fonts
ofd:Font ID FontName~ FamilyName~ Charset Serif Bold Italic FixedWidth
ofd:FontFile
ofd:MultiMedias
ofd:MultiMedia ID Type Format
ofd:MediaFile
ofd:CompositeGraphicUnits
ofd:CompositeGraphicUnit ID Width Height
"""
_DROPPED = {
    name_of(f"ofd:{tag}", SPACES): (layer, what)
    for tag, layer, what in (
        ("Actions", Layer.LINK, "链接和动作"),
        ("PageRes", Layer.METADATA, "资源的位置（重写）"),
        ("Thumbnail", Layer.METADATA, "缩略图"),
        ("Substitution", Layer.METADATA, "替代图片"),
        ("Pattern", Layer.METADATA, "底纹"),
    )
}
# Lists of numbers, which are not words but text all the same.
FIGURES = names_of(
    "ofd:AbbreviatedData ofd:Glyphs ofd:PhysicalBox ofd:ApplicationBox ofd:ContentBox ofd:BleedBox "
    "ofd:CV",
    SPACES,
)

GRAMMAR = Grammar(
    kept=kept_list(_PAGES + _RESOURCES, SPACES),
    dropped=_DROPPED,
    texts=names_of("ofd:TextCode ofd:FontFile ofd:MediaFile", SPACES) | FIGURES,
)


def ofd(tag: str) -> str:
    """`Page` → with the namespace of OFD."""
    return name_of(f"ofd:{tag}", SPACES)
