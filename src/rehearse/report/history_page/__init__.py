"""Many sessions as one page that asks nothing of anywhere: trends, story bank, sessions."""

from importlib.resources import files

from rehearse.progress.history import History
from rehearse.progress.trends import Trend
from rehearse.report.history import how_long, how_much, how_regularly, number, size
from rehearse.report.history_page.chart import Chart, chart
from rehearse.report.history_page.story_grid import grid
from rehearse.report.html import environment, policy
from rehearse.report.wording import in_words

_MEASURES = (
    ("overrun_s", "over target", "s"),
    ("pace_wpm", "pace", "words/min"),
    ("fillers_per_min", "fillers", "a minute"),
    ("weak_phrases", "weak phrases", "each time"),
    ("missing_points", "key points not said", "each time"),
)
_STYLES = ("page/page.css", "history_page/history.css")
"""It looks as the page of one session does, and adds what only it has."""
_MOST_CATEGORIES = 3
_MOST_SESSIONS = 200


def as_page(history: History) -> str:
    """One HTML document; every name in it is escaped."""
    from markupsafe import Markup

    style = "".join(
        files("rehearse.report").joinpath(each).read_text(encoding="utf-8") for each in _STYLES
    )
    templates = environment("history_page")
    templates.filters.update(size=size, how_long=how_long)
    return templates.get_template(
        "history.html"
    ).render(
        history=history,
        style=Markup(style),  # noqa: S704 - our own files
        policy=policy(style, ""),
        sessions=history.sessions[:_MOST_SESSIONS],
        how_much=how_much(history) if history.sessions else "",
        how_regularly=how_regularly(history.trends.streak),
        measures=[name for _, name, _ in _MEASURES],
        sections=_sections(history),
        whole=_whole(history),
        findings=_findings(history),
        stories=grid(history.bank),
    )


def _sections(history: History) -> list[tuple[str, int, list[Chart], str]]:
    """Each section: its name, how often it was told, a chart of each measure, and what is found
    most often.
    """
    return [
        (
            name,
            section.answers,
            [
                chart(f"{name}: {title}", getattr(section, measure), unit)
                for measure, title, unit in _MEASURES
            ],
            ", ".join(
                f"{in_words(category)} {number(trend.lately)}"
                for category, trend in [*section.findings.items()][:_MOST_CATEGORIES]
                if trend.lately
            ),
        )
        for name, section in history.trends.sections.items()
    ]


def _whole(history: History) -> list[tuple[str, Chart]]:
    trends = history.trends
    shares = {
        "share of “I” among I and we": trends.i_share,
        "result: a number that changed": trends.result_test.metric_delta,
        "result: what it was worth": trends.result_test.business_impact,
        "result: what followed from it": trends.result_test.second_order,
    }
    return [(title, chart(title, _percent(trend), "%")) for title, trend in shares.items()]


def _findings(history: History) -> list[tuple[str, Chart]]:
    found = history.trends.findings
    titles = {category: in_words(category) for category in found}
    return [
        (titles[category], chart(titles[category], trend, "each session"))
        for category, trend in found.items()
    ]


def _percent(trend: Trend) -> Trend:
    lately, before = (None if mean is None else mean * 100 for mean in (trend.lately, trend.before))
    return Trend(lately, before, trend.direction, tuple(point * 100 for point in trend.points))
