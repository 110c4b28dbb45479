import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from rehearse.cli import commands
from rehearse.errors import BadInputError, ExitCode
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


def test_a_faulty_rules_file_stops_a_rehearsal_before_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REHEARSE_HOME", str(tmp_path))
    own = tmp_path / "rules.toml"
    own.write_text('ignore = ["like"]\noff = ["hege"]', encoding="utf-8")

    with pytest.raises(BadInputError) as error:
        CliRunner().invoke(
            commands, ["run", "webhook-drop", "--answers", str(tmp_path)], catch_exceptions=False
        )

    assert str(error.value) == (
        f'{own}:2:9: off names "hege", which is no rule and no category. '
        "Did you mean hedge or hedge.just or hedge.maybe?"
    )
    assert error.value.exit_code == ExitCode.BAD_INPUT
    assert not (tmp_path / "sessions").exists()
