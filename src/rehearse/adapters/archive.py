"""A zip file, whole or not at all."""

import contextlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from rehearse.errors import DiskError, UsageError


def write_archive(
    archive: Path,
    folder: str,
    documents: Mapping[str, bytes],
    takes: Iterable[Path],
    *,
    replace: bool = False,
) -> None:
    """Everything below `folder` inside the archive, takes in `takes/`.

    Raises UsageError where the archive is there already and not to be replaced, DiskError where
    something cannot be read or written; then what was there is there still.
    """
    if not replace and archive.exists():
        raise UsageError(
            f"{archive} is there already. --force replaces it, --to FILE names another."
        )
    part = archive.with_name(f"{archive.name}.part")
    try:
        with ZipFile(part, "w", ZIP_DEFLATED, strict_timestamps=False) as opened:
            for name, content in documents.items():
                opened.writestr(f"{folder}/{name}", content)
            for take in takes:
                opened.write(take, f"{folder}/takes/{take.name}")
        part.replace(archive)
    except OSError as error:
        raise DiskError(
            f"{archive}: writing failed: {error.strerror}. Name another place with --to FILE."
        ) from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
