"""What is said of an answer as a whole."""

from pathlib import Path

from tests.sessions import section, session_of, spoken

from rehearse.adapters.scenario_library import check_scenario
from rehearse.analysis import judge_weak_answer
from rehearse.feedback import verdict
from rehearse.feedback.phrases import load_rules
from rehearse.feedback.section import judge_section
from rehearse.interview import probe_prompts
from rehearse.report import judged
from rehearse.report.formula import explain_verdict
from rehearse.report.spoken import sentences

SCENARIO = check_scenario(Path(__file__).parents[2] / "scenarios" / "webhook-drop.yaml")


def test_what_to_leave_out_is_a_sum_that_comes_out_under_the_target():
    told = section(
        "action",
        "It was a grey and windy morning in the office. I pulled the logs of every region. "
        "I wrote the fix and it took two days.",
        target_s=9.0,
        limit_s=99.0,
    )

    assert list(judged.cuts(told)) == [
        "Leave out: 10.3 s - 4.0 s = 6.3 s.",
        "- 0:01 “It was a grey and windy morning in the office.” No act of yours, no number and no "
        "key point.",
    ]


def test_a_we_is_answered_with_the_speakers_own_verb():
    session = session_of(section("action", "We rolled back the release."))

    assert dict(judged.judged(session))["Who acts"] == (
        "“I” owns 0 % of the time in which somebody acts.",
        "- 0:01 “We rolled back the release.” If it was you: “I rolled back the release.” Then add "
        "how you did it. If not, name who did.",
    )


def test_a_we_beside_the_team_is_answered_without_it():
    session = session_of(section("action", "We rolled back the release with the team."))

    assert dict(judged.judged(session))["Who acts"][1].startswith(
        "- 0:01 “We rolled back the release with the team.” If it was you: “I rolled back the "
        "release.”"
    )


def test_the_weak_answer_is_judged_by_the_same_engine():
    found = judge_weak_answer(SCENARIO, load_rules())

    assert found.verdict.decision == SCENARIO.weak_answer.verdict.decision


def test_the_formula_that_is_explained_is_the_one_that_decides():
    text = explain_verdict()

    assert all(f"from {least:g}" in text for least, _ in verdict.THRESHOLDS)
    assert max(map(len, text.splitlines())) <= 80


def told_badly_after_all():
    prompt = probe_prompts(SCENARIO, {}, 1)[0]
    text = "I escalated it to their manager. It was fixed."
    return judge_section(prompt, spoken(text), load_rules())


def test_a_reply_is_shown_with_what_was_looked_for_and_what_spoils_it():
    told = told_badly_after_all()

    assert list(judged.reply(told)) == [
        "Looked for: Whether you stayed with it once the code was written, and whether you can move "
        "a team that does not report to you.",
        "Not answered. “I escalated it to their manager”",
        "Missing: a step that you took yourself.",
        "As in the weak reply: “It was fixed”.",
    ]
    assert sentences(session_of(told))[0].endswith("It was not answered.")


def test_a_step_has_no_reply_to_show():
    assert list(judged.reply(section("action", "I escalated it."))) == []
