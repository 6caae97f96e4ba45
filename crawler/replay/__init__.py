"""Showing the archive as the city published it: pywb, in an environment and a process of its own.

pywb is licensed under the GPL and pins old packages, so nothing of it is installed
where citynews runs. ``environment`` makes its environment on first use, ``pages``
writes the list of articles, ``server`` starts and ends the process, and ``front`` is
what runs there: it decides what a browser is given and what archived pages may do.
"""
