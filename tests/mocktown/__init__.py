"""The English town: a second municipal site over real HTTP, made of invented news, that is no WordPress.

Its truth is ``articles.jsonl`` and ``site.json``, which stood before its pages and before
anything that reads them.
"""
