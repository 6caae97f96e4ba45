"""The options that every verb takes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

CHECKOUT = Path(__file__).resolve().parent.parent.parent
"""The folder that ``./citynews`` lies in."""

Callback = Callable[..., Any]


def every_verb(callback: Callback) -> Callback:
    """``--output DIR`` and ``--json``, as parameters ``output`` (Path) and ``as_json`` (bool).

    What ``--json`` changes is decided in ``main.py``; most verbs ignore it.
    """
    output = click.option(
        "--output",
        envvar="CITYNEWS_OUTPUT",
        default=CHECKOUT / "output",
        show_default="output/ in the checkout",
        metavar="DIR",
        type=click.Path(path_type=Path, resolve_path=True),
        help="Folder that holds the archives, one folder per portal (or CITYNEWS_OUTPUT).",
    )
    as_json = click.option(
        "--json", "as_json", is_flag=True, help="Print one summary object on standard output."
    )
    return output(as_json(callback))


def signing_key(callback: Callback) -> Callback:
    """``--sign-key FILE``, as the parameter ``sign_key`` (Path or ``None``)."""
    return click.option(
        "--sign-key",
        envvar="CITYNEWS_SIGN_KEY",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="ssh key to sign the manifest with: a private key, or a public one whose private half "
        "an agent holds (or CITYNEWS_SIGN_KEY).",
    )(callback)
