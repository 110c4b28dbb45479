"""How pages are made of templates: all that was spoken or written is escaped, and nothing runs that
is not of the page's own making.
"""

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from rehearse.printable import printable

if TYPE_CHECKING:
    from jinja2 import Environment


def environment(folder: str) -> "Environment":
    """Templates of one folder below `rehearse.report`."""
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    return Environment(
        loader=PackageLoader("rehearse.report", folder),
        autoescape=select_autoescape(),
        finalize=lambda value: printable(value) if type(value) is str else value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def policy(style: str, script: str) -> str:
    """The Content-Security-Policy: this style, this script, and sound from inside or beside."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "media-src 'self' data: file:; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
