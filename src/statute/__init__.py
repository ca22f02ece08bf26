"""The law of government information disclosure (政府信息公开) as dated, cited, pure functions.

It never reads a clock, a setting, a network or a file other than its own data, and imports
nothing beyond the standard library; who decides and what is stored is the office's business.
"""
