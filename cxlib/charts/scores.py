"""Charts of lesson 06: how far survey scores can be trusted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator
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
from cxlib.text import Lang, Text, number, percent

_WAVE: Final = Text("đợt khảo sát", "survey wave")
_PRAISED: Final = Text("khen", "praised")
_WARNED: Final = Text("nhắc", "warned")
_BOTH: Final = Text("khen và nhắc", "praised and warned")
_TOP_AFTER: Final = Text("đầu bảng → tụt:", "top → falls:")
_BOTTOM_AFTER: Final = Text("cuối bảng → tăng:", "bottom → rises:")
_CHANCE: Final = Text("dải may rủi 95 %", "95% range of chance")
_TRUE: Final = Text("sự thật", "the truth")
_MEASURED: Final = Text("đo được", "measured")
_BEFORE: Final = Text("đợt trước", "before")
_NOW: Final = Text("đợt này", "now")
_TURNS: Final = {-1: ("▼", WARM), 0: ("=", SOFT), 1: ("▲", ACCENT)}
_PARTS: Final[dict[str, dict[str, Any]]] = {
    "promise": {"color": WARM, "alpha": 0.85},
    "other": {"color": ACCENT, "alpha": 0.45},
    "missed": {"facecolor": "none", "edgecolor": SOFT, "lw": 1.2, "ls": "--"},
}
_LINES: Final = (ACCENT, WARM, GOLD, INK, SOFT)


def noise_game(
    scores: NDArray[np.float64],
    shops: Sequence[str],
    wave: int,
    praised: int,
    warned: int,
    limits: tuple[float, float],
    turns: Sequence[tuple[int, int]],
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw every shop's score up to now, and below it what became of the top and the bottom one.

    Args:
        scores: NPS of each shop in each wave seen, shape (shops, waves seen).
        shops: what the shops are called.
        wave: the wave, from 1, after which somebody was praised and somebody warned.
        praised: place of the shop that was praised.
        warned: place of the shop that was warned.
        limits: between which scores shops fall by chance.
        turns: for each wave followed by another, the direction (−1, 0, 1) in which the top and
            the bottom shop moved.
        guess: how many of eleven bottom shops the learner thought would rise, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.5)
    axes, strips = figure.subplots(2, 1, sharex=True, height_ratios=(2.5, 1))
    axes.axhspan(*limits, color=PALE, alpha=0.5, lw=0)
    spread = np.linspace(-0.24, 0.24, len(scores))
    for place, column in enumerate(scores.T, start=1):
        axes.plot(place + spread, column, "o", ms=4, color=SOFT, alpha=0.5, mew=0)
    marked = {praised: (ACCENT, _PRAISED), warned: (WARM, _WARNED)}
    if praised == warned:
        marked = {praised: (GOLD, _BOTH)}
    highest = max(marked, key=lambda shop: float(scores[shop, wave - 1]))
    side = "left" if wave < 3 else "right" if wave > 10 else "center"
    for shop, (color, name) in marked.items():
        path = scores[shop, wave - 1 : wave + 1]
        axes.plot(wave + np.arange(len(path)), path, color=color, lw=2.5, marker="o", ms=8)
        up = shop == highest
        axes.annotate(
            f"{name(lang)} {shops[shop]}",
            (wave, path[0]),
            xytext=(0, 8 if up else -8),
            textcoords="offset points",
            color=color,
            ha=side,
            va="bottom" if up else "top",
            **LABEL,
        )
    axes.set(ylim=(-9, 64), yticks=range(0, 61, 20), ylabel="NPS")
    axes.text(12.4, 63, f"■ {_CHANCE(lang)}", ha="right", va="top", color=ACCENT, **LABEL)
    axes.tick_params(labelbottom=True)
    strips.axis("off")
    strips.set(xlim=(0.5, 12.5), ylim=(-0.35, 3.2), xticks=range(1, 13))
    for row, (words, goal) in enumerate(((_TOP_AFTER, -1), (_BOTTOM_AFTER, 1))):
        level = 1.7 - 1.8 * row
        went = [turn[row] for turn in turns]
        told = f"{words(lang)} {went.count(goal)}/{len(went)}" if went else words(lang) + " ?"
        strips.text(0.6, level + 0.75, told, va="center", **LABEL)
        if guess is not None and row == 1:
            mine = f"◂ {YOUR_GUESS(lang)} {number(guess)(lang)}/11"
            strips.text(12.5, level + 0.75, mine, color=GOLD, ha="right", va="center", **LABEL)
        for place, turn in enumerate(went, start=1):
            sign, color = _TURNS[turn]
            strips.text(place + 0.5, level, sign, color=color, ha="center", va="center")
    axes.set_xlabel(_WAVE(lang))
    inset(figure, left=3.8, right=0.4, top=0.4, bottom=0.2, hspace=0.32)
    return figure


def pooled_waves(
    scores: pd.Series[float], margin: float, limits: tuple[float, float], lang: Lang
) -> Figure:
    """Draw the stores from the lowest to the highest score, with intervals and chance's range.

    Args:
        scores: NPS of each store over the waves pooled, ascending.
        margin: half the width of one store's interval, points.
        limits: between which scores stores fall by chance.
        lang: the reader's language.
    """
    figure = blank(height=1.1)
    axes = figure.subplots()
    axes.axhspan(*limits, color=PALE, alpha=0.6, lw=0)
    axes.axhline(sum(limits) / 2, color=SOFT, lw=1, ls="--")
    last = len(scores) - 1
    for place, (store, score) in enumerate(scores.items()):
        outside = not limits[0] <= score <= limits[1]
        color = WARM if outside else ACCENT
        axes.plot([place, place], [score - margin, score + margin], color=color, lw=1.4, alpha=0.6)
        axes.plot(place, score, "o", ms=7, color=color)
        if outside or place in (0, last):
            up = place > last / 2
            axes.annotate(
                str(store),
                (place, score + margin if up else score - margin),
                xytext=(0, 3 if up else -3),
                textcoords="offset points",
                ha="center",
                va="bottom" if up else "top",
                rotation=90 if outside and place not in (0, last) else 0,
                color=color,
                **LABEL,
            )
    axes.text(-0.8, 68, f"■ {_CHANCE(lang)}", color=ACCENT, va="top", **LABEL)
    axes.set(xlim=(-1, last + 1), ylim=(-24, 70), xticks=[], ylabel="NPS")
    axes.set_xlabel(Text("20 quán, từ thấp đến cao", "20 shops, lowest to highest")(lang))
    inset(figure, left=4.2, right=0.4, top=0.4, bottom=1.8)
    return figure


def sample_size(
    one_wave: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    two_waves: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    answers: float,
    target: float,
    needed: tuple[int, int],
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw how margin and detectable change shrink with the number of answers.

    Args:
        one_wave: margin of one wave, points, by answers.
        two_waves: smallest change detected between two waves, points, by answers of each.
        answers: the learner's number of answers.
        target: the precision wanted, points.
        needed: answers that reach it, for one wave and for each of two.
        guess: the learner's prediction of the latter, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.1)
    axes = figure.subplots()
    n = np.geomspace(20, 50_000, 120)
    for curve, color in ((one_wave, ACCENT), (two_waves, WARM)):
        axes.plot(n, curve(n), color=color, lw=2.5)
        axes.plot(answers, curve(np.array([answers])), "o", ms=8, color=INK)
    axes.axhline(target, color=SOFT, lw=1.2, ls="--")
    for found, color in zip(needed, (ACCENT, WARM), strict=True):
        axes.plot(max(found, 20), target, "D", ms=9, color=color, clip_on=False)
    told = (
        (Text("— một đợt: sai số biên", "— one wave: margin of error"), ACCENT),
        (Text("— hai đợt: mức đổi thấy được", "— two waves: change detected"), WARM),
        (
            Text("● {n} phiếu của bạn", "● your {n} answers").format(n=number(answers)),
            INK,
        ),
    )
    for row, (words, color) in enumerate(told):
        axes.text(
            0.99,
            0.99 - 0.1 * row,
            words(lang),
            transform=axes.transAxes,
            color=color,
            ha="right",
            va="top",
            **LABEL,
        )
    if guess is not None:
        top = 0.62 if guess > 250 else 0.1  # above both curves, or below them
        axes.axvline(guess, ymax=top, color=GOLD, lw=1.8, ls=":")
        axes.annotate(
            YOUR_GUESS(lang),
            (guess, top),
            xycoords=("data", "axes fraction"),
            xytext=(4, 0),
            textcoords="offset points",
            color=GOLD,
            va="top",
            **LABEL,
        )
    axes.set(xscale="log", xlim=(20, 50_000), ylim=(0, 40))
    axes.xaxis.set_major_locator(LogLocator(10))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)(lang)))
    axes.set_xlabel(Text("số phiếu mỗi đợt (thang log)", "answers per wave (log scale)")(lang))
    axes.set_ylabel(Text("điểm NPS", "NPS points")(lang))
    inset(figure, left=4, right=1.4, top=0.5, bottom=3.4)
    return figure


def rank_lines(
    values: pd.DataFrame,
    shown: Mapping[str, Sequence[Text]],
    names: Mapping[str, Text],
    guess: int | None,
    lang: Lang,
) -> Figure:
    """Draw each channel's rank by each index, its value written on the mark.

    Args:
        values: one row per channel, one column per index, higher is better.
        shown: each channel's values written with their unit.
        names: what each channel is called.
        guess: how many channels the learner thought would come first by some index, or None.
        lang: the reader's language.
    """
    ranks = values.rank(ascending=False, method="first")
    firsts = int((ranks == 1).any(axis=1).sum())
    figure = blank(height=1.25)
    axes = figure.subplots()
    places = range(len(values.columns))
    for channel, color in zip(values.index, _LINES, strict=True):
        axes.plot(places, ranks.loc[channel], color=color, lw=2.5, alpha=0.6)
        for place, index in enumerate(values.columns):
            axes.text(
                place,
                ranks.loc[channel, index],
                shown[channel][place](lang),
                color="white",
                ha="center",
                va="center",
                bbox={"boxstyle": "round,pad=0.3", "facecolor": color, "edgecolor": "none"},
                **LABEL,
            )
        end = ranks.loc[channel].iloc[-1]
        axes.text(places[-1] + 0.42, end, names[channel](lang), color=color, va="center", **LABEL)
    for place, index in enumerate(values.columns):
        axes.text(place, 0.2, index, ha="center", va="center", weight="bold")
    counted = Text("{n} kênh “tốt nhất”", "{n} “best” channels").format(n=number(firsts))(lang)
    axes.text(-0.42, 5.85, counted, va="center", color=INK, **LABEL)
    if guess is not None:
        mine = f"◂ {YOUR_GUESS(lang)} {guess}"
        axes.text(4.35, 5.85, mine, color=GOLD, ha="right", va="center", **LABEL)
    axes.set(xlim=(-0.45, 4.4), ylim=(6.15, -0.1))
    axes.axis("off")
    inset(figure, left=0.3, right=0.3, top=0.2, bottom=0.2)
    return figure


def wrong_and_sure(
    invited: NDArray[np.float64],
    margins: NDArray[np.float64],
    measured: float,
    truth: float,
    now: float,
    guess: tuple[float, float] | None,
    lang: Lang,
) -> Figure:
    """Draw the interval around the measured score against the number of invitations.

    Args:
        invited: invitations, increasing, shape (n,).
        margins: half the width of the interval at each, points.
        measured: the score among those who answer.
        truth: the score of all customers.
        now: the learner's number of invitations.
        guess: invitations and score where the learner's prediction stands, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.1)
    axes = figure.subplots()
    low, high = measured - margins, measured + margins
    axes.fill_between(invited, low.clip(-100), high.clip(None, 100), color=PALE, alpha=0.8, lw=0)
    axes.axhline(measured, color=ACCENT, lw=2.5)
    axes.axhline(truth, color=WARM, lw=2, ls="--")
    reach = float(np.interp(now, invited, margins))
    axes.plot(
        [now, now],
        [max(measured - reach, -100), min(measured + reach, 100)],
        color=INK,
        lw=2,
        marker="_",
        ms=14,
    )
    axes.plot(now, measured, "o", ms=8, color=INK)
    higher = measured >= truth
    above = higher if abs(measured) < 85 else not higher  # never beyond the frame
    for score, name, color, up in (
        (measured, _MEASURED, ACCENT, above),
        (truth, _TRUE, WARM, not higher),
    ):
        axes.annotate(
            f"{name(lang)} {number(score)(lang)}",
            (invited[-1], score),
            xytext=(-2, 4 if up else -4),
            textcoords="offset points",
            ha="right",
            va="bottom" if up else "top",
            color=color,
            **LABEL,
        )
    if guess is not None:
        axes.plot(*guess, "v", ms=11, color=GOLD)
        axes.annotate(
            YOUR_GUESS(lang),
            guess,
            xytext=(0, -9 if guess[1] > 0 else 9),
            textcoords="offset points",
            ha="center",
            va="top" if guess[1] > 0 else "bottom",
            color=GOLD,
            **LABEL,
        )
    axes.set(xscale="log", xlim=(invited[0], invited[-1]), ylim=(-110, 110))
    axes.set_yticks(range(-100, 101, 50))
    axes.xaxis.set_major_locator(LogLocator(10))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)(lang)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)(lang)))
    axes.set_xlabel(Text("số lời mời (thang log)", "invitations (log scale)")(lang))
    axes.set_ylabel("NPS")
    inset(figure, left=5, right=2.4, top=0.5, bottom=3.4)
    return figure


