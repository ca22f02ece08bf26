"""The statutory annual report: its forms by edition, how it is counted, what must hold in it.

It knows tables and sums; it does not know cases, files or how a figure was obtained.
"""
