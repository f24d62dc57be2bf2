"""Charts of lesson 03: the weakest link, the compass and the map of the ecosystem."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle, Wedge
from numpy.typing import NDArray

from cxlib.charts.style import (
    ACCENT,
    GOLD,
    INK,
    LABEL,
    LINE,
    PALE,
    SOFT,
    WARM,
    YOUR_GUESS,
    blank,
    inset,
)
from cxlib.text import Lang, Text, needed_decimals, number, percent

_CENTRE: Final[dict[str, Any]] = {"ha": "center", "va": "center"}
_WHOLE: Final = Text("điểm chung", "the whole")
_AVERAGE: Final = Text("trung bình", "average")
_WEAKEST: Final = Text("yếu nhất", "weakest")
_GAINS: Final = Text(
    "số vàng: điểm chung tăng khi thêm {effort} điểm ở đó",
    "in gold: what {effort} points there add to the whole",
)
_WEIGHTS: Final = Text("%: sức nặng trong mắt khách", "%: weight in the customers' eyes")
_TODAY: Final = Text("đang có", "now")
_ADDED: Final = Text("bạn thêm", "you add")
_BEST: Final = Text("cách tốt nhất", "best plan")
_CUSTOMERS: Final = Text("ĐIỀU KHÁCH CẦN", "WHAT CUSTOMERS NEED")
_AGAINST: Final = Text("ngược ý khách", "against them")
_ARRIVES: Final = Text("tới được khách", "reaches them")
_JOURNEY_GAINS: Final = Text("hành trình +{gain}", "journey +{gain}")
_BAR: Final = 0.62
_LEFT_UNITS: Final = 2
_DIAL_HEIGHT: Final = 4.1  # inches, whatever the size of the type


def weakest_link(
    names: Mapping[str, Text],
    scores: NDArray[np.float64],
    payoffs: NDArray[np.float64],
    whole: float,
    effort: float,
    guess: str | None,
    lang: Lang,
) -> Figure:
    """Draw the elements as bars, ten more points on each, and the whole as a line across them.

    Args:
        names: what each element is called.
        scores: the elements, 0–100, in the order of ``names``.
        payoffs: what ``effort`` points on each add to the whole.
        whole: their aggregate.
        effort: points added to one element at a time.
        guess: the element the learner would raise, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.25)
    axes = figure.subplots()
    uneven = np.ptp(scores) > 0
    colors = [WARM if uneven and score == scores.min() else ACCENT for score in scores]
    places = np.arange(len(scores))
    axes.bar(places, scores, width=_BAR, color=colors, alpha=0.75)
    room = np.minimum(effort, 100 - scores)
    axes.bar(places, room, bottom=scores, width=_BAR, color=GOLD, alpha=0.35)
    marks = [
        (float(scores.mean()), _AVERAGE, SOFT, ":"),
        (whole, _WHOLE, INK, "-"),
        (float(scores.min()), _WEAKEST, WARM, ":"),
    ]
    _levels(axes, marks, len(scores), lang)
    for place, (key, name) in enumerate(names.items()):
        axes.text(place, -8, name(lang), fontsize="small", **_CENTRE)
        axes.text(place, -19, number(scores[place])(lang), color=colors[place], **_bold())
        gain = f"+{_short(payoffs[place], 1)(lang)}"
        axes.text(place, -31, gain, color=GOLD, weight="bold", **_CENTRE)
        if key == guess:
            axes.text(max(place, 0.2), -43, f"▲ {YOUR_GUESS(lang)}", color=GOLD, **_bold())
    said = _GAINS.format(effort=number(effort))(lang)
    figure.text(0.01, 0.012, said, color=GOLD, fontsize="small")
    axes.set(xlim=(-0.5, len(scores) - 0.05), ylim=(-48 if guess else -37, 105))
    axes.axis("off")
    inset(figure, left=0.3, right=6, bottom=1.4)
    return figure


def _bold() -> dict[str, Any]:
    return {**_CENTRE, **LABEL}


def _short(value: float, most: int = 2) -> Text:
    return number(value, needed_decimals(value, most))


def _levels(
    axes: Axes, marks: Sequence[tuple[float, Text, str, str]], bars: int, lang: Lang
) -> None:
    """Draw levels across the bars; their words stand apart at the right, in two lines each.

    Args:
        axes: where the bars stand at 0, 1, 2, …
        marks: height, name, colour and dash of each level.
        bars: how many bars there are.
        lang: the reader's language.
    """
    end = bars - 0.5
    heights = _apart([level for level, *_ in marks], 23, 6, 96)
    for (level, name, color, dash), height in zip(marks, heights, strict=True):
        axes.plot(
            [-0.45, end], [level, level], color=color, lw=2.4 if dash == "-" else 1.6, ls=dash
        )
        axes.plot([end, end + 0.25], [level, height], color=color, lw=0.8)
        words = f"{name(lang)}\n{_short(level)(lang)}"
        axes.text(end + 0.3, height, words, color=color, va="center", **LABEL)


