"""Charts of lesson 04: what a gap feels like, what to promise, and who promises what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from cxlib.charts.style import (
    ACCENT,
    GOLD,
    GUESS_LINE,
    INK,
    LABEL,
    LINE,
    SOFT,
    WARM,
    YOUR_GUESS,
    blank,
    inset,
)
from cxlib.models.expectation import DeliveryTimes, LossAversion
from cxlib.text import Lang, Text, needed_decimals, number, percent, same, signed

_FULL_SMILE: Final = 4.0
_FEW_BARS: Final = 10
_AXES_WIDTH: Final = 440  # points


def days(count: float) -> Text:
    """Write a length of time: ``3 ngày``, ``3 days``, ``1 day``."""
    shown = number(count, needed_decimals(count, 1))
    unit = Text("ngày", "day" if count == 1 else "days")
    return shown + same("\u00a0") + unit


def felt(value: float) -> Text:
    """Write felt points with their sign: ``+1,84``, ``−4,14``, ``0``."""
    return signed(number(value, 2)) if round(value, 2) else number(0)


def felt_gap(
    gaps: NDArray[np.float64],
    values: NDArray[np.float64],
    here: tuple[float, float],
    mirrored: float,
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw what every gap feels like, the customer's face, and the same gap the other way.

    Args:
        gaps: days early (+) or late (−), shape (n,), symmetric about 0.
        values: felt value of each gap, shape (n,).
        here: the gap looked at and its felt value.
        mirrored: felt value of the opposite gap.
        guess: the learner's prediction of the pain of being two days late, positive, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.15)
    axes = figure.subplots()
    gap, worth = here
    bottom = min(float(values[0]), -(guess or 0.0)) * 1.08
    top = max(float(values[-1]) * 1.15, -0.75 * bottom)
    axes.axhline(0, color=SOFT, lw=1)
    axes.axvline(0, color=SOFT, lw=1)
    axes.plot(gaps, values, color=INK, lw=2.5)
    for at, value, filled in ((gap, worth, True), (-gap, mirrored, False)):
        color = ACCENT if value >= 0 else WARM
        axes.plot(at, value, "o", ms=11, mec=color, mfc=color if filled else "white", mew=2.5)
    if guess is not None:
        axes.plot(-2, -guess, "D", ms=9, color=GOLD)
    _say_in_corner(axes, _felt_words(gap, worth, mirrored, guess, lang))
    _face(axes, worth)
    axes.set(xlim=(gaps[0], gaps[-1]), ylim=(bottom, top), xticks=_whole(gaps[0], gaps[-1]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(abs(x))(lang)))
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: number(y)(lang)))
    axes.set_xlabel(Text("◂ trễ (ngày)   ·   sớm (ngày) ▸", "◂ days late   ·   days early ▸")(lang))
    axes.set_ylabel(Text("cảm xúc (điểm)", "feeling (points)")(lang))
    inset(figure, left=4.2, right=0.8, top=0.6, bottom=3.4)
    return figure


def _whole(low: float, high: float) -> list[int]:
    step = 1 if high - low <= 10 else 4
    reach = int(high // step) * step
    return list(range(-reach, reach + 1, step))


def _felt_words(
    gap: float, worth: float, mirrored: float, guess: float | None, lang: Lang
) -> list[tuple[str, str]]:
    early, late = Text("sớm {n}: {v}", "{n} early: {v}"), Text("trễ {n}: {v}", "{n} late: {v}")
    on_time = Text("đúng hẹn: {v}", "on time: {v}")
    told = []
    for mark, at, value in (("●", gap, worth), ("○", -gap, mirrored)):
        words = on_time if gap == 0 else early if at > 0 else late
        written = words.format(n=days(abs(at)), v=felt(value))(lang)
        told.append((f"{mark} {written}", ACCENT if value >= 0 else WARM))
    told = told[:1] if gap == 0 else told
    if guess is not None:
        told.append((f"◆ {YOUR_GUESS(lang)}: {felt(-guess)(lang)}", GOLD))
    return told


def _say_in_corner(axes: Axes, lines: Sequence[tuple[str, str]]) -> None:
    """Write coloured words in the lower right corner, which the curve leaves empty."""
    for row, (words, color) in enumerate(reversed(lines)):
        axes.text(
            0.99, 0.04 + 0.1 * row, words, transform=axes.transAxes, color=color, ha="right",
            **LABEL,
        )  # fmt: skip


def _face(axes: Axes, mood: float) -> None:
    """Draw a face in the upper left corner, which the curve leaves empty."""
    room = axes.inset_axes((0.1, 0.58, 0.27, 0.38))
    room.set_aspect("equal")
    room.axis("off")
    smile = float(np.tanh(mood / _FULL_SMILE))
    color = ACCENT if smile > 0.02 else WARM if smile < -0.02 else SOFT
    room.add_patch(Circle((0, 0), 1, facecolor="none", edgecolor=color, lw=2.5))
    for side in (-1, 1):
        room.plot(0.36 * side, 0.28, "o", ms=5, color=color)
        room.plot(
            [0.18 * side, 0.54 * side],
            [0.56 + 0.25 * min(smile, 0), 0.56 - 0.1 * min(smile, 0)],
            color=color,
            lw=2,
        )
    across = np.linspace(-0.5, 0.5, 21)
    mouth = -0.4 + 0.45 * smile * ((across / 0.5) ** 2 - 0.5)
    room.plot(across, mouth, color=color, lw=2.5)
    room.set(xlim=(-1.1, 1.1), ylim=(-1.1, 1.1))


def wearing_off(
    expected: NDArray[np.float64],
    taken: NDArray[np.float64],
    worth: NDArray[np.float64],
    promised: float,
    told: Sequence[int],
    lang: Lang,
) -> Figure:
    """Draw what a customer expects order by order, what she gets, and what she feels.

    Args:
        expected: days expected before each order, shape (orders,).
        taken: days each order took, shape (orders,).
        worth: felt value of each order, shape (orders,).
        promised: days promised every time.
        told: the orders whose felt value is written.
        lang: the reader's language.
    """
    figure = blank(height=1.45)
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(1.25, 1))
    order = np.arange(1, len(taken) + 1)
    colors = [ACCENT if value >= 0 else WARM for value in worth]
    above.axhline(promised, color=SOFT, lw=1.4, ls="--")
    above.vlines(order, expected, taken, color=colors, lw=2.5)
    above.plot(order, expected, color=GOLD, lw=2)
    above.plot(order, taken, "o", ms=8, color=INK)
    above.set(ylim=(0, max(promised, expected.max(), taken.max()) * 1.12 + 0.5))
    above.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    above.yaxis.set_major_formatter(FuncFormatter(lambda y, _: number(y)(lang)))
    _words_above(
        above,
        (Text("● thực tế", "● actual")(lang), INK),
        (Text("▬ khách chờ đợi", "▬ expected")(lang), GOLD),
        (Text("╌ lời hứa (ngày)", "╌ promised (days)")(lang), SOFT),
    )
    below.bar(order, worth, width=0.6, color=colors)
    below.axhline(0, color=SOFT, lw=1)
    for at in told:
        value = float(worth[at - 1])
        up = value >= 0
        below.annotate(
            felt(value)(lang),
            (at, value),
            xytext=(0, 3 if up else -3),
            textcoords="offset points",
            ha="center",
            va="bottom" if up else "top",
            color=colors[at - 1],
            **LABEL,
        )
    low, high = min(float(worth.min()), 0.0), max(float(worth.max()), 0.0)
    room = 0.3 * max(high - low, 1.0)
    below.set(ylim=(low - room, high + room), xticks=order[1::2], yticks=[])
    below.spines["left"].set_visible(False)
    _words_above(below, (Text("cảm xúc (điểm)", "feeling (points)")(lang), SOFT))
    below.set_xlabel(Text("đơn thứ mấy của cùng một khách", "order number of one customer")(lang))
    inset(figure, left=2.4, right=0.6, top=1.8, bottom=3.4, hspace=0.32)
    return figure


def _words_above(axes: Axes, *parts: tuple[str, str]) -> None:
    """Write words in their colours in one row above the axes."""
    after: Any = axes.transAxes
    for place, (words, color) in enumerate(parts):
        at, gap = ((0, 1), (0, 6)) if place == 0 else ((1, 0), (12, 0))
        after = axes.annotate(
            words,
            at,
            xycoords=after,
            xytext=gap,
            textcoords="offset points",
            va="bottom",
            color=color,
            **LABEL,
        )


def two_slopes(seen: pd.DataFrame, fit: LossAversion, guess: float | None, lang: Lang) -> Figure:
    """Draw mean ratings by days early or late, and the slope on either side of the promise.

    Args:
        seen: columns ``mean`` (points 1–5) and ``size`` (orders); index = days early.
        fit: the two slopes.
        guess: the learner's prediction of the ratio of the slopes, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.15)
    axes = figure.subplots()
    gaps = seen.index.to_numpy(dtype=float)
    first, last = gaps.min(), gaps.max()
    axes.axvline(0, color=LINE, lw=2)
    axes.plot(
        [first, 0], [fit.on_time + fit.gain * first, fit.on_time], color=SOFT, lw=1.5, ls="--"
    )
    axes.plot([0, last], [fit.on_time, fit.on_time + fit.gain * last], color=ACCENT, lw=3)
    axes.plot([first, 0], [fit.on_time + fit.loss * first, fit.on_time], color=WARM, lw=3)
    if guess is not None:
        end = fit.on_time + guess * fit.gain * first
        axes.plot([first, 0], [end, fit.on_time], **GUESS_LINE)
    share = np.sqrt(seen["size"].to_numpy() / seen["size"].max())
    axes.scatter(gaps, seen["mean"], s=150 * share + 15, color=INK, zorder=3)
    told = [
        (Text("▬ mỗi ngày sớm: {v}", "▬ each day early: {v}"), fit.gain, ACCENT),
        (Text("▬ mỗi ngày trễ: {v}", "▬ each day late: {v}"), -fit.loss, WARM),
    ]
    lines = [(words.format(v=felt(v))(lang), color) for words, v, color in told]
    mirror = Text("╌ nếu trễ chỉ nặng như sớm", "╌ if late weighed like early")(lang)
    lines.append((mirror, SOFT))
    if guess is not None:
        lines.append((f"··· {YOUR_GUESS(lang)}: {number(guess, 1)(lang)}", GOLD))
    _say_in_corner(axes, lines)
    axes.set(xlim=(first - 0.3, last + 0.4), ylim=(1, 5.1), xticks=gaps, yticks=range(1, 6))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(abs(x))(lang)))
    axes.set_xlabel(Text("◂ trễ (ngày)   ·   sớm (ngày) ▸", "◂ days late   ·   days early ▸")(lang))
    axes.set_ylabel(Text("điểm hài lòng", "satisfaction")(lang))
    inset(figure, left=3.4, right=0.6, top=0.6, bottom=3.4)
    return figure


