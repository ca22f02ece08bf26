"""What may come along of a letter: text, its looks, tables, notes, drawings, formulas.

Authors, revisions, comments, identifiers of sessions, controls and their data are not in it.
"""

from __future__ import annotations

from screening.passages import Layer
from screening.stripping import grammar_drawing as drawing
from screening.stripping.grammar_formulas import FORMULAS, OLD_DRAWINGS
from screening.stripping.pruning import Grammar, kept_list, name_of, names_of

SPACES = {
    **drawing.SPACES,
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
_OWN = frozenset({"w", "m"})

_STORIES = """
w:document
w:body
w:hdr
w:ftr
w:footnotes
w:endnotes
w:footnote id type
w:endnote id type
w:background color themeColor themeTint themeShade
w:p
w:pPr
w:r
w:rPr
w:t xml:space
w:tab val leader pos
w:br type clear
w:cr
w:noBreakHyphen
w:softHyphen
w:sym font~ char
w:ptab relativeTo alignment leader
w:ruby
w:rubyPr
w:rubyAlign val
w:hps val
w:hpsRaise val
w:hpsBaseText val
w:lid val
w:rt
w:rubyBase
w:fldChar fldCharType
w:instrText xml:space
w:fldSimple instr
w:pgNum
w:footnoteReference id customMarkFollows
w:endnoteReference id customMarkFollows
w:footnoteRef
w:endnoteRef
w:separator
w:continuationSeparator
w:hyperlink r:id anchor
w:bookmarkStart id name
w:bookmarkEnd id
w:drawing
w:pict
w:txbxContent
"""
_PARAGRAPHS = """
w:pStyle val
w:keepNext val
w:keepLines val
w:pageBreakBefore val
w:framePr w h hRule x y xAlign yAlign hAnchor vAnchor wrap hSpace vSpace dropCap lines anchorLock
w:widowControl val
w:numPr
w:ilvl val
w:numId val
w:suppressLineNumbers val
w:pBdr
w:shd val color fill themeColor themeFill themeFillTint themeFillShade themeTint themeShade
w:tabs
w:suppressAutoHyphens val
w:kinsoku val
w:wordWrap val
w:overflowPunct val
w:topLinePunct val
w:autoSpaceDE val
w:autoSpaceDN val
w:bidi val
w:adjustRightInd val
w:snapToGrid val
w:spacing val before beforeLines beforeAutospacing after afterLines afterAutospacing line lineRule
w:ind left leftChars right rightChars start startChars end endChars hanging hangingChars
w:ind firstLine firstLineChars
w:contextualSpacing val
w:mirrorIndents val
w:suppressOverlap val
w:jc val
w:textDirection val
w:textAlignment val
w:textboxTightWrap val
w:outlineLvl val
w:top val sz space color themeColor themeTint themeShade shadow frame w type
w:left val sz space color themeColor themeTint themeShade shadow frame w type
w:bottom val sz space color themeColor themeTint themeShade shadow frame w type
w:right val sz space color themeColor themeTint themeShade shadow frame w type
w:start val sz space color themeColor themeTint themeShade w type
w:end val sz space color themeColor themeTint themeShade w type
w:between val sz space color
w:bar val sz space color
"""
_RUNS = """
w:rStyle val
w:rFonts ascii~ hAnsi~ eastAsia~ cs~ asciiTheme hAnsiTheme eastAsiaTheme cstheme hint
w:b val
w:bCs val
w:i val
w:iCs val
w:caps val
w:smallCaps val
w:strike val
w:dstrike val
w:outline val
w:shadow val
w:emboss val
w:imprint val
w:noProof val
w:color val themeColor themeTint themeShade
w:w val
w:kern val
w:position val
w:sz val
w:szCs val
w:highlight val
w:u val color themeColor themeTint themeShade
w:effect val
w:bdr val sz space color themeColor themeTint themeShade
w:fitText val id
w:vertAlign val
w:rtl val
w:cs val
w:em val
w:lang val eastAsia bidi
w:eastAsianLayout id combine combineBrackets vert vertCompress
"""
_TABLES = """
w:tbl
w:tblPr
w:tblStyle val
w:tblpPr leftFromText rightFromText topFromText bottomFromText vertAnchor horzAnchor tblpXSpec
w:tblpPr tblpX tblpYSpec tblpY
w:tblOverlap val
w:bidiVisual val
w:tblStyleRowBandSize val
w:tblStyleColBandSize val
w:tblW w type
w:tblCellSpacing w type
w:tblInd w type
w:tblBorders
w:tblLayout type
w:tblCellMar
w:tblLook val firstRow lastRow firstColumn lastColumn noHBand noVBand
w:tblPrEx
w:tblGrid
w:gridCol w
w:tr
w:trPr
w:cnfStyle val firstRow lastRow firstColumn lastColumn oddVBand evenVBand oddHBand evenHBand
w:cnfStyle firstRowFirstColumn firstRowLastColumn lastRowFirstColumn lastRowLastColumn
w:gridBefore val
w:gridAfter val
w:wBefore w type
w:wAfter w type
w:cantSplit val
w:trHeight val hRule
w:tblHeader val
w:tc
w:tcPr
w:tcW w type
w:gridSpan val
w:hMerge val
w:vMerge val
w:tcBorders
w:tcMar
w:insideH val sz space color themeColor themeTint themeShade
w:insideV val sz space color themeColor themeTint themeShade
w:tl2br val sz space color
w:tr2bl val sz space color
w:noWrap val
w:tcFitText val
w:vAlign val
w:hideMark val
"""
_SECTIONS = """
w:sectPr
w:headerReference type r:id
w:footerReference type r:id
w:footnotePr
w:endnotePr
w:pos val
w:numFmt val
w:numStart val
w:numRestart val
w:type val
w:pgSz w h orient code
w:pgMar top right bottom left header footer gutter
w:paperSrc first other
w:pgBorders zOrder display offsetFrom
w:lnNumType countBy start distance restart
w:pgNumType fmt start chapStyle chapSep
w:cols num space equalWidth sep
w:col w space
w:formProt val
w:noEndnote val
w:titlePg val
w:rtlGutter val
w:docGrid type linePitch charSpace
"""
_STYLES = """
w:styles
w:docDefaults
w:rPrDefault
w:pPrDefault
w:style type default styleId~ customStyle
w:name val~
w:basedOn val~
w:next val~
w:link val~
w:uiPriority val
w:qFormat val
w:unhideWhenUsed val
w:semiHidden val
w:tblStylePr type
w:numbering
w:abstractNum abstractNumId
w:multiLevelType val
w:lvl ilvl
w:start val
w:lvlRestart val
w:isLgl val
w:suff val
w:lvlText val* null
w:lvlJc val
w:num numId
w:abstractNumId val
w:lvlOverride ilvl
w:startOverride val
"""
_SETTINGS = """
w:settings
w:mirrorMargins val
w:alignBordersAndEdges val
w:bordersDoNotSurroundHeader val
w:bordersDoNotSurroundFooter val
w:gutterAtTop val
w:defaultTabStop val
w:autoHyphenation val
w:evenAndOddHeaders val
w:bookFoldPrinting val
w:drawingGridHorizontalSpacing val
w:drawingGridVerticalSpacing val
w:displayHorizontalDrawingGridEvery val
w:displayVerticalDrawingGridEvery val
w:displayBackgroundShape val
w:characterSpacingControl val
w:strictFirstAndLastChars val
w:themeFontLang val eastAsia bidi
w:clrSchemeMapping bg1 t1 bg2 t2 accent1 accent2 accent3 accent4 accent5 accent6 hyperlink
w:clrSchemeMapping followedHyperlink
w:decimalSymbol val
w:listSeparator val
w:compat
w:compatSetting name uri val
w:spaceForUL val
w:balanceSingleByteDoubleByteWidth val
w:doNotLeaveBackslashAlone val
w:ulTrailSpace val
w:doNotExpandShiftReturn val
w:adjustLineHeightInTable val
w:useFELayout val
w:footnotePr
w:endnotePr
w:footnote id
w:endnote id
w:pos val
w:numFmt val
w:numStart val
w:numRestart val
"""

_UNWRAPPED = names_of(
    "w:ins w:moveTo w:sdt w:sdtContent w:smartTag w:customXml w:dir w:bdo "
    "v:background mc:AlternateContent mc:Choice w:object",
    SPACES,
)
_FORMERLY = (
    "w:rPrChange w:pPrChange w:sectPrChange w:tblPrChange w:tblPrExChange w:trPrChange "
    "w:tcPrChange w:tblGridChange w:numberingChange"
)
_MARKS = (
    "w:moveFromRangeStart w:moveFromRangeEnd w:moveToRangeStart w:moveToRangeEnd "
    "w:customXmlInsRangeStart w:customXmlInsRangeEnd w:customXmlDelRangeStart "
    "w:customXmlDelRangeEnd w:customXmlMoveFromRangeStart w:customXmlMoveFromRangeEnd "
    "w:customXmlMoveToRangeStart w:customXmlMoveToRangeEnd w:cellIns w:cellMerge"
)
_DROPPED = {
    **drawing.DROPPED,
    **{
        name_of(tag, SPACES): (layer, what)
        for tags, layer, what in (
            ("w:del w:moveFrom w:delText w:delInstrText", Layer.DELETED, "修订删除的内容"),
            (_FORMERLY, Layer.DELETED, "修订前的格式和作者"),
            (_MARKS, Layer.INSERTED, "修订标记"),
            ("w:commentRangeStart w:commentRangeEnd w:commentReference w:annotationRef",
             Layer.COMMENT, "批注的标记"),
            ("w:sdtPr w:sdtEndPr w:smartTagPr w:customXmlPr", Layer.METADATA, "内容控件的属性"),
            ("w:ffData", Layer.FORM_FIELD, "表单域"),
            ("o:OLEObject w:objectEmbed w:objectLink w:control w:movie", Layer.ATTACHMENT,
             "嵌入的对象"),
            ("w:proofErr w:lastRenderedPageBreak w:permStart w:permEnd w:webHidden",
             Layer.METADATA, "校对和权限的标记"),
            ("w:vanish w:specVanish", Layer.HIDDEN_TEXT, "隐藏文字的标记"),
            ("mc:Fallback", Layer.TEXT_BOX, "给旧版软件的副本"),
            ("w:printerSettings", Layer.METADATA, "打印机设置"),
            ("w:docVars", Layer.METADATA, "文档变量"),
            ("w:attachedTemplate", Layer.LINK, "模板的位置"),
            ("w:mailMerge", Layer.LINK, "邮件合并的数据源"),
            ("w:rsids w:rsid", Layer.METADATA, "编辑过程的标识"),
            ("w:latentStyles w:aliases w:docPartList", Layer.METADATA, "样式的其他信息"),
            ("w:documentProtection w:writeProtection", Layer.METADATA, "保护口令"),
        )
        for tag in tags.split()
    },
}  # fmt: skip
_REFUSED = {
    **drawing.REFUSED,
    name_of("w:altChunk", SPACES): "文件里插着另一个文档，请在 Word 里打开并另存后再提交",
    name_of("w:subDoc", SPACES): "文件引用了子文档，请在 Word 里合并后再提交",
    name_of("c:chart", SPACES): drawing.CHART,
}

_LOOKS = _PARAGRAPHS + _RUNS + _TABLES
GRAMMAR = Grammar(
    kept={
        **drawing.SHAPES,
        **drawing.IN_WORD,
        **kept_list(_STORIES + _LOOKS + _SECTIONS + FORMULAS + OLD_DRAWINGS, SPACES, _OWN),
    },
    unwrapped=_UNWRAPPED | drawing.UNWRAPPED,
    dropped=_DROPPED,
    refused=_REFUSED,
    texts=names_of("w:t w:instrText m:t", SPACES) | drawing.WORDS | drawing.FIGURES,
)
STYLES = Grammar(
    kept=kept_list(
        "w:p\nw:pPr\nw:r\nw:rPr\nw:tblPr\nw:trPr\nw:tcPr\n" + _LOOKS + _STYLES, SPACES, _OWN
    ),
    dropped=_DROPPED,
)
SETTINGS = Grammar(kept=kept_list(_SETTINGS, SPACES, _OWN), dropped=_DROPPED)
THEME = Grammar(kept=drawing.THEME, dropped=drawing.DROPPED)


def word(tag: str) -> str:
    """`p` → `{namespace of Word}p`; with a prefix, that namespace."""
    return name_of(tag if ":" in tag else f"w:{tag}", SPACES)