def _apart(levels: Iterable[float], gap: float, low: float, high: float) -> NDArray[np.float64]:
    """Move levels as little as needed so that neighbours lie ``gap`` apart, within limits.

    Levels that would come too close move together, each group keeping its mean.
    """
    wanted = np.array(list(levels), dtype=float)
    order = np.argsort(-wanted, kind="stable")
    steps = gap * np.arange(len(wanted))
    groups: list[list[float]] = []
    for value in wanted[order] + steps:
        groups.append([value])
        while len(groups) > 1 and np.mean(groups[-2]) < np.mean(groups[-1]):
            groups[-2:] = [groups[-2] + groups[-1]]
    level = np.concatenate([np.full(len(group), np.mean(group)) for group in groups])
    placed = np.empty(len(wanted))
    placed[order] = np.clip(level, low + steps[-1], high) - steps
    return placed


def hundred_points(
    names: Mapping[str, Text],
    scores: NDArray[np.float64],
    added: NDArray[np.float64],
    best: NDArray[np.float64],
    weights: NDArray[np.float64],
    whole: float,
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw the elements as vessels: what is in, what the learner adds, where the best plan ends.

    Args:
        names: what each element is called.
        scores: the elements today, 0–100, in the order of ``names``.
        added: points that find room, by element.
        best: points the best plan gives, by element.
        weights: importance of each element, summing to one.
        whole: aggregate after the learner's plan.
        guess: the learner's prediction of ``whole``, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.3)
    axes = figure.subplots()
    places = np.arange(len(scores))
    axes.bar(places, 100, width=_BAR, color="none", edgecolor=LINE, lw=1.5)
    axes.bar(places, scores, width=_BAR, color=ACCENT, alpha=0.7)
    axes.bar(places, added, bottom=scores, width=_BAR, color=GOLD, alpha=0.7)
    for place, name in enumerate(names.values()):
        level = scores[place] + best[place]
        axes.plot([place - 0.4, place + 0.4], [level, level], color=WARM, lw=3)
        axes.text(place, -8, name(lang), fontsize="small", **_CENTRE)
        weight = percent(weights[place], 0)(lang)
        axes.text(place, -19, weight, fontsize="small", color=SOFT, **_CENTRE)
        gain = f"+{number(added[place])(lang)}"
        axes.text(place, -31, gain, color=GOLD, weight="bold", **_CENTRE)
    marks = [(whole, _WHOLE, INK, "-")]
    if guess is not None:
        marks.append((guess, YOUR_GUESS, GOLD, ":"))
    _levels(axes, marks, len(scores), lang)
    key = (("■", _TODAY, ACCENT), ("■", _ADDED, GOLD), ("━", _BEST, WARM))
    for start, (mark, name, color) in zip((0.02, 0.31, 0.63), key, strict=True):
        figure.text(start, 0.985, f"{mark} {name(lang)}", color=color, va="top", **LABEL)
    figure.text(0.01, 0.012, _WEIGHTS(lang), color=SOFT, fontsize="small")
    axes.set(xlim=(-0.5, len(scores) - 0.05), ylim=(-37, 103))
    axes.axis("off")
    inset(figure, left=0.3, right=6, top=1.9, bottom=1.4)
    return figure


def compass(
    names: Mapping[str, Text],
    cosines: Sequence[float],
    delivered: float,
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw units of equal strength as arrows on a dial whose north is what customers look for.

    The angle with north is exact; on which side of it an arrow stands has no meaning. The needle
    is the mean height of all arrows.

    Args:
        names: what each unit is called.
        cosines: cosine of each unit with the customers, in the order of ``names``.
        delivered: share of all strength that points to the customers.
        guess: the learner's prediction of that share, a ratio, or None.
        lang: the reader's language.
    """
    figure = blank()
    figure.set_figheight(_DIAL_HEIGHT)
    axes = figure.subplots()
    axes.add_patch(Wedge((0, 0), 1, 0, 180, fc=PALE, ec="none", alpha=0.3))
    axes.add_patch(Circle((0, 0), 1, fill=False, ec=LINE, lw=3))
    axes.plot([0, 0], [-0.3, 1], color=LINE, lw=1.2)
    axes.plot([-1, 1], [0, 0], color=LINE, lw=1.2)
    axes.text(0, 1.08, f"▲ {_CUSTOMERS(lang)}", color=INK, ha="center", va="bottom", **LABEL)
    axes.text(0, -1.07, _AGAINST(lang), color=SOFT, ha="center", va="top", fontsize="small")
    units = list(zip(names.values(), cosines, strict=True))
    for side, members in ((-1, units[:_LEFT_UNITS]), (1, units[_LEFT_UNITS:])):
        heights = _apart([cosine for _, cosine in members], 0.45, -0.9, 0.85)
        for (name, cosine), height in zip(members, heights, strict=True):
            _unit_arrow(axes, side, name(lang), cosine, height, lang)
    if guess is not None:
        axes.plot([-1.1, 1.1], [guess, guess], color=GOLD, lw=2, ls=":", zorder=0)
        words = f"···· {YOUR_GUESS(lang)} {percent(guess, 0)(lang)}"
        axes.text(-2, -1.07, words, color=GOLD, va="top", **LABEL)
    _needle(axes, delivered, lang)
    axes.set(xlim=(-2.02, 2.02), ylim=(-1.27, 1.3))
    axes.set_aspect("equal")
    axes.axis("off")
    inset(figure)
    return figure


def _unit_arrow(
    axes: Axes, side: int, name: str, cosine: float, label_height: float, lang: Lang
) -> None:
    """Draw one unit from the centre to the rim, with its words outside the dial."""
    color = ACCENT if cosine >= 0.5 else GOLD if cosine >= 0 else WARM
    tip = (side * float(np.sqrt(1 - cosine**2)), cosine)
    _arrow(axes, tip, color, 2)
    axes.plot([tip[0], side * 1.12], [tip[1], label_height], color=color, lw=0.8, alpha=0.7)
    words = f"{name}\n{percent(cosine, 0)(lang)}"
    align = "left" if side > 0 else "right"
    axes.text(side * 1.15, label_height, words, color=color, ha=align, va="center", **LABEL)


def _needle(axes: Axes, delivered: float, lang: Lang) -> None:
    """Draw the part of all strength that reaches the customers, straight up or down."""
    color = ACCENT if delivered >= 0.5 else WARM
    if abs(delivered) > 0.03:
        _arrow(axes, (0.0, delivered), color, 7)
    axes.plot(0, 0, "o", ms=11, color=color)
    share = percent(delivered, 0)(lang)
    axes.text(0, -0.5, share, color=color, fontsize="xx-large", weight="bold", **_CENTRE)
    axes.text(0, -0.74, _ARRIVES(lang), color=color, **_bold())


def _arrow(axes: Axes, tip: tuple[float, float], color: str, width: float) -> None:
    head = f"-|>,head_width={0.2 + 0.03 * width},head_length={0.4 + 0.06 * width}"
    style: dict[str, Any] = {"arrowstyle": head, "color": color, "lw": width}
    axes.annotate("", tip, (0, 0), arrowprops={**style, "shrinkA": 0, "shrinkB": 0})


def journey_map(
    elements: Mapping[str, Text],
    stages: Mapping[str, Text],
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    bottleneck: tuple[int, int] | None,
    gain: float | None,
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw the scores of elements (rows) by stages (columns); the bottleneck has a thick frame.

    Args:
        elements: what each row is called.
        stages: what each column is called.
        before: scores 0–100, one row an element, one column a stage.
        after: the same after mending; changed cells show both scores.
        bottleneck: row and column of the lowest score afterwards, or None where all are alike.
        gain: what the journey gains by the mending, or None where nothing is mended.
        guess: the learner's prediction of the gain, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.2)
    axes = figure.subplots()
    for row, name in enumerate(elements.values()):
        axes.text(-0.1, row + 0.5, name(lang), ha="right", va="center", fontsize="small")
        for column in range(len(stages)):
            cell = row, column
            _cell(axes, cell, before[cell], after[cell], cell == bottleneck, lang)
        mean = number(after[row].mean())(lang)
        axes.text(len(stages) + 0.5, row + 0.5, mean, color=SOFT, **_CENTRE)
    heads = [*stages.values(), _AVERAGE]
    for column, name in enumerate(heads):
        color = SOFT if name is _AVERAGE else INK
        words = name(lang).replace(" ", "\n", 1)
        axes.text(
            column + 0.5, -0.1, words, color=color, ha="center", va="bottom", fontsize="small"
        )
    if gain is not None:
        said = _JOURNEY_GAINS.format(gain=_short(gain, 1))(lang)
        figure.text(0.01, 0.015, said, color=INK, **LABEL)
    if guess is not None:
        said = f"{YOUR_GUESS(lang)} +{_short(guess, 1)(lang)}"
        figure.text(0.99, 0.015, said, color=GOLD, ha="right", **LABEL)
    axes.set(xlim=(0, len(heads)), ylim=(len(elements), 0))
    axes.axis("off")
    inset(figure, left=5, right=0.1, top=2.9, bottom=0.3 if gain is None else 1.6)
    return figure


def _cell(
    axes: Axes, cell: tuple[int, int], was: float, now: float, framed: bool, lang: Lang
) -> None:
    """Fill one cell by its score: warm below 50, pale from 50, green from 70."""
    row, column = cell
    color, strength = (WARM, 0.5) if now < 50 else (ACCENT, 0.45) if now >= 70 else (PALE, 0.5)
    corner = (column + 0.04, row + 0.05)
    axes.add_patch(Rectangle(corner, 0.92, 0.9, fc=color, ec="none", alpha=strength))
    if framed:
        axes.add_patch(Rectangle(corner, 0.92, 0.9, fc="none", ec=WARM, lw=3))
    words = number(now)(lang)
    look: dict[str, Any] = {"weight": "bold" if framed else "normal"}
    if now != was:
        words = f"{number(was)(lang)}\n→ {words}"
        look = LABEL
    axes.text(column + 0.5, row + 0.5, words, **_CENTRE, **look)