def promise_scales(
    deliveries: DeliveryTimes,
    promises: NDArray[np.float64],
    worth: NDArray[np.float64],
    best: float,
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw what each promise is worth, and below it the deliveries it keeps and breaks.

    Args:
        deliveries: the distribution of the actual days.
        promises: promises compared, whole days, shape (n,).
        worth: average satisfaction of each, points, shape (n,).
        best: the promise to make, days.
        guess: the learner's own choice, days, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.45)
    above, below = figure.subplots(2, 1, sharex=True)
    at_best = float(np.interp(best, promises, worth))
    few = len(promises) <= 2 * _FEW_BARS
    above.plot(promises, worth, color=INK, lw=2.5, marker="o" if few else "", ms=5)
    above.plot(best, at_best, "o", ms=13, color=ACCENT)
    span = float(np.ptp(worth)) or 1.0
    above.set(ylim=(worth.min() - 0.3 * span, worth.max() + 0.35 * span), yticks=[])
    above.spines["left"].set_visible(False)
    _words_above(above, (Text("khách hài lòng bình quân", "average satisfaction")(lang), SOFT))
    above.set(xlim=(promises[0] - 0.5, promises[-1] + 0.5))
    above.axvline(best, ymin=0.22, color=ACCENT, lw=1.2, zorder=0)
    _beside(above, best, 1.0, Text("nên hứa {d}", "promise {d}").format(d=days(best))(lang), ACCENT)
    if guess is not None:
        above.axvline(guess, ymax=0.8, **GUESS_LINE)
        _beside(above, guess, 0.13, YOUR_GUESS(lang), GOLD)
    late = deliveries.days > best
    width = 0.7 * _AXES_WIDTH / (len(promises) or 1)
    for part, color in ((~late, ACCENT), (late, WARM)):
        bars = deliveries.days[part], 0, deliveries.probability[part]
        below.vlines(*bars, color=color, alpha=0.8, lw=width)
    if len(deliveries.days) <= _FEW_BARS:
        for day, share in zip(deliveries.days, deliveries.probability, strict=True):
            words = percent(share, 0)(lang) if share > 0.005 else ""
            below.text(day, share, words, ha="center", va="bottom", fontsize="small")
    below.set(ylim=(0, deliveries.probability.max() * 1.25), yticks=[])
    below.spines["left"].set_visible(False)
    below.xaxis.set_major_locator(MaxNLocator(9, integer=True))
    below.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x)(lang)))
    kept = float(deliveries.kept(best))
    _words_above(
        below,
        (Text("■ đơn kịp {s}", "■ kept {s}").format(s=percent(kept, 0))(lang), ACCENT),
        (Text("■ đơn trễ {s}", "■ late {s}").format(s=percent(1 - kept, 0))(lang), WARM),
    )
    below.set_xlabel(Text("số ngày", "days")(lang))
    inset(figure, left=0.6, right=0.6, top=1.8, bottom=3.4, hspace=0.3)
    return figure


