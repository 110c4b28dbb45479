"""A session as the files that are handed on, without its sound."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from rehearse.report import page
from rehearse.report.markdown import as_markdown
from rehearse.report.subtitles import as_labels, as_srt, as_vtt
from rehearse.scenario import Scenario
from rehearse.session import Session, to_json


def documents(
    session: Session, sounds: Mapping[str, str], scenario: Scenario | None
) -> dict[str, bytes]:
    """Name → content: the document, a report to read, the page, and for each take what players
    show. `sounds` says where the page finds its takes.
    """
    texts = {
        "report.md": as_markdown(session) + "\n",
        "page.html": page.render(session, sounds, scenario),
    }
    for section in session.sections:
        if section.audio and section.transcript.words:
            name = f"takes/{PurePosixPath(section.audio).stem}"
            texts[f"{name}.srt"] = as_srt(section)
            texts[f"{name}.vtt"] = as_vtt(section)
            texts[f"{name}.labels.txt"] = as_labels(section)
    encoded = {name: text.encode("utf-8", "replace") for name, text in texts.items()}
    return {"session.json": to_json(session) + b"\n", **encoded}
