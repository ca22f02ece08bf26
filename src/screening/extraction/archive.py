"""A plain zip of files: hands over each file, and reads their names, which may name people."""

from __future__ import annotations

from screening.embedded import Embedded, Harvest
from screening.limits import open_package
from screening.passages import Carrier, Extraction, Layer, Passage, Place


def harvest(data: bytes) -> Harvest:
    """Names of files and folders as passages, files as embedded ones. UnfitFileError as zip."""
    package = open_package(data)
    names = [
        Passage(name, Place(layer=Layer.FILE_NAME, part="压缩包内的文件名"))
        for name in package.names
    ]
    files = tuple(Embedded(name, package.read(name)) for name in package.names)
    return Harvest(Extraction(Carrier.ZIP, tuple(names)), files)
