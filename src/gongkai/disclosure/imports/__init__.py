"""Lists of old documents: read from a sheet and a folder, checked row by row before any is kept."""
