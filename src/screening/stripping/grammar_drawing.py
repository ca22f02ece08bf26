"""What may come along of drawings in documents and workbooks: shapes, pictures, their words.

Names and descriptions of shapes, actions on a click, links to files, and extensions are not in it.
"""

from __future__ import annotations

from screening.passages import Layer
from screening.stripping.pruning import kept_list, name_of, names_of

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_WORD_2010 = "http://schemas.microsoft.com/office/word/2010"
SPACES = {
    "a": f"{_DRAWING}/main",
    "pic": f"{_DRAWING}/picture",
    "wp": f"{_DRAWING}/wordprocessingDrawing",
    "xdr": f"{_DRAWING}/spreadsheetDrawing",
    "dgm": f"{_DRAWING}/diagram",
    "c": f"{_DRAWING}/chart",
    "wps": f"{_WORD_2010}/wordprocessingShape",
    "wpg": f"{_WORD_2010}/wordprocessingGroup",
    "wpc": f"{_WORD_2010}/wordprocessingCanvas",
    "wpi": f"{_WORD_2010}/wordprocessingInk",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}

_COLOURS = """
a:srgbClr val
a:schemeClr val
a:prstClr val
a:sysClr val lastClr
a:scrgbClr r g b
a:hslClr hue sat lum
a:alpha val
a:lumMod val
a:lumOff val
a:tint val
a:shade val
a:satMod val
a:satOff val
a:hueMod val
a:hueOff val
a:gamma
a:invGamma
a:inv
a:gray
a:comp
"""
_FILLS = """
a:noFill
a:solidFill
a:gradFill flip rotWithShape
a:gsLst
a:gs pos
a:lin ang scaled
a:path path w h fill stroke extrusionOk
a:fillToRect l t r b
a:tileRect l t r b
a:pattFill prst
a:fgClr
a:bgClr
a:blipFill dpi rotWithShape
a:blip r:embed cstate
a:stretch
a:fillRect l t r b
a:srcRect l t r b
a:tile tx ty sx sy flip algn
a:ln w cap cmpd algn
a:prstDash val
a:round
a:bevel w h prst
a:miter lim
a:headEnd type w len
a:tailEnd type w len
a:effectLst
a:outerShdw blurRad dist dir sx sy kx ky algn rotWithShape
a:innerShdw blurRad dist dir
a:prstShdw prst dist dir
a:glow rad
a:softEdge rad
a:reflection blurRad stA stPos endA endPos dist dir fadeDir sx sy kx ky algn rotWithShape
"""
_SHAPES = """
a:graphic
a:graphicData uri
a:graphicFrameLocks noChangeAspect noGrp noSelect noMove noResize noDrilldown
a:picLocks noChangeAspect noChangeArrowheads noGrp noSelect noMove noResize noCrop
a:spLocks noChangeAspect noChangeArrowheads noGrp noSelect noMove noResize
a:cxnSpLocks noChangeAspect noGrp
a:grpSpLocks noChangeAspect noGrp
a:xfrm rot flipH flipV
a:off x y
a:ext cx cy
a:chOff x y
a:chExt cx cy
a:prstGeom prst
a:avLst
a:gdLst
a:gd name fmla
a:custGeom
a:ahLst
a:cxnLst
a:cxn ang
a:pos x y
a:rect l t r b
a:pathLst
a:moveTo
a:lnTo
a:cubicBezTo
a:quadBezTo
a:arcTo wR hR stAng swAng
a:close
a:pt x y
a:spPr bwMode
a:bodyPr rot vert wrap lIns tIns rIns bIns numCol spcCol rtlCol anchor anchorCtr vertOverflow
a:bodyPr horzOverflow upright compatLnSpc fromWordArt forceAA spcFirstLastPara
a:prstTxWarp prst
a:noAutofit
a:normAutofit fontScale lnSpcReduction
a:spAutoFit
a:lstStyle
"""
_WORDS = """
a:p
a:pPr marL marR lvl indent algn defTabSz rtl eaLnBrk fontAlgn latinLnBrk hangingPunct
a:lvl1pPr marL indent algn
a:r
a:br
a:rPr lang altLang sz b i u strike kern cap spc baseline dirty
a:defRPr lang sz b i u strike kern cap spc baseline
a:endParaRPr lang sz b i u strike
a:t
a:latin typeface~ pitchFamily charset panose
a:ea typeface~ pitchFamily charset panose
a:cs typeface~ pitchFamily charset panose
a:sym typeface~ pitchFamily charset panose
a:highlight
a:lnSpc
a:spcBef
a:spcAft
a:spcPct val
a:spcPts val
a:buNone
a:buChar char*
a:buAutoNum type startAt
a:buFont typeface~
a:buClr
a:buSzPct val
a:tabLst
a:tab pos algn
a:lnRef idx
a:fillRef idx
a:effectRef idx
a:fontRef idx
"""
_THEME = """
a:theme
a:themeElements
a:clrScheme
a:dk1
a:lt1
a:dk2
a:lt2
a:accent1
a:accent2
a:accent3
a:accent4
a:accent5
a:accent6
a:hlink
a:folHlink
a:fontScheme
a:majorFont
a:minorFont
a:font script typeface~
a:fmtScheme
a:fillStyleLst
a:lnStyleLst
a:effectStyleLst
a:effectStyle
a:bgFillStyleLst
"""
_PICTURES = """
pic:pic
pic:nvPicPr
pic:cNvPr id
pic:cNvPicPr preferRelativeResize
pic:blipFill dpi rotWithShape
pic:spPr bwMode
"""
_IN_WORD = """
wp:inline distT distB distL distR
wp:anchor distT distB distL distR simplePos relativeHeight behindDoc locked layoutInCell
wp:anchor allowOverlap
wp:simplePos x y
wp:extent cx cy
wp:effectExtent l t r b
wp:docPr id
wp:positionH relativeFrom
wp:positionV relativeFrom
wp:posOffset
wp:align
wp:wrapNone
wp:wrapSquare wrapText distT distB distL distR
wp:wrapTight wrapText distL distR
wp:wrapThrough wrapText distL distR
wp:wrapTopAndBottom distT distB
wp:wrapPolygon edited
wp:start x y
wp:lineTo x y
wp:cNvGraphicFramePr
wps:wsp
wps:cNvPr id
wps:cNvSpPr txBox
wps:cNvCnPr
wps:cNvFrPr
wps:spPr bwMode
wps:style
wps:txbx
wps:bodyPr rot vert wrap lIns tIns rIns bIns numCol anchor anchorCtr upright compatLnSpc
wps:bodyPr fromWordArt forceAA rtlCol spcCol vertOverflow horzOverflow spcFirstLastPara
wpg:wgp
wpg:grpSp
wpg:cNvPr id
wpg:cNvGrpSpPr
wpg:grpSpPr bwMode
"""
_IN_SHEETS = """
xdr:wsDr
xdr:twoCellAnchor editAs
xdr:oneCellAnchor
xdr:absoluteAnchor
xdr:from
xdr:to
xdr:col
xdr:colOff
xdr:row
xdr:rowOff
xdr:pos x y
xdr:ext cx cy
xdr:pic
xdr:nvPicPr
xdr:cNvPr id
xdr:cNvPicPr preferRelativeResize
xdr:blipFill dpi rotWithShape
xdr:spPr bwMode
xdr:sp
xdr:nvSpPr
xdr:cNvSpPr txBox
xdr:style
xdr:txBody
xdr:cxnSp
xdr:nvCxnSpPr
xdr:cNvCxnSpPr
xdr:grpSp
xdr:nvGrpSpPr
xdr:cNvGrpSpPr
xdr:grpSpPr bwMode
xdr:clientData fPrintsWithSheet
xdr:graphicFrame
xdr:nvGraphicFramePr
xdr:cNvGraphicFramePr
xdr:xfrm rot flipH flipV
"""