def complaints(
    counts: pd.DataFrame, names: Mapping[str, Text], share: float, guess: float | None, lang: Lang
) -> Figure:
    """Draw the complaints about each touchpoint: broken promises, other matters, and those missed.

    Args:
        counts: columns ``promise``, ``other`` and ``missed``, one row per touchpoint.
        names: what each touchpoint is called.
        share: share of the recognised complaints that are about a promise.
        guess: the learner's prediction of that share, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.6)
    axes = figure.subplots()
    parts = {part: look for part, look in _PARTS.items() if counts[part].any()}
    for row, (key, found) in enumerate(counts.iterrows()):
        start = 0.0
        for part, look in parts.items():
            axes.barh(row, found[part], left=start, height=0.42, **look)
            start += found[part]
        axes.text(0, row - 0.26, names[str(key)](lang), va="bottom", fontsize="small")
        told = f"\u00a0{number(found['promise'] + found['other'])(lang)}"
        axes.text(start, row, told, va="center", **LABEL)
    said = Text("■ kém lời hứa: {share}", "■ below the promise: {share}")
    lines = [(said.format(share=percent(share, 0))(lang), WARM)]
    lines.append((Text("■ chuyện khác", "■ other matters")(lang), ACCENT))
    if "missed" in parts:
        lines.append((Text("□ bị bỏ sót", "□ missed")(lang), SOFT))
    if guess is not None:
        lines.append((f"◂ {YOUR_GUESS(lang)}: {percent(guess, 0)(lang)}", GOLD))
    for row, (words, color) in enumerate(lines):
        axes.text(
            1,
            0.42 - 0.075 * row,
            words,
            transform=axes.transAxes,
            ha="right",
            va="top",
            color=color,
            **LABEL,
        )
    axes.set(xlim=(0, 82), ylim=(len(counts) - 0.6, -0.95))
    axes.axis("off")
    inset(figure, left=0.3, right=0.3, top=0.1, bottom=0.2)
    return figure


class Measured(NamedTuple):
    """One index as it is drawn: its scale, and the intervals now and before, if there are any."""

    name: str
    low: float
    high: float
    now: tuple[float, float, float]
    before: tuple[float, float, float] | None
    verdict: Text
    write: Callable[[float], Text]


def measured_scores(indices: Sequence[Measured], lang: Lang) -> Figure:
    """Draw each index on its own scale with its interval, now and before.

    Args:
        indices: the indices measured, from top to bottom; there may be none yet.
        lang: the reader's language.
    """
    figure = blank(height=0.45 + 0.4 * max(len(indices), 1))
    axes = figure.subplots()
    for row, index in enumerate(indices):
        _measured_row(axes, row, index, lang)
    if not indices:
        axes.plot([0, 1], [0.1, 0.1], color=LINE, lw=4)
        nothing = Text("chưa có phiếu nào", "no answers yet")(lang)
        axes.text(0.5, 0, nothing, ha="center", va="bottom", color=SOFT, **LABEL)
    axes.set(xlim=(-0.09, 1.09), ylim=(max(len(indices), 1) - 0.38, -0.62))
    axes.axis("off")
    inset(figure, left=0.3, right=0.3, top=0.2, bottom=0.2)
    return figure


def _measured_row(axes: Axes, row: int, index: Measured, lang: Lang) -> None:
    def at(value: float) -> float:
        return (value - index.low) / (index.high - index.low)

    axes.text(-0.05, row - 0.4, index.name, va="center", weight="bold")
    axes.text(1.05, row - 0.4, index.verdict(lang), ha="right", va="center", color=INK, **LABEL)
    axes.plot([0, 1], [row, row], color=LINE, lw=4, zorder=0)
    for end, value in ((0, index.low), (1, index.high)):
        shown = index.write(value)(lang)
        axes.text(end, row + 0.34, shown, ha="center", va="center", fontsize="small", color=SOFT)
    told = [(index.now, ACCENT, _NOW, 0.0, 0.52)]
    if index.before:
        told.append((index.before, GOLD, _BEFORE, 0.13, 0.48))
    for (score, low, high), color, name, shift, place in told:
        axes.plot([at(low), at(high)], [row + shift] * 2, color=color, lw=3, solid_capstyle="butt")
        axes.plot(at(score), row + shift, "o", ms=8, color=color)
        words = f"● {name(lang)} {index.write(score)(lang)}"
        side = "left" if place > 0.5 else "right"
        axes.text(place, row - 0.18, words, ha=side, va="center", color=color, fontsize="small")


def plan_bars(bars: Sequence[tuple[Text, float, bool]], lang: Lang) -> Figure:
    """Draw numbers of people in one wave of the measurement plan, one below the other.

    Args:
        bars: what each number is, the number, and whether it is a limit rather than a need.
        lang: the reader's language.
    """
    figure = blank(height=0.95)
    axes = figure.subplots()
    longest = max(amount for _, amount, _ in bars)
    for row, (name, amount, is_limit) in enumerate(bars):
        axes.barh(row, amount, height=0.36, color=GOLD if is_limit else ACCENT, alpha=0.75)
        axes.text(0, row - 0.25, name(lang), va="bottom", fontsize="small")
        axes.text(amount, row, f"\u00a0{number(amount)(lang)}", va="center", **LABEL)
    axes.set(xlim=(0, longest * 1.4), ylim=(len(bars) - 0.6, -0.85))
    axes.axis("off")
    inset(figure, left=0.3, right=0.3, top=0.1, bottom=0.2)
    return figure