def _beside(axes: Axes, at: float, height: float, words: str, color: str) -> None:
    """Write words beside an upright line, on the side with more room.

    ``height`` is the fraction of the axes where the top of the words stands.
    """
    low, high = axes.get_xlim()
    right = at < (low + high) / 2
    axes.annotate(
        words,
        (at, height),
        xycoords=("data", "axes fraction"),
        xytext=(5 if right else -5, 0),
        textcoords="offset points",
        ha="left" if right else "right",
        va="top",
        color=color,
        **LABEL,
    )


def kept_by_hour(
    bands: Sequence[str],
    kept: NDArray[np.float64],
    needed: NDArray[np.float64],
    target: float,
    lang: Lang,
) -> Figure:
    """Draw how many orders of each hour keep one promise, and the promise each hour would need.

    Args:
        bands: the hours, as written.
        kept: share of the orders of each band that keep the promise.
        needed: minutes that the target share of each band's orders take at most.
        target: the share wanted.
        lang: the reader's language.
    """
    figure = blank(height=1.2)
    axes = figure.subplots()
    hours, need = Text("{b} giờ", "{b} h"), Text("{m} phút", "{m} min")
    for row, (band, share, minutes) in enumerate(zip(bands, kept, needed, strict=True)):
        color = ACCENT if share >= target else WARM
        axes.barh(row, share, height=0.5, color=color, alpha=0.8)
        axes.plot([target, target], [row - 0.36, row + 0.36], color=INK, lw=1.5)
        axes.text(-0.03, row, hours.format(b=same(band))(lang), ha="right", va="center")
        axes.text(1.03, row, percent(share, 0)(lang), va="center", color=color, **LABEL)
        own = need.format(m=number(np.ceil(minutes)))(lang)
        axes.text(1.6, row, own, ha="right", va="center", **LABEL)
    heads = (
        (0.0, "left", Text("giữ được   │ mục tiêu 90 %", "kept   │ target 90%")),
        (1.6, "right", Text("hứa riêng", "own promise")),
    )
    for x, side, words in heads:
        axes.text(x, -0.75, words(lang), ha=side, va="center", color=SOFT, fontsize="small")
    axes.set(xlim=(-0.52, 1.62), ylim=(len(bands) - 0.5, -1.1))
    axes.axis("off")
    inset(figure, left=0.2, right=0.2, top=0.2, bottom=0.2)
    return figure


