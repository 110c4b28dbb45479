from tests.sessions import section

from rehearse.feedback.lacking import lacking, weighed


def test_what_decides_weighs_more_than_what_is_said_often():
    weights = weighed({"we_language": 9, "handoff": 1, "hedge": 5, "filler": 30})

    assert sorted(weights, key=weights.__getitem__) == ["hedge", "we_language", "handoff"]


def test_a_result_without_a_changed_number_lacks_it_though_no_rule_spoke():
    assert set(lacking([section("result", "The contract was renewed by the client.")])) == {
        "no_metric",
    }


def test_a_low_share_of_own_work_is_a_weakness_of_its_own():
    told = [section("action", "They rewrote the parser. I watched it. She tested every case.")]

    assert "we_language" in lacking(told)


def test_what_a_follow_up_lacks_is_not_asked_for_again():
    assert lacking([section("probe-1", "We escalated it.", kind="probe")]) == {}
