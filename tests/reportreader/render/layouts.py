"""All layouts, one for each kind of damage that published reports show."""

from __future__ import annotations

from tests.reportreader.render.docx_layouts import DOCX_LAYOUTS
from tests.reportreader.render.layout import Layout
from tests.reportreader.render.markup_layouts import MARKUP_LAYOUTS
from tests.reportreader.render.pdf_layouts import PDF_LAYOUTS
from tests.reportreader.render.text_layouts import TEXT_LAYOUTS

LAYOUTS: tuple[Layout, ...] = (*TEXT_LAYOUTS, *MARKUP_LAYOUTS, *DOCX_LAYOUTS, *PDF_LAYOUTS)
