"""Sound files of each carrier from which flips of bytes start: plain ones, and ones that hide.

Those that hide reach the far corners of the readers: comments, charts, histories, attachments.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from screening.passages import Carrier
from tests.screening.samples import SAMPLES

# Modules whose TRAPS are files with words in a hiding place, made by hand.
_TRAPS = {
    Carrier.PDF: "tests.screening.build_pdf",
    Carrier.DOCX: "tests.screening.build_docx",
    Carrier.XLSX: "tests.screening.build_xlsx",
    Carrier.ODS: "tests.screening.build_ods",
    Carrier.OFD: "tests.screening.build_ofd",
}


def sound_files(carrier: Carrier) -> list[bytes]:
    """The plain file first."""
    files = [SAMPLES[carrier]()]
    if carrier in _TRAPS:
        traps: dict[str, Callable[[str], bytes]] = import_module(_TRAPS[carrier]).TRAPS
        files += [make("Hidden words 7788") for make in traps.values()]
    if carrier in (Carrier.PNG, Carrier.JPEG, Carrier.TIFF):
        from tests.screening.test_image_places import PICTURES

        files += [make() for name, (make, _) in PICTURES.items() if name.startswith(carrier.name)]
    return files
