"""Charts of lesson 09: what a programme costs, what it returns, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from cxlib.charts.style import (
    ACCENT,
    GOLD,
    GUESS_LINE,
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
from cxlib.text import Lang, Text, money, number, percent, points

_YEAR: Final = Text("Năm", "Year")
_ONE_OFF: Final = Text("chi một lần", "one-off")
_YEARLY: Final = Text("chi mỗi năm, cộng dồn", "yearly, all years")
_SIMPLE: Final = Text("ROI đơn giản", "simple ROI")
_DISCOUNTED: Final = Text("ROI có chiết khấu", "discounted ROI")
_CUMULATIVE: Final = Text("● cộng dồn, có chiết khấu", "● cumulative, discounted")
_NET: Final = Text("■ thu trừ chi, tỷ ₫", "■ net flow, ₫ billion")
_PUT_IN: Final = Text("vốn bỏ ra", "money put in")
_PAYS_BACK: Final = Text("hòa vốn", "pays back")
_BELIEVED: Final = Text("bạn tin", "you believe")
_TODAY: Final = Text("hôm nay", "today")
_LATER: Final = Text("sau đó", "later")
_ZERO_GUESSED: Final = Text("số 0 theo bạn đoán", "0 by your guess")


def cost_bars(
    one_off: pd.Series,
    recurring: pd.Series,
    names: Mapping[str, Text],
    guess: str | None,
    lang: Lang,
) -> Figure:
    """Draw each cost kind as a bar of one-off and recurring money; the largest stands out.

    Args:
        one_off: dong spent once, one per cost code.
        recurring: dong spent over all years, one per cost code.
        names: what each cost code is called.
        guess: the code the learner took for the largest, or None.
        lang: the reader's language.
    """
    total = one_off + recurring
    figure = blank(height=1.4)
    axes = figure.subplots()
    largest = total.idxmax() if total.max() > 0 else None
    for row, code in enumerate(total.index):
        strong = code == largest
        bar: dict[str, Any] = {"height": 0.42, "alpha": 1.0 if strong else 0.45}
        axes.barh(row, one_off[code], color=ACCENT, **bar)
        axes.barh(row, recurring[code], left=one_off[code], color=GOLD, **bar)
        weight = "bold" if strong else "normal"
        axes.text(0, row - 0.27, names[code](lang), va="bottom", fontsize="small", weight=weight)
        amount = f"\u00a0{money(total[code])(lang)}"
        if code == guess:
            amount += f"\u00a0◂\u00a0{YOUR_GUESS(lang)}"
        axes.text(total[code], row, amount, va="center", fontsize="small", weight=weight)
    axes.set(xlim=(0, max(total.max(), 1) * 1.4), ylim=(len(total) - 0.5, -0.95))
    axes.axis("off")
    axes.plot([], [], color=ACCENT, lw=7, label=_ONE_OFF(lang))
    axes.plot([], [], color=GOLD, lw=7, label=_YEARLY(lang))
    figure.legend(loc="lower center", ncols=2, frameon=False, fontsize="small")
    inset(figure, left=0.3, right=0.3, bottom=2)
    return figure


def roi_cockpit(
    net: NDArray[np.float64],
    cumulative: NDArray[np.float64],
    simple_roi: float,
    discounted_roi: float,
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw the two returns on one line, and below it the flows with their discounted sum.

    It is redrawn at every key press, so it has no ticks and no legend box: every mark carries its
    own words.

    Args:
        net: benefit less cost of each year, dong.
        cumulative: discounted sum of ``net`` up to each year, dong.
        simple_roi: return without time, a ratio.
        discounted_roi: return with time, a ratio.
        guess: the learner's prediction of the discounted return, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.3)
    axes = figure.subplots()
    axes.axis("off")
    _return_line(axes, simple_roi, discounted_roi, guess, lang)
    _flow_bars(axes, net / 1e9, cumulative / 1e9, lang)
    inset(figure, left=0.6, right=0.6, top=0.3, bottom=2.4)
    figure.text(0.01, 0.01, _NET(lang), color=ACCENT, **LABEL)
    figure.text(0.99, 0.01, _CUMULATIVE(lang), color=INK, ha="right", **LABEL)
    return figure


def _return_line(
    axes: Axes, simple: float, discounted: float, guess: float | None, lang: Lang
) -> None:
    """Draw a line of returns across the top of the axes, in fractions of them."""
    marks = [
        (simple, _SIMPLE, SOFT, "o", 0.9),
        (discounted, _DISCOUNTED, ACCENT if discounted >= 0 else WARM, "D", 0.78),
    ]
    if guess is not None:
        marks.append((guess, YOUR_GUESS, GOLD, "v", 0.97))
    values = [0.0, *(value for value, *_ in marks)]
    margin = 0.28 * (max(values) - min(values) or 0.1)
    low, width = min(values) - margin, max(values) - min(values) + 2 * margin
    level = 0.84
    across: dict[str, Any] = {"transform": axes.transAxes}
    zero, start, end = ((value - low) / width for value in (0.0, simple, discounted))
    axes.plot([0, 1], [level, level], color=LINE, lw=3, **across)
    axes.plot([start, end], [level, level], color=SOFT, lw=1.4, **across)
    axes.plot([zero, zero], [level - 0.02, level + 0.02], color=INK, lw=1.5, **across)
    for value, name, color, marker, height in marks:
        at = (value - low) / width
        side = "left" if at < 0.25 else "right" if at > 0.75 else "center"
        words = f"{name(lang)} {percent(value)(lang)}"
        axes.plot(at, level, marker=marker, ms=9, color=color, **across)
        axes.text(at, height, words, color=color, ha=side, va="center", **across, **LABEL)


def _flow_bars(
    axes: Axes, net: NDArray[np.float64], cumulative: NDArray[np.float64], lang: Lang
) -> None:
    """Draw the flows of each year and their running sum below the line of returns."""
    years = np.arange(len(net))
    colors = [ACCENT if flow >= 0 else WARM for flow in net]
    axes.bar(years, net, width=0.5, color=colors, alpha=0.55)
    axes.plot([-0.45, years[-1] + 0.6], [0, 0], color=INK, lw=1)
    axes.plot(years, cumulative, color=INK, lw=2, marker="o", ms=5)
    bottom, top = min(0.0, net.min(), cumulative.min()), max(0.0, net.max(), cumulative.max())
    span = top - bottom or 1.0
    for year, flow in enumerate(net.tolist()):
        up = flow >= 0
        at = flow + (0.03 if up else -0.03) * span
        words = number(flow, 2)(lang)
        axes.text(year, at, words, ha="center", va="bottom" if up else "top", color=SOFT)
        axes.text(year, bottom - 0.2 * span, f"{_YEAR(lang)} {year}", ha="center", va="top")
    axes.text(
        years[-1] + 0.09, cumulative[-1], number(cumulative[-1], 2)(lang), va="center", **LABEL
    )
    axes.set(xlim=(-0.5, years[-1] + 0.62), ylim=(bottom - 0.32 * span, top + 0.7 * span))


def _say_in_corner(axes: Axes, x: float, lines: Sequence[tuple[str, str]]) -> None:
    """Write words with their colours in an upper corner, where the curve leaves room.

    ``x`` is the fraction of the axes where they start, or end when it lies in the right half.
    """
    side = "left" if x < 0.5 else "right"
    for row, (words, color) in enumerate(lines):
        axes.text(
            x,
            0.99 - 0.09 * row,
            words,
            transform=axes.transAxes,
            color=color,
            ha=side,
            va="top",
            **LABEL,
        )


def _mark_guess_across(axes: Axes, at: float, lang: Lang) -> None:
    """Draw the learner's prediction as a dotted line across the axes."""
    axes.axhline(at, **GUESS_LINE)
    where = ("axes fraction", "data")
    near: dict[str, Any] = {"textcoords": "offset points", "color": GOLD, **LABEL}
    axes.annotate(YOUR_GUESS(lang), (0.99, at), xycoords=where, xytext=(0, 3), ha="right", **near)


