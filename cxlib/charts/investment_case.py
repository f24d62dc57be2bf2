"""Charts of lesson 12: a draft mended, what evidence is worth, and a pilot that may stop."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
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
from cxlib.text import Lang, Text, money, number, percent, signed

_DRAFT: Final = Text("bản nháp ghi", "the draft says")
_LEFT: Final = Text("còn lại", "what is left")
_NOT_MENDED: Final = Text("chưa sửa", "not mended")
_AT_FIRST: Final = Text("lúc đầu", "at first")
_NOW: Final = Text("bây giờ", "now")
_RANGE: Final = Text("khoảng NPV của 90 % kịch bản, tỷ ₫", "NPV of 90% of the futures, ₫ billion")
_WORTH: Final = Text("mỗi việc làm khoảng ấy hẹp lại bao nhiêu", "how much each job narrows it")
_AT_ONCE: Final = Text("Làm luôn", "At once")
_PILOT: Final = Text("Thí điểm trước", "Pilot first")
_LOSES: Final = Text("lỗ", "lose")
_AVERAGE: Final = Text("bình quân", "average")
_STOPPED: Final = Text("dừng sớm", "stop early")
_NPV: Final = Text("NPV, tỷ ₫", "NPV, ₫ billion")
_NO_BREAK: Final = "\u00a0"
_SEEN: Final = 0.005
"""The smallest share that does not read as 0%."""


def mending(
    claimed: Sequence[float],
    faults: Mapping[str, Text],
    mended: Collection[str],
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw how the claimed value falls, fault by fault, from the draft to what is left.

    Args:
        claimed: dong claimed at first and after each fault, shape (faults + 1,).
        faults: what each fault is called, in order.
        mended: the faults taken out.
        guess: the learner's prediction of what is left, dong, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.35)
    axes = figure.subplots()
    rows = [(_DRAFT(lang), 0.0, claimed[0], INK)]
    for fault, before, after in zip(faults, claimed[:-1], claimed[1:], strict=True):
        rows.append((faults[fault](lang), before, after, WARM if fault in mended else LINE))
    sound = len(mended) == len(faults)
    rows.append((_LEFT(lang), 0.0, claimed[-1], ACCENT if sound else SOFT))
    last = len(rows) - 1
    for row, (name, start, end, color) in enumerate(rows):
        whole = row in (0, last)
        left, right = min(start, end), max(start, end)
        axes.barh(row, right - left, left=left, height=0.4, color=color)
        axes.text(
            0, row - 0.27, name, va="bottom", fontsize="small", weight="bold" if whole else "normal"
        )
        if whole:
            words = money(end)(lang)
        elif color == LINE:
            words = _NOT_MENDED(lang)
        else:
            words = signed(money(end - start))(lang)
        axes.text(right, row, f"{_NO_BREAK}{words}", va="center", fontsize="small", color=SOFT)
    if guess is not None:
        _mark_guess(axes, guess, last, lang)
    top = max(*claimed, guess or 0.0)
    axes.set(xlim=(min(0.0, *claimed, guess or 0.0), top * 1.35), ylim=(last + 0.5, -0.75))
    axes.axis("off")
    inset(figure, left=0.4, right=0.4, top=0.2, bottom=0.4)
    return figure


def _mark_guess(axes: Axes, guess: float, last: int, lang: Lang) -> None:
    """Mark the learner's prediction beside the last bar."""
    axes.text(guess, last + 0.24, f"▴ {YOUR_GUESS(lang)}", color=GOLD, va="top", **LABEL)


