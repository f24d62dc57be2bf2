"""Charts of lesson 11: decisions and compass, money and order, raters, stages and the roadmap."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from textwrap import wrap
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter
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
from cxlib.text import Lang, Text, needed_decimals, number, percent, signed

_SMALL: Final[dict[str, Any]] = {"fontsize": "small"}
_CENTRE: Final[dict[str, Any]] = {"ha": "center", "va": "center"}
_LONGEST_LINE: Final = 46
_SURVEY_STAGES: Final = (
    Text("tìm\nhiểu", "investigate"),
    Text("khởi\nsự", "\ninitiate"),
    Text("huy\nđộng", "mobilise"),
    Text("mở\nrộng", "\nscale"),
    Text("bén\nrễ", "embed"),
)


def decision_board(
    kinds: Mapping[Any, Text],
    decisions: Sequence[tuple[str, str, Text, Sequence[int]]],
    felt: Mapping[str, Text],
    kept: Collection[str],
    compass: str | None,
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw decisions as rows and what customers feel as columns, with the sums below.

    Args:
        kinds: what each kind of decision is called, in order.
        decisions: key, kind, name and effects of each decision.
        felt: what each column is called.
        kept: the decisions that stand; the others keep their name only.
        compass: the column the company steers by, or None.
        guess: the learner's prediction of the sum of ease, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.5)
    axes = figure.subplots()
    places = dict(zip(felt, (0.58, 0.75, 0.92), strict=True))
    row = 0.0
    for kind, title in kinds.items():
        axes.text(0, row, title(lang), color=SOFT, va="center", **LABEL)
        for key, of_kind, name, effects in decisions:
            if of_kind == kind:
                row += 1
                stands = key in kept
                words = f"{'•' if stands else '✕'} {name(lang)}"
                axes.text(0.015, row, words, color=INK if stands else SOFT, va="center", **_SMALL)
                if stands:
                    _effects(axes, row, list(places.values()), effects, lang)
        row += 1.2
    axes.axhline(row - 0.45, color=SOFT, lw=1)
    axes.text(0, row + 0.3, Text("Cộng lại", "Together")(lang), va="center", weight="bold")
    for column, (feeling, x) in enumerate(places.items()):
        if feeling == compass:
            axes.axvspan(x - 0.075, x + 0.075, color=PALE, alpha=0.45, lw=0)
        head = felt[feeling](lang)
        axes.text(x, -0.1, head, color=ACCENT if feeling == compass else SOFT, **_CENTRE, **_SMALL)
        whole = sum(effects[column] for key, _, _, effects in decisions if key in kept)
        color = ACCENT if whole > 0 else WARM if whole < 0 else SOFT
        big: dict[str, Any] = {"weight": "bold", "fontsize": "large"}
        axes.text(x, row + 0.3, signed(number(whole))(lang), color=color, **_CENTRE, **big)
    if guess is not None:
        said = signed(number(guess))(lang)
        axes.text(0, row + 1.4, YOUR_GUESS(lang), color=GOLD, va="center", **LABEL)
        axes.text(places["ease"], row + 1.4, said, color=GOLD, **_CENTRE, **LABEL)
    axes.set(xlim=(0, 1.02), ylim=(row + (1.7 if guess is not None else 1), -0.8))
    axes.axis("off")
    inset(figure, left=0.3, right=0.1, top=0.1, bottom=0.1)
    return figure


def _effects(
    axes: Axes, row: float, places: Sequence[float], effects: Sequence[int], lang: Lang
) -> None:
    for x, effect in zip(places, effects, strict=True):
        color = ACCENT if effect > 0 else WARM if effect < 0 else SOFT
        axes.text(x, row, signed(number(effect))(lang), color=color, **_CENTRE, **LABEL)


def areas(
    names: Mapping[Any, Text],
    gains: Mapping[Any, NDArray[np.float64]],
    told: Mapping[Any, Text],
    strong: str,
    foot: Text,
    guess: tuple[str, float | None] | None,
    lang: Lang,
) -> Figure:
    """Draw gains month by month as areas on one scale, one row each, with the outcome beside it.

    Args:
        names: what each row is called.
        gains: points gained in each month, from 0, by row.
        told: the outcome of each row.
        strong: the row that stands out.
        foot: how to read the areas.
        guess: the row of the learner's guess and the level she guessed there, or None.
        lang: the reader's language.
    """
    figure = blank(height=0.3 + 0.24 * len(names))
    axes = figure.subplots()
    months = len(gains[strong]) - 1
    level = None if guess is None else guess[1]
    highest = max(1.0, level or 0.0, *(float(gain.max()) for gain in gains.values()))
    for row, (key, name) in enumerate(names.items()):
        color = ACCENT if key == strong else SOFT
        base = row + 0.95
        axes.fill_between(
            range(months + 1),
            base,
            base - 0.62 * gains[key] / highest,
            color=ACCENT if key == strong else PALE,
            alpha=0.7,
            lw=0,
        )
        axes.plot([0, months], [base, base], color=color, lw=1.2)
        words = name(lang)
        if guess is not None and guess[0] == key and level is None:
            words += f"  ◂ {YOUR_GUESS(lang)}"
            color = GOLD if key != strong else color
        axes.text(0, base - 0.66, words, color=color, va="bottom", **LABEL)
        outcome: dict[str, Any] = {"fontsize": "large", "weight": "bold", "va": "bottom"}
        axes.text(months * 1.03, base, told[key](lang), color=color, **outcome)
        if guess is not None and guess[0] == key and level is not None:
            height = base - 0.62 * level / highest
            axes.plot([0, months], [height, height], color=GOLD, lw=2, ls=":")
            said = f"··· {YOUR_GUESS(lang)} +{number(level, needed_decimals(level, 1))(lang)}"
            axes.text(months, base - 0.66, said, color=GOLD, ha="right", va="bottom", **LABEL)
    axes.text(0, len(names) + 0.12, foot(lang), color=SOFT, va="top", **_SMALL)
    axes.set(xlim=(0, months * 1.25), ylim=(len(names) + 0.5, 0))
    axes.axis("off")
    inset(figure, left=0.3, right=0.2, top=0.1, bottom=0.1)
    return figure


def attention(
    bonuses: NDArray[np.float64],
    shares: NDArray[np.float64],
    now: tuple[float, float],
    before: tuple[float, float],
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw the attention left for the promise over the pull of the bonus.

    Args:
        bonuses: pulls of the bonus, increasing.
        shares: share of attention for the promise at each, 0–1.
        now: the bonus of today and its share.
        before: the bonus as it used to be and its share then.
        guess: the learner's prediction of today's share, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.2)
    axes = figure.subplots()
    axes.fill_between(bonuses, shares, color=PALE, alpha=0.6, lw=0)
    axes.plot(bonuses, shares, color=ACCENT, lw=2.4)
    axes.plot(*before, "o", ms=10, mfc="none", mec=SOFT, mew=2, clip_on=False)
    axes.plot(*now, "o", ms=12, color=WARM, clip_on=False, zorder=5)
    said = [
        (WARM, "●", Text("bây giờ {share}", "now {share}"), now[1]),
        (SOFT, "○", Text("trước đây {share}", "before {share}"), before[1]),
    ]
    if guess is not None:
        axes.axhline(guess, color=GOLD, lw=2, ls=":")
        said.append((GOLD, "···", YOUR_GUESS + Text(" {share}", " {share}"), guess))
    for x, (color, mark, words, share) in zip((0.01, 0.31, 0.65), said, strict=False):
        shown = words.format(share=percent(share, 0))(lang)
        figure.text(x, 0.985, f"{mark} {shown}", color=color, va="top", **LABEL)
    axes.set(xlim=(0, bonuses[-1]), ylim=(0, 1.03))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: percent(share, 0)(lang)))
    axes.set_yticks([0, 0.5, 1])
    axes.set_xlabel(Text("sức kéo của thưởng doanh số", "pull of the sales bonus")(lang))
    axes.set_title(
        Text("sức chú ý còn lại cho lời hứa", "attention left for the promise")(lang),
        color=SOFT,
        loc="left",
        fontsize="small",
    )
    inset(figure, left=4.2, right=0.9, top=3.2, bottom=3.3)
    return figure


def ratings(
    traits: Mapping[str, Text],
    raters: Mapping[str, Text],
    scores: NDArray[np.int_],
    agreement: NDArray[np.float64],
    agreed: float,
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw each rating as a numbered dot on a strip, with mean and agreement at the right.

    Args:
        traits: what each row is called.
        raters: what each rater is called, in the order of their numbers.
        scores: whole numbers 1–5, one row a rater, one column a trait.
        agreement: rWG of each trait, 0–1.
        agreed: rWG from which raters agree.
        guess: the learner's prediction of how many traits are agreed upon, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.95)
    axes = figure.subplots()
    for row, (name, column, level) in enumerate(
        zip(traits.values(), scores.T, agreement, strict=True)
    ):
        color = ACCENT if level >= agreed else WARM
        axes.plot([1, 5], [row, row], color=LINE, lw=1.5, zorder=0)
        axes.text(0.55, row, name(lang), ha="right", va="center", **_SMALL)
        _dots(axes, row, column, color)
        mean = number(float(column.mean()), 1)(lang)
        axes.text(5.95, row, mean, color=INK, **_CENTRE, **_SMALL)
        axes.text(6.95, row, number(level, 2)(lang), color=color, **_CENTRE, **LABEL)
    for x, words in ((5.95, Text("trung\nbình", "mean")), (6.95, Text("rWG", "rWG"))):
        axes.text(x, -0.6, words(lang), color=SOFT, ha="center", va="bottom", **_SMALL)
    for step in range(1, 6):
        axes.text(step, -0.6, str(step), color=SOFT, ha="center", va="bottom", **_SMALL)
    axes.set(xlim=(-2.6, 7.5), ylim=(len(traits) - 0.45, -1.25))
    axes.axis("off")
    inset(figure, left=0.2, right=0.2, top=0.1, bottom=5.3 if guess is None else 6.8)
    named = [f"{place} {name(lang).lower()}" for place, name in enumerate(raters.values(), 1)]
    lines = ["  ·  ".join(named[:2]), "  ·  ".join(named[2:4]), named[4]]
    figure.text(0.01, 0.015, "\n".join(lines), color=SOFT, va="bottom", linespacing=1.35, **_SMALL)
    if guess is not None:
        said = Text("{guess}: {n} đặc điểm đồng thuận", "{guess}: {n} traits agreed upon").format(
            guess=YOUR_GUESS, n=number(guess)
        )
        axes.annotate(
            said(lang),
            (0, 0),
            xycoords="axes fraction",
            xytext=(0, -0.4),
            textcoords="offset fontsize",
            color=GOLD,
            va="top",
            **LABEL,
        )
    return figure


def _dots(axes: Axes, row: int, column: NDArray[np.int_], color: str) -> None:
    """Put the raters' numbers on one strip; equal scores stand above one another."""
    size, gap = mpl.rcParams["font.size"], 0.185
    for score in np.unique(column):
        who = np.flatnonzero(column == score)
        heights = row + gap * (np.arange(len(who)) - (len(who) - 1) / 2)
        axes.plot(np.full(len(who), score), heights, "o", ms=size * 0.9, color=color)
        for rater, height in zip(who, heights, strict=True):
            axes.text(score, height, str(rater + 1), color="white", fontsize="x-small", **_CENTRE)


