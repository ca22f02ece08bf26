"""What may come along of an OpenDocument sheet: cells, words, looks, pages, pictures.

Formulas, names, validations, filters, pivots, changes, scripts and settings are not in it.
"""

from __future__ import annotations

from screening.passages import Layer
from screening.stripping.pruning import Grammar, kept_list, name_of, names_of

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = {
    **{
        prefix: f"{_ODF}{name}:1.0"
        for prefix, name in (
            ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
            ("draw", "drawing"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
            ("number", "datastyle"), ("meta", "meta"), ("script", "script"), ("form", "form"),
            ("chart", "chart"), ("manifest", "manifest"), ("presentation", "presentation"),
        )
    },
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
}  # fmt: skip

_DOCUMENT = """
office:document-content office:version
office:document-styles office:version
office:font-face-decls
office:automatic-styles
office:styles
office:master-styles
office:body
office:spreadsheet
"""
_TABLES = """
table:table table:name* table:style-name table:print
table:table-columns
table:table-header-columns
table:table-column-group table:display
table:table-column table:style-name table:number-columns-repeated table:visibility
table:table-column table:default-cell-style-name
table:table-rows
table:table-header-rows
table:table-row-group table:display
table:table-row table:style-name table:number-rows-repeated table:visibility
table:table-row table:default-cell-style-name
table:table-cell table:style-name table:number-columns-repeated table:number-columns-spanned
table:table-cell table:number-rows-spanned office:value-type office:value office:date-value
table:table-cell office:time-value office:boolean-value office:currency
table:covered-table-cell table:style-name table:number-columns-repeated
table:shapes
"""
_WORDS = """
text:p text:style-name
text:h text:style-name text:outline-level
text:span text:style-name
text:s text:c
text:tab
text:line-break
text:a xlink:href xlink:type
text:list text:style-name
text:list-item
text:ruby
text:ruby-base
text:ruby-text
text:sheet-name
text:page-number text:select-page
text:page-count
"""
_SHAPES = """
draw:frame draw:style-name draw:text-style-name draw:z-index svg:x svg:y svg:width svg:height
draw:frame table:end-x table:end-y draw:transform
draw:text-box fo:min-height fo:min-width
draw:image xlink:href xlink:type xlink:show xlink:actuate
draw:rect draw:style-name draw:text-style-name draw:z-index svg:x svg:y svg:width svg:height
draw:rect table:end-x table:end-y draw:transform draw:corner-radius
draw:ellipse draw:style-name draw:text-style-name draw:z-index svg:x svg:y svg:width svg:height
draw:ellipse table:end-x table:end-y draw:transform
draw:line draw:style-name draw:text-style-name draw:z-index svg:x1 svg:y1 svg:x2 svg:y2
draw:line table:end-x table:end-y draw:transform
draw:custom-shape draw:style-name draw:text-style-name draw:z-index svg:x svg:y svg:width
draw:custom-shape svg:height table:end-x table:end-y draw:transform
draw:enhanced-geometry svg:viewBox draw:type draw:enhanced-path draw:modifiers draw:text-areas
draw:enhanced-geometry draw:mirror-horizontal draw:mirror-vertical draw:glue-points
draw:equation draw:name draw:formula
draw:g draw:style-name draw:z-index
"""
_STYLES = """
style:font-face style:name~ svg:font-family~ style:font-family-generic style:font-pitch
style:default-style style:family
style:style style:name~ style:family style:parent-style-name~ style:data-style-name~
style:style style:master-page-name~ style:list-style-name~
style:page-layout style:name~ style:page-usage
style:header-style
style:footer-style
style:master-page style:name~ style:page-layout-name~
style:header
style:footer
style:header-left
style:footer-left
style:header-first
style:footer-first
style:region-left
style:region-center
style:region-right
style:map style:condition style:apply-style-name~
number:number-style style:name~ number:language number:country number:title style:volatile
number:currency-style style:name~ number:language number:country style:volatile
number:percentage-style style:name~ number:language number:country style:volatile
number:date-style style:name~ number:language number:country number:automatic-order
number:date-style number:format-source style:volatile
number:time-style style:name~ number:language number:country number:truncate-on-overflow
number:time-style number:format-source style:volatile
number:boolean-style style:name~ number:language number:country
number:text-style style:name~ number:language number:country style:volatile
number:number number:decimal-places number:min-decimal-places number:min-integer-digits
number:number number:grouping number:display-factor number:decimal-replacement
number:scientific-number number:decimal-places number:min-integer-digits number:grouping
number:scientific-number number:min-exponent-digits number:exponent-interval
number:fraction number:min-integer-digits number:min-numerator-digits
number:fraction number:min-denominator-digits number:denominator-value
number:text
number:text-content
number:currency-symbol number:language number:country
number:day number:style
number:month number:style number:textual
number:year number:style
number:era number:style
number:day-of-week number:style
number:week-of-year
number:quarter number:style
number:hours number:style
number:minutes number:style
number:seconds number:style number:decimal-places
number:am-pm
number:boolean
number:fill-character
"""
_PROPERTIES = (
    "style:table-properties style:table-row-properties style:table-column-properties "
    "style:table-cell-properties style:text-properties style:paragraph-properties "
    "style:graphic-properties style:page-layout-properties style:header-footer-properties"
)
_FIELDS = (
    "text:date text:time text:title text:subject text:author-name text:author-initials "
    "text:file-name text:template-name text:creation-date text:modification-date text:creator "
    "text:initial-creator text:print-date text:description text:keywords text:user-defined "
    "text:variable-get text:user-field-get text:placeholder text:bookmark-ref text:meta "
    "text:editing-cycles text:editing-duration text:printed-by text:chapter text:conditional-text"
)

_DROPPED = {
    name_of(tag, SPACES): (layer, what)
    for tags, layer, what in (
        ("office:annotation office:annotation-end", Layer.COMMENT, "批注"),
        ("table:tracked-changes", Layer.DELETED, "修订前的内容和修订人"),
        ("table:named-expressions", Layer.DEFINED_NAME, "定义的名称"),
        ("table:content-validations", Layer.VALIDATION, "数据有效性"),
        ("table:database-ranges table:label-ranges", Layer.FILTERED_ROW, "筛选和排序的条件"),
        ("table:data-pilot-tables", Layer.CACHE, "数据透视表的定义和缓存"),
        ("table:dde-links table:consolidation table:table-source table:cell-range-source",
         Layer.LINK, "外部链接"),
        ("table:scenario", Layer.HIDDEN_TEXT, "方案"),
        ("table:calculation-settings table:detective table:dde-link", Layer.METADATA,
         "计算设置"),
        ("office:scripts office:event-listeners script:event-listener", Layer.SCRIPT, "脚本"),
        ("office:forms draw:control", Layer.FORM_FIELD, "表单控件"),
        ("svg:desc svg:title", Layer.ALT_TEXT, "替代文字"),
        ("draw:object draw:object-ole draw:plugin draw:applet", Layer.ATTACHMENT, "嵌入的对象"),
        ("style:map", Layer.FORMULA, "条件格式"),
        ("text:script", Layer.SCRIPT, "脚本"),
        ("text:hidden-text text:hidden-paragraph", Layer.HIDDEN_TEXT, "隐藏文字"),
    )
    for tag in tags.split()
}  # fmt: skip

GRAMMAR = Grammar(
    kept={
        **kept_list(_DOCUMENT + _TABLES + _WORDS + _SHAPES + _STYLES, SPACES),
        **kept_list("\n".join(_PROPERTIES.split()), SPACES),
    },
    unwrapped=names_of(_FIELDS, SPACES),
    dropped=_DROPPED,
    texts=names_of("number:text number:currency-symbol number:fill-character", SPACES),
    mixed=names_of(
        "text:p text:h text:span text:a text:ruby-base text:ruby-text text:sheet-name "
        f"text:page-number text:page-count {_FIELDS}",
        SPACES,
    ),
    roomy=names_of(_PROPERTIES, SPACES),
    looks=frozenset(SPACES[prefix] for prefix in ("fo", "style", "svg", "table", "draw", "text")),
)


def odf(tag: str) -> str:
    """`table:table-row` → with its namespace."""
    return name_of(tag, SPACES)
