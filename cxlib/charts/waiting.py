"""Charts of lesson 05: how long people wait, how many agents it takes, how a wait feels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
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
from cxlib.text import Lang, Text, money, needed_decimals, number, percent

_PLACE_GUESSED: Final = Text("bạn đoán thứ {n}", "your guess: no. {n}")
_MINUTES: Final = Text("phút chờ", "minutes of waiting")
_AGENTS: Final = Text("số người trực", "agents on duty")
_LEGEND_EMS: Final = 1.3
_CLIFF_S: Final = 60.0
_FOUR_DIGITS: Final = 1000


@dataclass(frozen=True)
class Curve:
    """A share of people still willing to wait, over time.

    Attributes:
        name: who the people are.
        table: columns ``wait`` and ``staying``, steps of the curve.
        median: the wait half of them will not stand, in words.
        color: of the curve.
    """

    name: Text
    table: pd.DataFrame
    median: Text
    color: str


def _say_above(axes: Axes, lines: Sequence[tuple[str, str]]) -> None:
    """Write words with their colours, one under the other, above the axes."""
    em = mpl.rcParams["font.size"]
    for row, (words, color) in enumerate(reversed(lines)):
        axes.annotate(
            words,
            (0, 1),
            xycoords="axes fraction",
            xytext=(0, em * (_LEGEND_EMS * row + 0.5)),
            textcoords="offset points",
            color=color,
            va="bottom",
            **LABEL,
        )


def five_lines(
    spread: Mapping[str, tuple[float, ...]],
    limits: Mapping[str, float],
    before: Mapping[str, float],
    names: Mapping[str, Text],
    guess: Mapping[str, int],
    lang: Lang,
) -> Figure:
    """Draw when the middle half of the people leave each line, and the learner's own limit.

    Args:
        spread: minutes after which a quarter, half and three quarters of each line are gone.
        limits: the learner's own limits, minutes.
        before: share of the people who leave before that.
        names: what each line is called.
        guess: the place the learner expects of each line, 1 for the least patient, or nothing.
        lang: the reader's language.
    """
    figure = blank(height=1.35)
    axes = figure.subplots()
    reach = max(*(late for *_, late in spread.values()), *limits.values())
    for row, (line, limit) in enumerate(limits.items()):
        early, half, late = spread[line]
        axes.plot([0, reach], [row, row], color=LINE, lw=1, zorder=0)
        axes.barh(row, late - early, left=early, height=0.3, color=PALE)
        axes.plot([half, half], [row - 0.2, row + 0.2], color=ACCENT, lw=3)
        axes.plot(limit, row, "D", ms=9, color=GOLD, clip_on=False)
        name = names[line](lang)
        if line in guess:
            name += f" · {_PLACE_GUESSED.format(n=number(guess[line]))(lang)}"
        axes.text(0, row - 0.24, name, va="bottom", **LABEL)
        axes.text(
            1.33 * reach,
            row,
            percent(before[line], 0)(lang),
            color=GOLD,
            ha="right",
            va="center",
            **LABEL,
        )
    heading = Text("về trước bạn", "leave before you")(lang)
    axes.text(1.33 * reach, -0.62, heading, color=GOLD, ha="right", va="bottom", **LABEL)
    axes.set(xlim=(0, 1.34 * reach), ylim=(len(limits) - 0.6, -1.0))
    axes.set(yticks=[], xlabel=_MINUTES(lang))
    axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_bounds(0, reach)
    axes.set_xticks([tick for tick in axes.get_xticks() if 0 <= tick <= reach])
    told = Text(
        "▬ một nửa khách bỏ về trong khoảng này   ┃ trung vị   ◆ bạn",
        "▬ half of the people leave in this stretch   ┃ median   ◆ you",
    )
    figure.text(0.02, 0.01, told(lang), color=SOFT, fontsize="x-small")
    inset(figure, left=0.6, right=0.4, top=0.2, bottom=4.2)
    return figure


def patience_curves(
    curves: Sequence[Curve], longest: float, guess: float | None, lang: Lang
) -> Figure:
    """Draw the share of people still willing to wait as time goes by, one curve for each group.

    Args:
        curves: the groups, the most important first; the first one's band is drawn too.
        longest: minutes the axis must reach at least.
        guess: the learner's prediction of the first median, minutes, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.15)
    axes = figure.subplots()
    reach = 1.04 * max(longest, guess or 0.0)
    first = curves[0].table
    axes.fill_between(
        first["wait"],
        first["low"] * 100,
        first["high"] * 100,
        step="post",
        color=PALE,
        alpha=0.5,
        lw=0,
    )
    told = []
    for curve in curves:
        axes.step(
            curve.table["wait"],
            curve.table["staying"] * 100,
            where="post",
            color=curve.color,
            lw=2.5,
        )
        told.append((f"━ {curve.name(lang)}: {curve.median(lang)}", curve.color))
    axes.plot([0, reach], [50, 50], color=SOFT, lw=1, ls="--")
    if guess is not None:
        axes.plot([guess, guess], [0, 100], color=GOLD, lw=1.8, ls=":")
        guessed = number(guess, needed_decimals(guess, 1))(lang)
        told.append((f"┊ {YOUR_GUESS(lang)}: {guessed}", GOLD))
    axes.set(xlim=(0, reach), ylim=(0, 102), yticks=range(0, 101, 25))
    axes.set_xlabel(_MINUTES(lang))
    axes.set_ylabel(Text("% còn chịu chờ", "% still willing")(lang))
    axes.xaxis.set_major_locator(MaxNLocator(6))
    _say_above(axes, told)
    inset(figure, left=4.2, right=1, top=_LEGEND_EMS * len(told) + 1, bottom=3.4)
    return figure