def maturity(
    areas_named: Mapping[str, Text],
    levels: Mapping[str, int],
    surveyed: Sequence[float],
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw the stage of each area as steps, and below them where surveyed companies stand.

    Args:
        areas_named: what each area is called.
        levels: the stage of each area, 1–5.
        surveyed: share of surveyed companies at each stage.
        guess: the learner's prediction of the share at the first two stages, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.95)
    axes = figure.subplots()
    lowest, uneven = min(levels.values()), len(set(levels.values())) > 1
    for row, (area, name) in enumerate(areas_named.items()):
        weak = uneven and levels[area] == lowest
        color = WARM if weak else INK
        axes.text(0.4, row + 0.5, name(lang), color=color, ha="right", va="center", **_SMALL)
        for step in range(len(surveyed)):
            done = step < levels[area]
            axes.add_patch(
                Rectangle(
                    (step + 0.53, row + 0.12),
                    0.94,
                    0.76,
                    fc=(WARM if weak else ACCENT) if done else LINE,
                    alpha=1 if done else 0.5,
                    ec="none",
                )
            )
    for step in range(1, len(surveyed) + 1):
        axes.text(step, -0.15, str(step), color=SOFT, ha="center", va="bottom", **LABEL)
    head = Text("bậc", "stage")
    axes.text(0.4, -0.15, head(lang), color=SOFT, ha="right", va="bottom", **LABEL)
    if uneven:
        edge = lowest + 0.5
        axes.plot([edge, edge], [-0.1, len(levels) - 0.1], color=WARM, lw=2, ls="--")
    _survey(axes, len(levels), surveyed, guess, lang)
    axes.set(xlim=(-2.9, 5.55), ylim=(len(levels) + 5.6, -0.9))
    axes.axis("off")
    inset(figure, left=0.2, right=0.2, top=0.1, bottom=0.1)
    return figure


def _survey(
    axes: Axes, top: float, surveyed: Sequence[float], guess: float | None, lang: Lang
) -> None:
    """Draw the survey as bars, each above its name in the survey's own scale."""
    base = top + 4.4
    for step, (share, name) in enumerate(zip(surveyed, _SURVEY_STAGES, strict=True), 1):
        height = 2.7 * share / max(surveyed)
        axes.bar(step, -height, bottom=base, width=0.94, color=PALE)
        words = percent(share, 0)(lang)
        axes.text(step, base - height - 0.08, words, ha="center", va="bottom", **_SMALL)
        axes.text(step, base + 0.1, name(lang), color=SOFT, ha="center", va="top", **_SMALL)
    said = Text("khảo sát 2024:\n234 người, thang khác", "2024 survey of 234,\nanother scale")
    axes.text(0.4, base, said(lang), color=SOFT, ha="right", va="bottom", **_SMALL)
    both = Text("bậc 1 + 2: {share}", "stages 1 + 2: {share}")
    first_two = both.format(share=percent(sum(surveyed[:2]), 0))(lang)
    axes.text(5.5, top + 1.15, first_two, color=INK, ha="right", va="center", **LABEL)
    if guess is not None:
        words = f"{YOUR_GUESS(lang)}: {percent(guess, 0)(lang)}"
        axes.text(5.5, top + 1.95, words, color=GOLD, ha="right", va="center", **LABEL)


def roadmap(
    page: Sequence[tuple[Text, Text]], steps: Sequence[tuple[Text, int, int, bool]], lang: Lang
) -> Figure:
    """Draw the compass in words and twelve months as tracks, with a review each quarter.

    Args:
        page: heads and words of the compass, as long as they are.
        steps: name, first month, last month of each track, and whether it mends a weak area.
        lang: the reader's language.
    """
    lines = [
        line for head, words in page for line in wrap(f"{head(lang)}: {words(lang)}", _LONGEST_LINE)
    ]
    top = -0.9 - 0.42 * len(lines)
    figure = blank(height=0.21 * (len(steps) + 0.9 - top))
    axes = figure.subplots()
    for place, line in enumerate(lines):
        axes.text(0.1, top + 0.42 * place, line, va="center", parse_math=False, **_SMALL)
    bottom = len(steps)
    for month in (3, 6, 9, 12):
        for row in range(bottom):
            axes.plot([month, month], [row + 0.6, row + 0.88], color=LINE, lw=1.5, zorder=0)
        axes.plot(month, bottom + 0.15, "D", ms=8, color=GOLD, clip_on=False)
    for quarter in range(4):
        words = Text(f"Quý {quarter + 1}", f"Q{quarter + 1}")(lang)
        axes.text(3 * quarter + 1.5, -0.25, words, color=SOFT, **_CENTRE, **LABEL)
    for row, (name, first, last, weak) in enumerate(steps):
        axes.text(0.1, row + 0.38, f"{row + 1}. {name(lang)}", va="center", **LABEL)
        axes.barh(
            row + 0.74,
            last - first + 1,
            left=first - 1,
            height=0.26,
            color=WARM if weak else ACCENT,
        )
    said = Text("◆ xem lại: tiếp, sửa hay dừng", "◆ review: go on, mend or stop")
    axes.text(0.1, bottom + 0.62, said(lang), color=GOLD, va="center", **LABEL)
    axes.set(xlim=(0, 12.3), ylim=(bottom + 0.9, top - 0.3))
    axes.axis("off")
    inset(figure, left=0.3, right=0.3, top=0.1, bottom=0.1)
    return figure
