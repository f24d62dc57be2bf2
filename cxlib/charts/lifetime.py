"""Charts of lesson 08: how long customers stay, and what that is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
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
from cxlib.text import Lang, Text, money, needed_decimals, number, percent, years

FloatArray = NDArray[np.float64]

_PASSES: Final = 60
_BANDS: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def years_of_margin(
    staying: FloatArray,
    worth: FloatArray,
    multiple: float,
    lifetime: float,
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw the customer's value in years of margin on one line, and year by year below it.

    Args:
        staying: chance that she still buys in year 1, 2, …, ratios.
        worth: the same in today's value.
        multiple: sum of ``worth`` over all years to come.
        lifetime: one over the churn rate, in years.
        guess: the learner's prediction of the multiple, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.35)
    line, bars = figure.subplots(2, 1, height_ratios=(1, 1.7))
    marks = [
        (lifetime, Text("chia cho tỷ lệ rời bỏ", "divided by churn"), SOFT, "o", 0.36),
        (multiple, Text("giá trị thật", "true value"), ACCENT, "D", -0.36),
    ]
    if guess is not None:
        marks.append((guess, YOUR_GUESS, GOLD, "v", 0.72))
    reach = max(value for value, *_ in marks) * 1.04
    line.plot([0, reach], [0, 0], color=LINE, lw=3)
    line.plot([multiple, lifetime], [0, 0], color=SOFT, lw=1.4)
    for value, name, color, marker, height in marks:
        side = "left" if value < 0.33 * reach else "right" if value > 0.67 * reach else "center"
        line.plot(value, 0, marker=marker, ms=9, color=color, clip_on=False)
        words = f"{name(lang)}: {years(value, needed_decimals(value, 1))(lang)}"
        line.text(value, height, words, color=color, ha=side, va="center", **LABEL)
    line.set(xlim=(0, reach), ylim=(-0.7, 0.95))
    line.axis("off")

    year = np.arange(1, len(staying) + 1)
    bars.bar(year, staying * 100, width=0.8, color=PALE)
    bars.bar(year, worth * 100, width=0.8, color=ACCENT)
    told = (
        (Text("□ chưa chiết khấu", "□ before discounting"), SOFT),
        (Text("■ giá trị hôm nay", "■ in today's value"), ACCENT),
    )
    for row, (legend, color) in enumerate(told):
        bars.text(
            0.99,
            0.98 - 0.13 * row,
            legend(lang),
            transform=bars.transAxes,
            color=color,
            ha="right",
            va="top",
            **LABEL,
        )
    bars.set(xlim=(0.4, year[-1] + 0.6), ylim=(0, 104))
    bars.set_xlabel(Text("năm thứ", "year")(lang))
    bars.set_ylabel(Text("% của một năm", "% of one year")(lang))
    bars.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    inset(figure, left=4.8, right=0.5, top=0.3, bottom=3.4, hspace=0.1)
    return figure


def multiples(table: pd.DataFrame, lang: Lang) -> Figure:
    """Draw the margin multiple against the retention rate, one line per discount rate.

    Args:
        table: columns ``retention``, ``rate`` and ``multiple``.
        lang: the reader's language.
    """
    import seaborn as sns

    figure = blank()
    axes = figure.subplots()
    rates = sorted(table["rate"].unique())
    colors = dict(zip(rates, (ACCENT, GOLD, WARM), strict=True))
    shown = table.assign(retention=table["retention"] * 100)
    sns.lineplot(
        shown,
        x="retention",
        y="multiple",
        hue="rate",
        palette=colors,
        lw=2.5,
        ax=axes,
        legend=False,
    )
    ends = shown.groupby("rate")["multiple"].last()
    label = Text("chiết khấu {rate}: {end} ở mức 95 %", "discount {rate}: {end} at 95%")
    for row, rate in enumerate(rates):
        words = label.format(rate=percent(rate, 0), end=number(ends[rate], 1))
        axes.text(
            0.03,
            0.97 - 0.1 * row,
            f"━ {words(lang)}",
            transform=axes.transAxes,
            color=colors[rate],
            va="top",
            **LABEL,
        )
    axes.set_xlabel(Text("tỷ lệ khách ở lại, %", "retention rate, %")(lang))
    axes.set_ylabel(Text("số năm biên lợi nhuận", "years of margin")(lang))
    axes.set(xlim=(shown["retention"].min(), shown["retention"].max()), ylim=(0, None))
    inset(figure, left=4.2, right=0.9, top=0.6, bottom=3.4)
    return figure


def two_readings(
    readings: Sequence[tuple[Text, float]],
    claim: tuple[float, float],
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw the gain in value under each reading of a claim, below the range it promises.

    Args:
        readings: what each reading is called, and its gain, a ratio.
        claim: lowest and highest gain promised, ratios.
        guess: the learner's prediction for the last reading, a ratio, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.05)
    axes = figure.subplots()
    said = Text("câu hay nghe: {low} đến {high}", "often heard: {low} to {high}").format(
        low=percent(claim[0], 0), high=percent(claim[1], 0)
    )
    reach = max(claim[1], *(gain for _, gain in readings), guess or 0.0) * 1.22
    axes.barh(0, claim[1] - claim[0], left=claim[0], height=0.42, color=PALE)
    axes.text(0, -0.27, f"\u00a0{said(lang)}", va="bottom", color=SOFT, **LABEL)
    for row, ((name, gain), color) in enumerate(zip(readings, (ACCENT, WARM), strict=True), 1):
        axes.barh(row, gain, height=0.42, color=color)
        axes.text(0, row - 0.27, f"\u00a0{name(lang)}", va="bottom", color=color, **LABEL)
        axes.text(gain, row, f"\u00a0+{percent(gain)(lang)}", va="center", color=color, **LABEL)
    last = len(readings)
    if guess is not None:
        axes.plot([guess, guess], [last - 0.25, last + 0.3], **GUESS_LINE)
        side = "right" if guess > reach / 2 else "left"
        words = f"{YOUR_GUESS(lang)} {percent(guess)(lang)}"
        axes.text(guess, last + 0.36, words, color=GOLD, ha=side, va="top", **LABEL)
    axes.plot([0, 0], [-0.3, last + 0.3], color=INK, lw=1.2)
    axes.set(xlim=(0, reach), ylim=(last + 0.75, -0.75))
    axes.axis("off")
    inset(figure, left=0.3, right=0.3, top=0.2, bottom=0.2)
    return figure


def changing_mix(
    staying: FloatArray,
    groups: Sequence[tuple[Text, float]],
    there: FloatArray,
    asked: int,
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw the retention of all together, and below it who is still there.

    Args:
        staying: retention of all in year 1, 2, …, ratios.
        groups: name and constant retention of the easy leavers and of the hard ones.
        there: customers of each group at the start of each year, shape ``(2, years)``.
        asked: the year the learner was asked about.
        guess: her prediction of the retention in that year, a ratio, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.5)
    rates, people = figure.subplots(2, 1, sharex=True, height_ratios=(1.25, 1))
    year = np.arange(1, len(staying) + 1)
    end = year[-1] + 0.5
    heights = spread([rate * 100 for _, rate in groups] + [staying[-1] * 100], gap=13)
    names = [name for name, _ in groups] + [Text("tất cả", "all together")]
    for (_, rate), color in zip(groups, (WARM, SOFT), strict=True):
        rates.plot([0.5, end], [rate * 100, rate * 100], color=color, lw=1.6, ls="--")
    rates.plot(year, staying * 100, color=ACCENT, lw=3, marker="o", ms=5)
    for height, name, color in zip(heights, names, (WARM, SOFT, ACCENT), strict=True):
        rates.text(end + 0.15, height, name(lang), color=color, va="center", **LABEL)
    if guess is not None:
        rates.plot(asked, guess * 100, marker="v", ms=10, color=GOLD)
        low = guess * 100 < 18
        rates.text(
            asked,
            guess * 100 + (6 if low else -6),
            YOUR_GUESS(lang),
            color=GOLD,
            ha="center",
            va="bottom" if low else "top",
            **LABEL,
        )
    rates.set(ylim=(0, 106), yticks=(0, 50, 100))
    rates.set_ylabel(Text("% ở lại", "% who stay")(lang))
    people.bar(year, there[1], width=0.7, color=SOFT, alpha=0.75)
    people.bar(year, there[0], width=0.7, bottom=there[1], color=WARM, alpha=0.85)
    for x, total in zip(year, there.sum(axis=0), strict=True):
        words = number(total)(lang)
        people.text(x, total, words, ha="center", va="bottom", fontsize="x-small", color=INK)
    people.set(xlim=(0.5, end), ylim=(0, there.sum(axis=0).max() * 1.16), yticks=(), xticks=year)
    people.spines["left"].set_visible(False)
    people.set_ylabel(Text("còn lại", "left")(lang))
    people.set_xlabel(Text("năm thứ", "year")(lang))
    inset(figure, left=4.8, right=6.6, top=0.4, bottom=3.4, hspace=0.12)
    return figure


def same_age(
    staying: Mapping[str, FloatArray], special: str, names: tuple[Text, Text], lang: Lang
) -> Figure:
    """Draw the retention of several cohorts against their age, one of them set apart.

    Args:
        staying: retention in month 1, 2, … of each cohort, ratios.
        special: the cohort to set apart.
        names: what that one is called, and the others.
        lang: the reader's language.
    """
    figure = blank()
    axes = figure.subplots()
    for cohort, rates in staying.items():
        strong = cohort == special
        look: dict[str, Any] = {"color": ACCENT, "lw": 3} if strong else {"color": SOFT, "lw": 1.2}
        axes.plot(np.arange(1, len(rates) + 1), rates * 100, zorder=2 + strong, **look)
    for row, (name, color) in enumerate(zip(names, (ACCENT, SOFT), strict=True)):
        axes.text(
            0.98,
            0.16 - 0.11 * row,
            f"━ {name(lang)}",
            transform=axes.transAxes,
            color=color,
            ha="right",
            **LABEL,
        )
    axes.set_xlabel(Text("tháng tuổi của nhóm", "age of the cohort, months")(lang))
    axes.set_ylabel(Text("% ở lại", "% who stay")(lang))
    axes.set(xlim=(0.8, 12.2), ylim=(70, 100), xticks=range(1, 13), yticks=(70, 80, 90, 100))
    inset(figure, left=4.6, right=0.6, top=0.6, bottom=3.4)
    return figure


def forecasts(
    actual: FloatArray,
    known: int,
    lines: Mapping[str, FloatArray],
    labels: Mapping[str, Text],
    guess: tuple[Sequence[float], FloatArray] | None,
    lang: Lang,
) -> Figure:
    """Draw how many customers are left, and what each way of extending the curve claims.

    Args:
        actual: shares still there after 0, 1, 2, … years.
        known: the last year the forecaster has seen.
        lines: what each method claims for the same years; it may leave 0–1.
        labels: what stands beside the end of each line, and of ``actual``.
        guess: years and shares drawn by the learner, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.25)
    axes = figure.subplots()
    year = np.arange(len(actual))
    colors = {"linear": WARM, "quadratic": GOLD, "exponential": SOFT, "sbg": ACCENT, "actual": INK}
    axes.axvspan(0, known, color=PALE, alpha=0.45, lw=0)
    axes.text(known - 0.15, 1.03, Text("đã biết", "known")(lang), ha="right", color=SOFT, **LABEL)
    for name, line in lines.items():
        axes.plot(year[known:], line[known:], color=colors[name], lw=2.2, ls="--")
    axes.plot(year, actual, color=INK, lw=2.5, marker="o", ms=5)
    ends = {**{name: line[-1] for name, line in lines.items()}, "actual": actual[-1]}
    words = {name: labels[name](lang) for name in ends}
    if guess is not None:
        axes.plot(*guess, **GUESS_LINE)
        ends["guess"], words["guess"], colors["guess"] = guess[1][-1], YOUR_GUESS(lang), GOLD
    at = spread([min(end, 1.0) for end in ends.values()], gap=0.085, lowest=0.04)
    for name, height in zip(ends, at, strict=True):
        axes.text(year[-1] + 0.3, height, words[name], color=colors[name], va="center", **LABEL)
    axes.set(
        xlim=(0, year[-1] + 0.1), ylim=(0, 1.0), xticks=year[::2], yticks=np.arange(0, 1.1, 0.25)
    )
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: percent(share, 0)(lang)))
    axes.set_xlabel(Text("sau mấy năm", "after how many years")(lang))
    inset(figure, left=4.4, right=9.8, top=1.5, bottom=3.4)
    return figure


