"""All that is known of a told answer when it is judged as a whole."""

import msgspec

from rehearse.feedback.ownership import Owned, i_share, sound_share
from rehearse.feedback.phrases import Finding
from rehearse.feedback.reflection import ReflectionTest
from rehearse.feedback.result import Evidence, ResultTest
from rehearse.feedback.section import Section


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """The sections, and what was found out about them one by one."""

    sections: tuple[Section, ...]
    ledger: tuple[Owned, ...]
    result: ResultTest
    reflection: ReflectionTest | None

    @property
    def own_share(self) -> float | None:
        return i_share(self.ledger)

    @property
    def sound_share(self) -> float:
        return sound_share(self.ledger)

    @property
    def outcome(self) -> tuple[Evidence, Evidence, Evidence]:
        """The three parts of a strong result."""
        return self.result.metric_delta, self.result.business_impact, self.result.second_order

    def findings(self, category: str) -> list[tuple[Section, Finding]]:
        """Each with the section that it is in, in the order in which they were said."""
        return [
            (section, finding)
            for section in self.sections
            for finding in section.findings
            if finding.category == category
        ]