def _mark_guess_upright(
    axes: Axes, at: float, words: str, side: Literal["left", "right"], top: float = 1.0
) -> None:
    """Draw the learner's prediction as a dotted upright line, its words on one side of it."""
    axes.axvline(at, **GUESS_LINE)
    where, gap = ("data", "axes fraction"), 4 if side == "right" else -4
    near: dict[str, Any] = {"textcoords": "offset points", "color": GOLD, **LABEL}
    align = "left" if side == "right" else "right"
    axes.annotate(words, (at, top), xycoords=where, xytext=(gap, 0), va="top", ha=align, **near)


def _billions(axis: Axis, lang: Lang) -> None:
    """Write round ticks with as many decimals as they need."""

    def written(value: float, _: int) -> str:
        reach = float(np.abs(axis.get_view_interval()).max())
        return number(value, max(0, 1 - math.floor(math.log10(reach))))(lang)

    axis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(FuncFormatter(written))


def chance_and_tornado(
    outcome: NDArray[np.float64],
    expected: float,
    bars: pd.DataFrame,
    names: Mapping[str, Text],
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw the spread of NPV with its losing part, and below it what swings NPV most.

    Args:
        outcome: simulated NPV, dong, shape (draws,).
        expected: NPV of the plan itself, dong.
        bars: columns ``low`` and ``high``, dong, widest first; index = input names.
        names: what each input is called.
        guess: the learner's prediction of the chance of a loss, a ratio, or None; it stands where
            zero would have to lie for her to be right.
        lang: the reader's language.
    """
    import seaborn as sns

    figure = blank(height=1.7)
    spread, tornado = figure.subplots(2, 1, height_ratios=(1, 1.6))
    billions = outcome / 1e9
    reach = float(max(billions.max(), 0.0) - min(billions.min(), 0.0))
    step = max(float(np.ptp(billions)) / 36, reach / 60, 1e-4)
    edges = step * np.arange(np.floor(billions.min() / step), np.ceil(billions.max() / step) + 2)
    for part, color in ((billions[billions < 0], WARM), (billions[billions >= 0], ACCENT)):
        if part.size:
            sns.histplot(
                x=part, bins=edges.tolist(), color=color, alpha=0.75, edgecolor="white", ax=spread
            )
    spread.axvline(0, color=INK, lw=1.2)
    spread.axvline(expected / 1e9, color=GOLD, lw=2, ls="--")
    at_right = spread.transLimits.transform((expected / 1e9, 0.0))[0] > 0.75
    spread.annotate(
        Text("kế hoạch", "the plan")(lang),
        (expected / 1e9, 1),
        xycoords=("data", "axes fraction"),
        xytext=(-4 if at_right else 4, -18),
        textcoords="offset points",
        color=GOLD,
        ha="right" if at_right else "left",
        va="top",
        weight="bold",
    )
    if guess is not None:
        outward: Literal["left", "right"] = "left" if guess < 0.5 else "right"
        at = float(np.quantile(billions, min(max(guess, 0.0), 1.0)))
        _mark_guess_upright(spread, at, _ZERO_GUESSED(lang), outward)
    spread.set(ylabel="", yticks=[])
    spread.spines["left"].set_visible(False)
    spread.set_xlabel(Text("NPV, tỷ ₫", "NPV, ₫ billion")(lang))
    _billions(spread.xaxis, lang)
    _tornado(tornado, bars / 1e9, expected / 1e9, names, lang)
    inset(figure, left=1, right=1, top=0.6, bottom=0.4, hspace=0.34)
    return figure


def _tornado(
    axes: Axes, bars: pd.DataFrame, expected: float, names: Mapping[str, Text], lang: Lang
) -> None:
    reach = max(np.abs(bars[["low", "high"]].to_numpy() - expected).max(), 0.1) * 1.25
    for row, (key, low, high) in enumerate(zip(bars.index, bars["low"], bars["high"], strict=True)):
        axes.barh(
            row,
            low - expected,
            left=expected,
            height=0.36,
            color=WARM if low < expected else ACCENT,
            alpha=0.75,
        )
        axes.barh(
            row,
            high - expected,
            left=expected,
            height=0.36,
            color=ACCENT if high >= expected else WARM,
            alpha=0.75,
        )
        axes.text(
            expected,
            row - 0.23,
            names[key](lang),
            ha="center",
            va="bottom",
            fontsize="small",
        )
        axes.vlines(expected, row - 0.18, row + 0.18, color=GOLD, lw=1.5)
        left, right = min(low, high), max(low, high)
        for end, align, text in (
            (left, "right", f"{number(left, 1)(lang)}\u00a0"),
            (right, "left", f"\u00a0{number(right, 1)(lang)}"),
        ):
            if abs(end - expected) > 0.06 * reach:
                axes.text(end, row, text, ha=align, va="center", fontsize="small", color=SOFT)
    axes.set(xlim=(expected - reach, expected + reach), ylim=(len(bars) - 0.5, -0.9))
    axes.axis("off")


def breakeven_curve(
    uplifts: NDArray[np.float64],
    gains: NDArray[np.float64],
    investment: float,
    needed: float,
    believed: float,
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw the value gained against the rise in retention, with the point that pays back.

    Args:
        uplifts: rises in retention, ratios, shape (n,).
        gains: value gained at each, dong, shape (n,).
        investment: money to win back, dong.
        needed: the rise that wins it back, a ratio.
        believed: the rise the learner believes in, a ratio.
        guess: the learner's prediction of the rise needed, a ratio, or None.
        lang: the reader's language.
    """
    figure = blank()
    axes = figure.subplots()
    axes.plot(uplifts * 100, gains / 1e9, color=ACCENT, lw=2.5)
    axes.axhline(investment / 1e9, color=WARM, lw=1.5, ls="--")
    if needed <= uplifts[-1]:
        axes.plot(needed * 100, investment / 1e9, "o", ms=9, color=WARM)
    axes.plot(believed * 100, np.interp(believed, uplifts, gains) / 1e9, "D", ms=8, color=GOLD)
    told = [
        (f"╌ {_PUT_IN(lang)}: {money(investment)(lang)}", WARM),
        (f"● {_PAYS_BACK(lang)}: +{points(needed)(lang)}", WARM),
        (f"◆ {_BELIEVED(lang)}: +{points(believed)(lang)}", GOLD),
    ]
    _say_in_corner(axes, 0.02, told)
    if guess is not None:
        side: Literal["left", "right"] = "left" if guess > uplifts[-1] / 2 else "right"
        top = 0.98 if side == "left" else 0.7
        _mark_guess_upright(axes, guess * 100, YOUR_GUESS(lang), side, top)
    axes.set_xlabel(Text("tỷ lệ khách ở lại tăng thêm, điểm %", "rise in retention rate, pp")(lang))
    axes.set_ylabel(Text("giá trị tăng thêm, tỷ ₫", "value gained, ₫ billion")(lang))
    axes.set_xlim(0, uplifts[-1] * 100)
    axes.set_ylim(0, max(gains.max(), investment) / 1e9 * 1.15)
    _billions(axes.xaxis, lang)
    _billions(axes.yaxis, lang)
    inset(figure, left=4.6, right=1.2, top=0.6, bottom=3.4)
    return figure


def trust_curve(
    trust: NDArray[np.float64],
    cost: NDArray[np.float64],
    today: tuple[float, float],
    later: tuple[float, float],
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw the cost of missing trust over the trust index, and the way from today to later.

    Args:
        trust: trust index, shape (n,).
        cost: dong a year at each level, shape (n,).
        today: trust and cost now.
        later: trust and cost after the change.
        guess: the learner's prediction of the later cost, dong a year, or None.
        lang: the reader's language.
    """
    figure = blank()
    axes = figure.subplots()
    axes.fill_between(trust, cost / 1e9, color=PALE, alpha=0.6, lw=0)
    axes.plot(trust, cost / 1e9, color=ACCENT, lw=2.5)
    worse = later[1] > today[1]
    told = ((today, INK, _TODAY), (later, WARM if worse else ACCENT, _LATER))
    for (level, amount), color, _ in told:
        axes.plot([level, level], [0, amount / 1e9], color=color, lw=1.2, ls=":")
        axes.plot(level, amount / 1e9, "o", ms=9, color=color)
    _say_in_corner(
        axes,
        0.98,
        [(f"● {name(lang)}: {money(amount)(lang)}", color) for (_, amount), color, name in told],
    )
    if guess is not None:
        _mark_guess_across(axes, guess / 1e9, lang)
    axes.set_xlabel(Text("chỉ số niềm tin (0–100)", "trust index (0–100)")(lang))
    axes.set_ylabel(Text("chi phí, tỷ ₫ mỗi năm", "cost, ₫ billion a year")(lang))
    axes.set(
        xlim=(0, 100),
        ylim=(0, max(cost.max() / 1e9, (guess or 0) / 1e9, 0.1) * 1.1),
        xticks=range(0, 101, 20),
    )
    _billions(axes.yaxis, lang)
    inset(figure, left=4.6, right=1.6, top=0.6, bottom=3.4)
    return figure


def attitude_lines(
    poster: NDArray[np.float64], chosen: NDArray[np.float64], guess: float | None, lang: Lang
) -> Figure:
    """Draw how good attitude spreads and fades: the poster alone against what was chosen.

    Args:
        poster: share of encounters, month by month, with the poster alone.
        chosen: the same with the learner's choice.
        guess: the learner's prediction for the poster after a year, a share, or None.
        lang: the reader's language.
    """
    figure = blank()
    axes = figure.subplots()
    months = np.arange(len(chosen))
    axes.plot(months, poster * 100, color=WARM, lw=2, ls="--")
    axes.plot(months, chosen * 100, color=ACCENT, lw=3)
    labels = [(chosen[-1] * 100, Text("bạn chọn", "your choice"), ACCENT)]
    if abs(chosen[-1] - poster[-1]) > 0.05:
        labels.append((poster[-1] * 100, Text("chỉ áp phích", "poster only"), WARM))
    for height, name, color in labels:
        axes.text(
            months[-1] + 0.2,
            height,
            f"{name(lang)}\n{percent(height / 100, 0)(lang)}",
            color=color,
            **LABEL,
            va="center",
        )
    if guess is not None:
        _mark_guess_across(axes, guess * 100, lang)
    axes.set_xlabel(Text("tháng", "month")(lang))
    axes.set_ylabel(Text("% lượt có thái độ tốt", "% with a good attitude")(lang))
    axes.set(xlim=(0, months[-1] * 1.38), ylim=(0, 100), xticks=range(0, len(chosen), 2))
    axes.spines["bottom"].set_bounds(0, months[-1])
    inset(figure, left=4.6, right=0.4, top=0.6, bottom=3.4)
    return figure


def shrinking_money(rates: Sequence[float], years: int, lang: Lang) -> Figure:
    """Draw what one billion dong received in a later year is worth today.

    Args:
        rates: discount rates a year, ratios.
        years: how many years ahead.
        lang: the reader's language.
    """
    import seaborn as sns

    later = np.arange(years + 1)
    worth = pd.DataFrame(
        [
            (year, percent(rate, 0)(lang), 1000 / (1 + rate) ** year)
            for rate in rates
            for year in later
        ],
        columns=["year", "rate", "worth"],
    )
    figure = blank()
    axes = figure.subplots()
    sns.lineplot(
        worth,
        x="year",
        y="worth",
        hue="rate",
        palette=[PALE, ACCENT, GOLD][: len(rates)],
        marker="o",
        lw=2.5,
        ax=axes,
        legend=False,
    )
    for rate in rates:
        end = 1000 / (1 + rate) ** years
        axes.text(
            years + 0.08,
            end,
            f"{percent(rate, 0)(lang)}: {number(end)(lang)}",
            va="center",
            fontsize="small",
        )
    axes.set_xlabel(Text("nhận sau mấy năm", "received after how many years")(lang))
    axes.set_ylabel(Text("giá trị hôm nay, triệu ₫", "worth today, ₫ million")(lang))
    axes.set(xlim=(0, years * 1.3), ylim=(0, 1050), xticks=later)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)(lang)))
    axes.spines["bottom"].set_bounds(0, years)
    inset(figure, left=5.4, right=0.4, top=0.6, bottom=3.4)
    return figure