def alive_map(
    silent: FloatArray,
    bought: FloatArray,
    alive: FloatArray,
    weeks: float,
    customers: Sequence[tuple[Text, float, Text]],
    guess: int | None,
    lang: Lang,
) -> Figure:
    """Draw the chance to be still a customer as a map, with two customers on it.

    Args:
        silent: weeks since the last purchase, shape (n,).
        bought: repeat purchases, shape (m,).
        alive: the chance at each, ratios, shape (m, n).
        weeks: how long both customers have been silent.
        customers: name, repeat purchases and chance of each of the two.
        guess: which of them the learner took for the likelier customer, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.3)
    axes = figure.subplots()
    shades = [(ACCENT, 0.06 + 0.6 * low) for low in _BANDS[:-1]]
    axes.contourf(silent, bought, alive, levels=_BANDS, colors=shades)
    axes.contour(silent, bought, alive, levels=_BANDS[1:-1], colors=[SOFT], linewidths=0.8)
    _name_bands(axes, silent, bought, alive, lang)
    first, second = (times for _, times, _ in customers)
    crowded = abs(first - second) < 3
    for row, ((name, times, chance), mark) in enumerate(
        zip(customers, (("o", WARM), ("D", GOLD)), strict=True)
    ):
        words = f"{name(lang)}: {chance(lang)}"
        if row == guess:
            words += f" ◂ {YOUR_GUESS(lang)}"
        raised = crowded and (first >= second) == (row == 0)
        _place_customer(axes, weeks, times, words, mark, rise=1.5 if raised else 0.0)
    axes.set(xlim=(0, silent[-1]), ylim=(-0.5, bought[-1] + 3.5), yticks=(1, 10, 20, 30))
    axes.set_xlabel(Text("số tuần không ghé", "weeks without a visit")(lang))
    axes.set_ylabel(Text("số lần mua lại trước đó", "repeat purchases before")(lang))
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    inset(figure, left=4.4, right=0.9, top=0.6, bottom=3.4)
    return figure


def _name_bands(
    axes: Axes, silent: FloatArray, bought: FloatArray, alive: FloatArray, lang: Lang
) -> None:
    """Write each chance on its line, the smaller the lower, so that they keep apart."""
    for level, row in zip(_BANDS[1:-1], (0.45, 0.62, 0.79, 0.94), strict=True):
        nearest = int(row * (len(bought) - 1))
        at = float(np.interp(-level, -alive[nearest], silent))
        axes.text(
            at,
            bought[nearest],
            percent(level, 0)(lang),
            fontsize="x-small",
            color=INK,
            ha="center",
            va="center",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.75},
        )


def _place_customer(
    axes: Axes, weeks: float, times: float, words: str, mark: tuple[str, str], *, rise: float
) -> None:
    """Set a customer on the map, her words beside her, or so many lines higher."""
    marker, color = mark
    right = weeks < 15
    axes.plot(weeks, times, marker=marker, ms=11, color=color, mec="white", clip_on=False)
    axes.annotate(
        words,
        (weeks, times),
        xytext=(0.9 if right else -0.9, rise),
        textcoords="offset fontsize",
        ha="left" if right else "right",
        va="center",
        color=INK,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 2, "alpha": 0.85},
        **LABEL,
    )


def half_year(purchases: Mapping[str, float], names: Mapping[str, Text], lang: Lang) -> Figure:
    """Draw two forecasts of the purchases in half a year beside what came.

    Args:
        purchases: number of purchases by key; the last one came true.
        names: what each is called.
        lang: the reader's language.
    """
    import seaborn as sns

    figure = blank(height=0.8)
    axes = figure.subplots()
    bars = pd.DataFrame({"name": list(purchases), "purchases": list(purchases.values())})
    colors = dict(zip(purchases, (WARM, ACCENT, INK), strict=True))
    sns.barplot(
        bars, x="purchases", y="name", hue="name", palette=colors, width=0.45, ax=axes, saturation=1
    )
    for row, (key, count) in enumerate(purchases.items()):
        axes.text(0, row - 0.28, names[key](lang), va="bottom", color=colors[key], **LABEL)
        axes.text(count, row, f"\u00a0{number(count)(lang)}", va="center", **LABEL)
    axes.set(xlim=(0, max(purchases.values()) * 1.2), ylim=(len(purchases) - 0.6, -0.8))
    axes.axis("off")
    inset(figure, left=0.3, right=0.3, top=0.2, bottom=0.2)
    return figure


def benefit_bars(
    worth: Mapping[str, float],
    names: Mapping[str, Text],
    counted: Sequence[str],
    right: float,
    added: float,
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw the sum with what is counted twice in it, and each benefit as a bar of money below.

    What is not counted is pale; what is no money has no bar.

    Args:
        worth: present value of each monetised benefit, dong, by code.
        names: what each of the ten benefits is called, by code.
        counted: the codes switched on.
        right: the sum without anything twice, dong.
        added: what is counted twice, dong.
        guess: the learner's prediction, in times the right sum, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.95)
    total, each = figure.subplots(2, 1, height_ratios=(1.5, len(names)))
    _sum_bar(total, right, added, guess, lang)
    for row, (code, name) in enumerate(names.items()):
        on, doubled = code in counted, added > 0 and code == "B5"
        tone = WARM if doubled else INK if on else SOFT
        called = name + Text(" · tính trùng", " · counted twice") if doubled else name
        amount = worth.get(code, 0.0)
        words = f"\u00a0{money(amount)(lang)}"
        if code not in worth:
            words = Text("giá trị, không quy ra tiền", "a value, not money")(lang)
        each.barh(
            row, amount, height=0.36, color=WARM if doubled else ACCENT, alpha=1.0 if on else 0.2
        )
        weight = "bold" if on else "normal"
        each.text(
            0, row - 0.22, called(lang), va="bottom", fontsize="small", weight=weight, color=tone
        )
        each.text(amount, row, words, va="center", fontsize="small", color=tone)
    reach = max(*worth.values(), 1.0) * 1.45
    each.set(xlim=(0, reach), ylim=(len(names) - 0.6, -0.8))
    each.axis("off")
    inset(figure, left=0.3, right=0.3, top=0.2, bottom=0.2, hspace=0.04)
    return figure


def _sum_bar(axes: Axes, right: float, added: float, guess: float | None, lang: Lang) -> None:
    reach = max(right + added, (guess or 0.0) * right, 1.0) * 1.02
    axes.barh(0, right, height=0.5, color=ACCENT)
    axes.barh(0, added, left=right, height=0.5, color=WARM)
    told = Text("tổng đúng: {sum}", "true sum: {sum}").format(sum=money(right))
    axes.text(0, 0.36, told(lang), color=ACCENT, va="bottom", **LABEL)
    if added > 0:
        twice = Text("tính trùng: {sum}", "counted twice: {sum}").format(sum=money(added))
        axes.text(right + added, 0.36, twice(lang), color=WARM, ha="right", va="bottom", **LABEL)
    if guess is not None and right > 0:
        at = guess * right
        axes.plot(at, -0.36, marker="^", ms=9, color=GOLD)
        side = "left" if at < 0.3 * reach else "right" if at > 0.7 * reach else "center"
        axes.text(at, -0.52, YOUR_GUESS(lang), color=GOLD, ha=side, va="top", **LABEL)
    axes.set(xlim=(0, reach), ylim=(-1.05, 0.85))
    axes.axis("off")


def value_sheet(rows: Sequence[tuple[Text, float, float]], gained: Text, lang: Lang) -> Figure:
    """Draw what one customer of each kind is worth, with the gain from better retention on top.

    Args:
        rows: name of the kind, its value today and its gain, dong.
        gained: what the gain is called.
        lang: the reader's language.
    """
    figure = blank(height=0.85)
    axes = figure.subplots()
    for row, (name, value, gain) in enumerate(rows):
        axes.barh(row, value, height=0.4, color=ACCENT)
        axes.barh(row, gain, left=value, height=0.4, color=GOLD)
        axes.text(0, row - 0.26, name(lang), va="bottom", **LABEL)
        words = f"\u00a0{money(value)(lang)} + {money(gain)(lang)}"
        axes.text(value + gain, row, words, va="center", fontsize="small")
    axes.text(0, len(rows) - 0.45, f"■ {gained(lang)}", va="top", color=GOLD, **LABEL)
    reach = max(value + gain for _, value, gain in rows)
    axes.set(xlim=(0, reach * 1.75), ylim=(len(rows) - 0.1, -0.85))
    axes.axis("off")
    inset(figure, left=0.3, right=0.3, top=0.2, bottom=0.2)
    return figure


def spread(heights: Sequence[float], gap: float, lowest: float = -np.inf) -> list[float]:
    """Move heights apart until neighbours keep a gap, none below the lowest allowed."""
    order = np.argsort(heights, kind="stable")
    placed = np.maximum(np.asarray(heights, dtype=float)[order], lowest)
    for _ in range(_PASSES):
        for low, high in pairwise(range(len(placed))):
            missing = max(gap - (placed[high] - placed[low]), 0.0)
            placed[low] = max(placed[low] - missing / 2, lowest)
            placed[high] += missing / 2
    spaced = np.empty_like(placed)
    spaced[order] = placed
    return [float(height) for height in spaced]