def promises_kept(
    messages: pd.DataFrame,
    names: Mapping[str, Text],
    spoken: Callable[[pd.DataFrame], Text],
    target: float,
    lang: Lang,
) -> Figure:
    """Draw for each subject how often its different promises are kept.

    Args:
        messages: columns ``subject``, ``kept`` (a share, or missing) and what ``spoken`` reads.
        names: what each subject is called.
        spoken: writes the promises of one subject.
        target: the share of cases in which a promise should be kept.
        lang: the reader's language.
    """
    groups = {str(subject): rows for subject, rows in messages.groupby("subject")}
    subjects = sorted(groups, key=lambda subject: groups[subject]["kept"].fillna(2).min())
    place = {subject: row for row, subject in enumerate(subjects)}
    measured = messages.dropna(subset="kept")
    kept, rows = measured["kept"].to_numpy(), measured["subject"].map(place).to_numpy()
    every, reach = np.arange(len(place)), measured["kept"].groupby(rows).agg(["min", "max"])
    figure = blank(height=0.4 + 0.125 * len(place))
    axes = figure.subplots()
    axes.hlines(every, 0, 1, color=LINE, lw=1)
    axes.hlines(reach.index, reach["min"], reach["max"], color=SOFT, lw=2)
    axes.vlines([target] * len(every), every - 0.2, every + 0.2, color=INK, lw=1.5)
    enough = kept >= target - 1e-9
    axes.scatter(kept, rows, s=60, c=np.where(enough, ACCENT, WARM), zorder=3)
    for subject, row in place.items():
        above: dict[str, Any] = {"y": row - 0.24, "va": "bottom", "fontsize": "small"}
        axes.text(x=0, s=names[subject](lang), **above)
        axes.text(x=1, s=spoken(groups[subject])(lang), ha="right", color=SOFT, **above)
    axes.set(xlim=(-0.03, 1.03), ylim=(len(place) - 0.4, -1.0), yticks=[])
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: percent(x, 0)(lang)))
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(
        Text("● số lần giữ được   │ mục tiêu", "● cases in which it is kept   │ target")(lang)
    )
    inset(figure, left=1.1, right=1.3, top=0.3, bottom=3.4)
    return figure