def evidence(
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    worth: Mapping[str, float],
    jobs: Mapping[str, Text],
    done: Collection[str],
    guess: str | None,
    lang: Lang,
) -> Figure:
    """Draw the range of NPV at first and now, and below it what each job narrows it by.

    Args:
        before: simulated NPV while all is a guess, dong, shape (draws,).
        after: the same with the jobs done.
        worth: dong by which each job narrows the range.
        jobs: what each job is called.
        done: the jobs done.
        guess: the job the learner took for the best, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.6)
    ranges, bars = figure.subplots(2, 1, height_ratios=(1, 2.4))
    _draw_ranges(ranges, before / 1e9, after / 1e9, lang)
    reach = max(max(worth.values()), 1e7)
    for row, (job, amount) in enumerate(worth.items()):
        color = ACCENT if job in done else PALE
        bars.barh(row, max(amount, 0.0), height=0.36, color=color)
        name = f"✓ {jobs[job](lang)}" if job in done else jobs[job](lang)
        bars.text(0, row - 0.24, name, va="bottom", fontsize="small")
        words = money(round(max(amount, 0.0), -6))(lang)
        words += f" ◂ {YOUR_GUESS(lang)}" if job == guess else ""
        bars.text(
            max(amount, 0.0),
            row,
            f"{_NO_BREAK}{words.replace(' ', _NO_BREAK)}",
            va="center",
            fontsize="small",
            color=GOLD if job == guess else SOFT,
        )
    bars.text(0, -1.0, _WORTH(lang), va="bottom", color=INK, **LABEL)
    bars.set(xlim=(0, reach * 1.9), ylim=(len(worth) - 0.5, -1.5))
    bars.axis("off")
    inset(figure, left=0.4, right=0.4, top=0.4, bottom=0.2, hspace=0.12)
    return figure


def _draw_ranges(
    axes: Axes, before: NDArray[np.float64], after: NDArray[np.float64], lang: Lang
) -> None:
    """Draw two ranges above each other, zero across both."""
    ends = np.quantile(before, (0.05, 0.95))
    room = 0.34 * (ends[1] - ends[0])
    for row, (outcome, name, color) in enumerate(
        ((before, _AT_FIRST, SOFT), (after, _NOW, ACCENT))
    ):
        low, high = np.quantile(outcome, (0.05, 0.95))
        axes.plot([low, high], [row, row], color=color, lw=7, solid_capstyle="butt")
        axes.text(
            low,
            row,
            f"{number(low, 1)(lang)}{_NO_BREAK}",
            ha="right",
            va="center",
            fontsize="small",
        )
        words = f"{_NO_BREAK}{number(high, 1)(lang)}{_NO_BREAK}·{_NO_BREAK}{name(lang)}"
        axes.text(high, row, words, va="center", color=color, **LABEL)
    axes.axvline(0, 0.12, 0.78, color=INK, lw=1, ls=":")
    axes.text(0, 1.68, "0", ha="center", va="bottom", fontsize="small")
    axes.text(0, 1, _RANGE(lang), transform=axes.transAxes, va="top", color=INK, **LABEL)
    axes.set(xlim=(ends[0] - 0.6 * room, ends[1] + 1.4 * room), ylim=(1.7, -1.3))
    axes.axis("off")


def stages(
    whole: NDArray[np.float64],
    followed: NDArray[np.float64],
    mean: float,
    pilot_cost: float,
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw the spread of NPV done at once, and below it with a pilot that may stop it.

    Args:
        whole: simulated NPV done at once, dong, shape (draws,).
        followed: NPV of the futures in which the programme follows the pilot, dong; the others
            of the draws lose the pilot's cost.
        mean: average NPV with a pilot, dong.
        pilot_cost: what the pilot costs, dong.
        guess: the learner's prediction of the chance of a loss with a pilot, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.35)
    upper, lower = figure.subplots(2, 1, sharex=True)
    both = np.concatenate((whole, followed, [-pilot_cost])) / 1e9
    reach = max(float(np.ptp(both)), 0.2)
    edges = np.arange(np.floor(both.min() * 44 / reach), np.ceil(both.max() * 44 / reach) + 2)
    edges *= reach / 44
    stopped = 1 - followed.size / whole.size
    shown = stopped >= _SEEN
    lost = float((followed < 0).sum()) / whole.size + stopped * (pilot_cost > 0)
    highest = _draw_spread(upper, whole / 1e9, edges)
    _draw_spread(lower, followed / 1e9, edges)
    for axes, name, loss, centre in (
        (upper, _AT_ONCE, float((whole < 0).mean()), whole.mean()),
        (lower, _PILOT, lost, mean),
    ):
        axes.axvline(0, color=INK, lw=1.2)
        axes.axvline(centre / 1e9, color=GOLD, lw=2, ls="--")
        lines = [
            (name(lang), INK),
            (f"{percent(loss, 0)(lang)} {_LOSES(lang)}", WARM),
            (f"╌ {_AVERAGE(lang)} {number(centre / 1e9, 2)(lang)}", GOLD),
        ]
        if axes is lower and shown:
            lines.insert(2, (f"● {percent(stopped, 0)(lang)} {_STOPPED(lang)}", WARM))
        if axes is lower and guess is not None:
            lines.append((f"{YOUR_GUESS(lang)}: {percent(guess, 0)(lang)} {_LOSES(lang)}", GOLD))
        _say_at_right(axes, lines)
        axes.set(yticks=[], ylim=(0, highest * 1.15))
        axes.spines["left"].set_visible(False)
    if shown:
        _mark_stopped(lower, -pilot_cost / 1e9, highest)
    lower.set_xlim(both.min() - 0.03 * reach, both.max() + 0.6 * reach)
    lower.set_xlabel(_NPV(lang))
    decimals = 0 if reach > 4 else 1
    lower.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    lower.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, decimals)(lang)))
    inset(figure, left=1, right=1, top=0.4, bottom=3.4, hspace=0.12)
    return figure


def _draw_spread(axes: Axes, billions: NDArray[np.float64], edges: NDArray[np.float64]) -> float:
    """Draw losses and gains in their colours; return the height of the highest bar."""
    counts, _ = np.histogram(billions, edges)
    middle = (edges[:-1] + edges[1:]) / 2
    for part, color in ((middle < 0, WARM), (middle > 0, ACCENT)):
        if part.any():
            sides = np.append(edges[:-1][part], edges[1:][part][-1])
            axes.stairs(counts[part], sides, fill=True, color=color, alpha=0.75)
    return float(counts.max())


def _say_at_right(axes: Axes, lines: Sequence[tuple[str, str]]) -> None:
    for row, (words, color) in enumerate(lines):
        axes.text(
            0.99,
            0.97 - 0.16 * row,
            words,
            transform=axes.transAxes,
            ha="right",
            va="top",
            color=color,
            **LABEL,
        )


def _mark_stopped(axes: Axes, at: float, highest: float) -> None:
    """Mark where the futures lie that the pilot stopped, all at one value."""
    axes.plot([at, at], [0, highest * 0.95], color=WARM, lw=4, solid_capstyle="butt")
    axes.plot(at, highest * 0.95, "o", ms=9, color=WARM)
