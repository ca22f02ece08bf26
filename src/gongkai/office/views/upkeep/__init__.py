"""Screens that keep what is public right: validity, interpretations, evaluations, pages, imports,
reading places. What may be done, and how, is the business of gongkai.disclosure.
"""