def controlled_factors(
    weights: Mapping[str, float],
    controls: Mapping[str, float],
    names: Mapping[str, Text],
    share: float,
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw the weight of each factor with the part under control, and above it the sum.

    Args:
        weights: weight of each factor.
        controls: the part of each under control, from 0 to 1.
        names: what each factor is called.
        share: the weighted sum under control, a ratio.
        guess: the learner's prediction of it, a ratio, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.75)
    axes = figure.subplots()
    widest = max(weights.values())
    axes.barh(0, widest, height=0.7, color=LINE)
    axes.barh(0, share * widest, height=0.7, color=ACCENT)
    words = Text("nắm được: {s}", "ours: {s}").format(s=percent(share, 0))(lang)
    beyond = Text("ngoài tầm tay: {s}", "beyond us: {s}").format(s=percent(1 - share, 0))(lang)
    axes.text(0, -0.45, words, va="bottom", color=ACCENT, weight="bold")
    axes.text(widest, -0.45, beyond, va="bottom", ha="right", color=SOFT, weight="bold")
    if guess is not None:
        axes.plot([guess * widest] * 2, [-0.42, 0.42], **GUESS_LINE)
        side = "left" if guess < 0.5 else "right"
        told = f"{YOUR_GUESS(lang)} {percent(guess, 0)(lang)}"
        axes.text(guess * widest, 0.45, told, va="top", ha=side, color=GOLD, **LABEL)
    for row, key in enumerate(weights, start=2):
        axes.barh(row, weights[key], height=0.38, color=LINE)
        axes.barh(row, weights[key] * controls[key], height=0.38, color=ACCENT)
        axes.text(0, row - 0.22, names[key](lang), va="bottom", fontsize="small")
    axes.set(xlim=(0, widest * 1.02), ylim=(len(weights) + 1.4, -1.2))
    axes.axis("off")
    inset(figure, left=0.3, right=0.3)
    return figure