SHAPES = kept_list(_COLOURS + _FILLS + _SHAPES + _WORDS + _PICTURES, SPACES)
IN_WORD = kept_list(_IN_WORD, SPACES)
IN_SHEETS = kept_list(_IN_SHEETS, SPACES)
THEME = kept_list(_COLOURS + _FILLS + _WORDS + _THEME, SPACES)
WORDS = names_of("a:t", SPACES)
# Numbers that stand as text, not as attributes.
FIGURES = names_of("wp:posOffset wp:align xdr:col xdr:colOff xdr:row xdr:rowOff", SPACES)
# Numbers that a program fills in, or the last of them: the words stay.
UNWRAPPED = names_of("a:fld", SPACES)
DROPPED = {
    name_of("a:hlinkClick", SPACES): (Layer.LINK, "图形上的链接"),
    name_of("a:hlinkHover", SPACES): (Layer.LINK, "图形上的链接"),
    name_of("a:extLst", SPACES): (Layer.METADATA, "程序的扩展信息"),
    name_of("pic:extLst", SPACES): (Layer.METADATA, "程序的扩展信息"),
    name_of("a:objectDefaults", SPACES): (Layer.METADATA, "程序的扩展信息"),
    name_of("a:extraClrSchemeLst", SPACES): (Layer.METADATA, "程序的扩展信息"),
}
SMART_ART = "文件里有 SmartArt 图形，图形背后的文字不能逐一检查，请把它转成图片"
CHART = "文件里有图表，图表带着背后的全部数据，请把图表转成图片"
REFUSED = {
    name_of("dgm:relIds", SPACES): SMART_ART,
    name_of("wpc:wpc", SPACES): "文件里有绘图画布，不能逐一检查，请把它转成图片",
    name_of("wpi:ink", SPACES): "文件里有墨迹，不能逐一检查，请把它转成图片",
    "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart": CHART,
}
