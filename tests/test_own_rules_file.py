import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from rehearse.cli import commands
from rehearse.feedback.ruleset import load_rules


def test_the_rules_file_at_home_decides_what_is_found_and_how_much_was_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REHEARSE_HOME", str(tmp_path))
    answer = tmp_path / "answer.txt"
    answer.write_text("It was basically the pump in hall two.", encoding="utf-8")
    (tmp_path / "rules.toml").write_text('off = ["filler.basically"]', encoding="utf-8")

    result = CliRunner().invoke(
        commands, ["analyze", str(answer), "--step", "action", "--json"], catch_exceptions=False
    )

    session = json.loads(result.stdout)
    assert session["checked"] == {"rules": len(load_rules().rules) - 1, "words": 8}
    assert session["sections"][0]["fillers"] == []
