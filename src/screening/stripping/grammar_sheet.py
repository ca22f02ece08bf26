"""What may come along of a workbook besides its cells: looks, widths, pages, drawings.

Formulas, names, filters, validations, conditions, tables, pivots and connections are not in it.
"""

from __future__ import annotations

from screening.passages import Layer
from screening.stripping import grammar_drawing as drawing
from screening.stripping.pruning import Grammar, kept_list, name_of, names_of

SPACES = {
    **drawing.SPACES,
    "x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}

_WORKBOOK = """
x:workbook
x:workbookPr date1904
x:sheets
x:sheet name* sheetId state r:id
"""
_SHEET = """
x:worksheet
x:sheetPr filterMode
x:tabColor rgb theme tint indexed
x:outlinePr summaryBelow summaryRight
x:pageSetUpPr fitToPage autoPageBreaks
x:sheetViews
x:sheetView showGridLines showRowColHeaders showZeros rightToLeft view zoomScale
x:sheetView zoomScaleNormal zoomScalePageLayoutView zoomScaleSheetLayoutView workbookViewId
x:pane xSplit ySplit topLeftCell activePane state
x:sheetFormatPr baseColWidth defaultColWidth defaultRowHeight customHeight zeroHeight
x:sheetFormatPr thickTop thickBottom outlineLevelRow outlineLevelCol
x:cols
x:col min max width style hidden bestFit customWidth outlineLevel collapsed
x:mergeCells
x:mergeCell ref
x:hyperlinks
x:hyperlink ref r:id
x:printOptions horizontalCentered verticalCentered headings gridLines
x:pageMargins left right top bottom header footer
x:pageSetup paperSize scale firstPageNumber fitToWidth fitToHeight pageOrder orientation
x:pageSetup blackAndWhite draft useFirstPageNumber errors horizontalDpi verticalDpi
x:headerFooter differentOddEven differentFirst scaleWithDoc alignWithMargins
x:oddHeader xml:space
x:oddFooter xml:space
x:evenHeader xml:space
x:evenFooter xml:space
x:firstHeader xml:space
x:firstFooter xml:space
x:rowBreaks count manualBreakCount
x:colBreaks count manualBreakCount
x:brk id min max man
x:drawing r:id
"""
_STRING = """
x:si
x:is
x:t xml:space
x:r
x:rPr
x:rFont val~
"""
_LOOKS = """
x:b val
x:i val
x:strike val
x:outline val
x:shadow val
x:condense val
x:extend val
x:color rgb theme tint indexed auto
x:sz val
x:u val
x:vertAlign val
x:scheme val
x:name val~
x:family val
x:charset val
"""
_STYLES = """
x:styleSheet
x:numFmts count
x:numFmt numFmtId formatCode*
x:fonts count
x:font
x:fills count
x:fill
x:patternFill patternType
x:fgColor rgb theme tint indexed auto
x:bgColor rgb theme tint indexed auto
x:gradientFill type degree left right top bottom
x:stop position
x:borders count
x:border diagonalUp diagonalDown outline
x:left style
x:right style
x:top style
x:bottom style
x:diagonal style
x:start style
x:end style
x:cellStyleXfs count
x:cellXfs count
x:xf numFmtId fontId fillId borderId xfId quotePrefix applyNumberFormat applyFont applyFill
x:xf applyBorder applyAlignment applyProtection
x:alignment horizontal vertical textRotation wrapText indent relativeIndent justifyLastLine
x:alignment shrinkToFit readingOrder
x:protection locked
x:cellStyles count
x:cellStyle name~ xfId builtinId iLevel
x:colors
x:indexedColors
x:rgbColor rgb
"""

_OTHER = (
    "x:scenarios x:protectedRanges x:customSheetViews x:webPublishItems x:cellWatches "
    "x:smartTags x:ignoredErrors x:customProperties"
)
_INTERNAL = (
    "x:dimension x:selection x:sheetCalcPr x:calcPr x:bookViews x:fileVersion "
    "x:fileRecoveryPr x:mruColors"
)
_DROPPED = {
    **drawing.DROPPED,
    **{
        name_of(tag, SPACES): (layer, what)
        for tags, layer, what in (
            ("x:rPh x:phoneticPr", Layer.HIDDEN_TEXT, "注音"),
            ("x:dataValidations", Layer.VALIDATION, "数据有效性"),
            ("x:conditionalFormatting", Layer.FORMULA, "条件格式"),
            ("x:autoFilter x:sortState", Layer.FILTERED_ROW, "筛选和排序的条件"),
            ("x:definedNames", Layer.DEFINED_NAME, "定义的名称（含打印区域和打印标题）"),
            ("x:externalReferences x:dataConsolidate", Layer.LINK, "外部链接"),
            ("x:pivotCaches", Layer.CACHE, "数据透视表缓存"),
            ("x:legacyDrawing", Layer.COMMENT, "批注的框"),
            ("x:legacyDrawingHF x:drawingHF", Layer.HEADER, "页眉页脚里的图片"),
            ("x:oleObjects x:controls", Layer.ATTACHMENT, "嵌入的对象"),
            (_OTHER, Layer.METADATA, "工作表的其他信息"),
            ("x:sheetProtection x:workbookProtection x:fileSharing", Layer.METADATA, "保护口令"),
            ("x:tableParts x:tableStyles x:dxfs", Layer.METADATA, "表格样式"),
            ("x:extLst", Layer.METADATA, "程序的扩展信息"),
            (_INTERNAL, Layer.METADATA, "程序留下的内部信息"),
            ("mc:AlternateContent", Layer.METADATA, "程序的扩展信息"),
        )
        for tag in tags.split()
    },
}  # fmt: skip

WORKBOOK = Grammar(kept=kept_list(_WORKBOOK, SPACES), dropped=_DROPPED)
SHEET = Grammar(
    kept=kept_list(_SHEET, SPACES),
    settled=names_of("x:sheetData", SPACES),  # cell by cell, which is faster
    dropped=_DROPPED,
    texts=names_of(
        "x:oddHeader x:oddFooter x:evenHeader x:evenFooter x:firstHeader x:firstFooter", SPACES
    ),
)
STRING = Grammar(
    kept=kept_list(_STRING + _LOOKS, SPACES), dropped=_DROPPED, texts=names_of("x:t", SPACES)
)
STYLES = Grammar(kept=kept_list(_STYLES + _LOOKS, SPACES), dropped=_DROPPED)
DRAWING = Grammar(
    kept={**drawing.SHAPES, **drawing.IN_SHEETS},
    unwrapped=drawing.UNWRAPPED | names_of("mc:AlternateContent mc:Choice", SPACES),
    dropped={**_DROPPED, name_of("mc:Fallback", SPACES): (Layer.TEXT_BOX, "给旧版软件的副本")},
    refused={**drawing.REFUSED, name_of("c:chart", SPACES): drawing.CHART},
    texts=drawing.WORDS | drawing.FIGURES,
)
THEME = Grammar(kept=drawing.THEME, dropped=drawing.DROPPED)


def sheet(tag: str) -> str:
    """`row` → `{namespace of workbooks}row`; with a prefix, that namespace."""
    return name_of(tag if ":" in tag else f"x:{tag}", SPACES)
