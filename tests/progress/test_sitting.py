import msgspec
from hypothesis import given
from tests.sessions import finished_session, session_of, told_in_one_go
from tests.test_session import sessions

from rehearse.progress.sitting import Sitting, in_brief


def test_a_session_in_brief_keeps_what_was_measured():
    session = finished_session()

    brief = in_brief("20260301-093005-webhook-drop", session, session.session.started_at, 9)

    assert [(told.name, told.words, told.points, told.points_said) for told in brief.told] == [
        ("situation", 15, 2, 1),
        ("result", 13, 2, 0),
    ]
    assert (brief.result_test, brief.disk_bytes) == ((True, False, False), 9)


def test_an_answer_told_in_one_go_brings_its_steps():
    session = session_of(
        told_in_one_go(
            {
                "situation": "The lift in hall two stood still for a week.",
                "action": "I looked into the brake, and we changed its spring.",
            }
        )
    )

    brief = in_brief("some-id", session, finished_session().session.started_at, 1)

    assert [(each.name, each.words) for each in brief.parts] == [
        ("whole", 20),
        ("situation", 10),
        ("action", 10),
    ]
    assert sum(told.words for told in brief.told) == session.checked.words


@given(sessions)
def test_every_session_can_be_put_in_brief_and_survives_being_kept(session):
    changed_at = finished_session().session.started_at

    brief = in_brief("some-id", session, changed_at, 1)

    assert brief.started_at.tzinfo is not None
    assert msgspec.json.decode(msgspec.json.encode(brief), type=Sitting) == brief