def one_more_agent(
    staffing: Sequence[int],
    shares: Sequence[float],
    waits: Sequence[float],
    chosen: int,
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw the share answered in time over the team, and below it the wait with its cliff.

    Args:
        staffing: numbers of agents, increasing.
        shares: share answered within the promised time, one each.
        waits: average wait in seconds, infinite where the line grows without end.
        chosen: the learner's number of agents.
        guess: the learner's prediction of the wait with eleven agents, seconds, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.55)
    upper, lower = figure.subplots(2, 1, sharex=True)
    overloaded = [count for count, wait in zip(staffing, waits, strict=True) if np.isinf(wait)]
    for count, share in zip(staffing, shares, strict=True):
        strong = count == chosen
        upper.bar(count, share * 100, 0.6, color=ACCENT if strong else PALE)
    share = shares[staffing.index(chosen)]
    words = percent(share, needed_decimals(share * 100, 1))(lang)
    upper.text(chosen, 104, words, ha="center", va="bottom", color=ACCENT, **LABEL)
    upper.set(ylim=(0, 125), yticks=(0, 40, 80))
    upper.spines["left"].set_bounds(0, 100)
    upper.axhline(80, color=SOFT, lw=1, ls="--")
    upper.set_title(
        Text("% nhấc máy trong 20 giây", "% answered within 20 seconds")(lang),
        loc="left",
        color=ACCENT,
        **LABEL,
    )
    _wait_cliff(lower, staffing, waits, chosen, guess if 11 in staffing else None, lang)
    if overloaded:
        for axes in (upper, lower):
            axes.axvspan(staffing[0] - 0.6, overloaded[-1] + 0.5, color=WARM, alpha=0.15, lw=0)
        upper.text(
            staffing[0] - 0.5,
            55,
            Text("quá tải", "overload")(lang),
            color=WARM,
            va="center",
            **LABEL,
        )
    lower.set_xlim(staffing[0] - 0.6, staffing[-1] + 0.6)
    lower.xaxis.set_major_locator(MaxNLocator(11, integer=True))
    lower.set_xlabel(_AGENTS(lang))
    inset(figure, left=3.4, right=0.6, top=1.8, bottom=3.2, hspace=0.36)
    return figure


def _wait_cliff(
    axes: Axes,
    staffing: Sequence[int],
    waits: Sequence[float],
    chosen: int,
    guess: float | None,
    lang: Lang,
) -> None:
    wait = waits[staffing.index(chosen)]
    top = 1.35 * max(_CLIFF_S, wait if np.isfinite(wait) else 0.0, guess or 0.0)
    axes.plot(staffing, waits, color=WARM, lw=2.5, marker="o", ms=5)
    if np.isfinite(wait):
        axes.plot(chosen, wait, "o", ms=10, color=WARM)
    if guess is not None:
        axes.plot(11, guess, "v", ms=10, color=GOLD, clip_on=False)
        words = f"▼ {YOUR_GUESS(lang)}: {number(guess)(lang)}"
        axes.set_title(words, loc="right", color=GOLD, **LABEL)
    axes.set(ylim=(0, top))
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.set_title(
        Text("chờ trung bình, giây", "average wait, seconds")(lang),
        loc="left",
        color=WARM,
        **LABEL,
    )


def impatient(
    staffing: Sequence[int],
    endless: Sequence[float],
    leaving: Sequence[float],
    chosen: int,
    lang: Lang,
) -> Figure:
    """Draw the wait over the team when nobody gives up and when customers do.

    Args:
        staffing: numbers of agents, increasing.
        endless: wait in seconds when nobody gives up, infinite where the line grows without end.
        leaving: wait in seconds when customers give up.
        chosen: the learner's number of agents.
        lang: the reader's language.
    """
    figure = blank(height=1.1)
    axes = figure.subplots()
    axes.plot([chosen, chosen], [0, 60], color=LINE, lw=6, zorder=0)
    axes.plot(staffing, endless, color=WARM, lw=2.5, marker="o", ms=5)
    axes.plot(staffing, leaving, color=ACCENT, lw=2.5, marker="o", ms=5)
    axes.set(xlim=(staffing[0] - 0.5, staffing[-1] + 0.5), ylim=(0, 60), yticks=range(0, 61, 20))
    axes.set_xticks(staffing[::2])
    axes.set_xlabel(_AGENTS(lang))
    axes.set_ylabel(Text("chờ trung bình, giây", "average wait, seconds")(lang))
    _say_above(
        axes,
        [
            (Text("━ Erlang C: không ai gác máy", "━ Erlang C: nobody hangs up")(lang), WARM),
            (Text("━ Erlang A: có người gác máy", "━ Erlang A: some hang up")(lang), ACCENT),
        ],
    )
    inset(figure, left=4.2, right=0.6, top=2 * _LEGEND_EMS + 1, bottom=3.4)
    return figure


def day_of_calls(
    opens: float, needed: NDArray[np.int64], flat: float, guess: float | None, lang: Lang
) -> Figure:
    """Draw the agents each half-hour needs against the same team all day.

    Args:
        opens: hour of the first half-hour.
        needed: agents needed, shape (half-hours,).
        flat: agents on duty all day.
        guess: the learner's prediction of the share of idle hours, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.15)
    axes = figure.subplots()
    edges = opens + np.arange(needed.size + 1) / 2
    ends = np.append(needed, needed[-1])
    steps: dict[str, Any] = {"step": "post", "lw": 0}
    covered = np.minimum(ends, flat)
    axes.fill_between(edges, covered, color=PALE, **steps)
    axes.fill_between(edges, covered, flat, color=GOLD, alpha=0.25, **steps)
    axes.fill_between(edges, flat, np.maximum(ends, flat), color=WARM, alpha=0.7, **steps)
    axes.step(edges, ends, where="post", color=ACCENT, lw=2)
    axes.axhline(flat, color=INK, lw=1.8)
    axes.set(xlim=(edges[0], edges[-1]), ylim=(0, 1.04 * max(flat, needed.max())))
    axes.set_xticks(np.arange(edges[0] + 1, edges[-1], 2))
    axes.set_xlabel(Text("giờ trong ngày", "hour of the day")(lang))
    axes.set_ylabel(_AGENTS(lang))
    told = [
        (Text("■ cần trực", "■ needed")(lang), ACCENT),
        (Text("■ trả thừa", "■ paid but idle")(lang), GOLD),
        (Text("■ thiếu người", "■ short")(lang), WARM),
    ]
    if guess is not None:
        told[1] = (f"{told[1][0]} ({YOUR_GUESS(lang)}: {percent(guess, 0)(lang)})", GOLD)
    _say_above(axes, told)
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    inset(figure, left=4.2, right=0.8, top=3 * _LEGEND_EMS + 1, bottom=3.4)
    return figure


def felt_wait(
    clock: float,
    steps: Sequence[tuple[str, float, float]],
    names: Mapping[str, Text],
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw how the clock's wait grows, lever by lever, into the felt one.

    Args:
        clock: minutes by the clock.
        steps: lever, felt minutes before and after it.
        names: what each lever is called.
        guess: the learner's prediction of the felt minutes of a ten-minute wait, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.75)
    axes = figure.subplots()
    feels = steps[-1][2]
    bar: dict[str, Any] = {"height": 0.34}
    axes.barh(0, clock, color=ACCENT, **bar)
    axes.text(0, -0.22, Text("đồng hồ", "by the clock")(lang), va="bottom", **LABEL)
    _value_right(axes, 0, clock, ACCENT, lang)
    for row, (lever, before, after) in enumerate(steps, start=1):
        done = before == after
        mark, color = ("✓ ", ACCENT) if done else ("", INK)
        axes.text(
            0, row - 0.22, mark + names[lever](lang), va="bottom", fontsize="small", color=color
        )
        axes.barh(row, before, color=LINE, alpha=0.7, **bar)
        axes.barh(row, after - before, left=before, color=WARM, **bar)
    last = len(steps) + 1
    color = WARM if feels > clock else ACCENT
    axes.text(0, last - 0.22, Text("khách thấy như", "it feels like")(lang), va="bottom", **LABEL)
    axes.barh(last, feels, color=color, **bar)
    _value_right(axes, last, feels, color, lang)
    if guess is not None:
        axes.plot(guess, last + 0.3, "^", ms=9, color=GOLD)
        words = f"{YOUR_GUESS(lang)} {number(guess, needed_decimals(guess, 1))(lang)}"
        axes.text(guess, last + 0.45, words, color=GOLD, ha="center", va="top", **LABEL)
    reach = max(feels, guess or 0.0, 1.6 * clock)
    axes.set(xlim=(0, 1.38 * reach), ylim=(last + 1.05, -0.8))
    axes.axis("off")
    told = Text("■ thấy lâu thêm vì bị bỏ mặc   ✓ đã lo", "■ longer, left undone   ✓ taken care of")
    figure.text(0.02, 0.01, told(lang), color=WARM, fontsize="small")
    inset(figure, left=0.3, right=0.3, top=0.2, bottom=1.5)
    return figure


def _value_right(axes: Axes, row: int, value: float, color: str, lang: Lang) -> None:
    words = f"\u00a0{number(value, needed_decimals(value, 1))(lang)}\u00a0{_unit(lang)}"
    axes.text(value, row, words, va="center", color=color, **LABEL)


def _unit(lang: Lang) -> str:
    return Text("phút", "min")(lang)


def costs_by_agents(costs: pd.DataFrame, needed: int, cheapest: int, lang: Lang) -> Figure:
    """Draw what each team costs a year: payroll, and on top what is lost with customers.

    Args:
        costs: columns ``payroll`` and ``lost``, dong a year; index = agents on duty.
        needed: the team that keeps the promise.
        cheapest: the team with the least of both together.
        lang: the reader's language.
    """
    figure = blank(height=1.2)
    axes = figure.subplots()
    places = np.arange(len(costs))
    axes.bar(places, costs["payroll"], 0.62, color=PALE)
    axes.bar(places, costs["lost"], 0.62, bottom=costs["payroll"], color=WARM, alpha=0.8)
    total = costs["payroll"] + costs["lost"]
    marks = {needed: "◆", cheapest: "★"} if needed != cheapest else {needed: "◆★"}
    for count, mark in marks.items():
        at = costs.index.tolist().index(count)
        axes.text(at, total[count], mark, ha="center", va="bottom", color=INK, fontsize="large")
    labelled = slice(None, None, 1 if costs.index[-1] < _FOUR_DIGITS else 2)
    names = [number(count)(lang) for count in costs.index[labelled]]
    axes.set(xticks=places[labelled], xticklabels=names)
    axes.set(yticks=[], ylim=(0, 1.12 * total.max()))
    axes.set_xlabel(_AGENTS(lang))
    axes.spines["left"].set_visible(False)
    _say_above(
        axes,
        [
            (Text("■ lương", "■ payroll")(lang), ACCENT),
            (Text("■ mất vì khách bỏ cuộc", "■ lost with customers who give up")(lang), WARM),
            (
                Text("◆ giữ lời hứa: {needed} mỗi năm", "◆ promise kept: {needed} a year").format(
                    needed=money(total[needed])
                )(lang),
                INK,
            ),
            (
                Text(
                    "★ rẻ nhất: {n} người, {cheapest} mỗi năm",
                    "★ cheapest: {n} agents, {cheapest} a year",
                ).format(n=number(cheapest), cheapest=money(total[cheapest]))(lang),
                INK,
            ),
        ],
    )
    inset(figure, left=0.6, right=0.6, top=4 * _LEGEND_EMS + 1, bottom=3.2)
    return figure
