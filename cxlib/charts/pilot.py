"""Charts of lesson 10: what a pilot shows, what chance shows, and what others claim."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

import matplotlib as mpl
import numpy as np
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
from cxlib.text import Lang, Text, needed_decimals, number, percent, points, signed

FloatArray = NDArray[np.float64]

_TRUTH: Final = Text("sự thật", "the truth")
_POINTS: Final = Text("điểm %", "percentage points")
_MONTH: Final = Text("tháng", "month")
_JUDGED: Final[Mapping[str, str]] = {"believe": ACCENT, "care": GOLD, "no": WARM}


def chosen_stores(
    everyone: FloatArray, picked: FloatArray, basis: int, guess: float | None, lang: Lang
) -> Figure:
    """Draw all stores month by month, and the mean path of those that were chosen.

    Args:
        everyone: share of satisfied customers, shape (stores, months).
        picked: the same of the chosen stores.
        basis: over how many first months they were chosen.
        guess: the share the learner expected in the month after, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.2)
    axes = figure.subplots()
    months = np.arange(1, everyone.shape[1] + 1)
    for stores, color, alpha, shift in ((everyone, SOFT, 0.25, -0.1), (picked, WARM, 0.4, 0.1)):
        x = np.repeat(months, len(stores)) + shift + _jitter(stores)
        axes.plot(x, stores.T.ravel(), "o", ms=3, mew=0, color=color, alpha=alpha, rasterized=True)
    axes.plot(months, everyone.mean(axis=0), color=INK, lw=1.8, ls="--")
    path = picked.mean(axis=0)
    axes.plot(months, path, color=WARM, lw=3, marker="o", ms=7)
    before, after = float(path[:basis].mean()), float(path[basis])
    below = after > before if guess is None else after < guess
    axes.axvspan(0.5, basis + 0.5, ymax=0.85, color=PALE, alpha=0.5, lw=0)
    axes.annotate(
        f"{'+' if after > before else ''}{points(after - before, 1)(lang)}",
        (basis + 1, after),
        xytext=(0, -20 if below else 20),
        textcoords="offset points",
        ha="center",
        va="top" if below else "bottom",
        color=WARM,
        bbox={"boxstyle": "round,pad=0.25", "facecolor": PALE, "edgecolor": "none", "alpha": 0.85},
        **LABEL,
    )
    if guess is not None:
        axes.plot(basis + 1, guess, "D", ms=9, color=GOLD)
    axes.set(xlim=(0.5, 6.5), ylim=(0.48, 1.07), xticks=months, yticks=[0.5, 0.6, 0.7, 0.8, 0.9, 1])
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value, 0)(lang)))
    told = [
        (Text("● nhóm được chọn", "● the chosen"), WARM),
        (Text("- - cả 200 cửa hàng", "- - all 200 stores"), INK),
        (Text("■ lúc chọn", "■ when chosen"), ACCENT),
    ]
    if guess is not None:
        told.append((Text("◆ bạn đoán", "◆ your guess"), GOLD))
    _key(axes, told, lang, columns=2)
    axes.set_xlabel(_MONTH(lang))
    inset(figure, left=3.8, right=0.4, top=0.3, bottom=3.2)
    return figure


def _jitter(stores: FloatArray) -> FloatArray:
    return np.tile(np.linspace(-0.08, 0.08, len(stores)), stores.shape[1])


def _key(
    axes: Axes,
    told: Sequence[tuple[Text, str]],
    lang: Lang,
    *,
    columns: int = 1,
    left: float = 0.01,
) -> None:
    """Write the names of marks at the top of the axes, row by row."""
    em = mpl.rcParams["font.size"] * 1.15
    for place, (words, color) in enumerate(told):
        axes.annotate(
            words(lang),
            ((place % columns) / columns + left, 1),
            xycoords="axes fraction",
            xytext=(0, -em * (place // columns)),
            textcoords="offset points",
            va="top",
            color=color,
            **LABEL,
        )


def lotteries(
    estimates: FloatArray,
    margins: FloatArray,
    held: int,
    effect: float,
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw what each lottery measured, with its interval, around the truth.

    Args:
        estimates: the effect each lottery finds, ratios, shape (lotteries,).
        margins: half the width of each interval.
        held: how many lotteries were held up to now.
        effect: the true effect.
        guess: what the learner expected the luckiest one to report, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.2)
    axes = figure.subplots()
    places = np.arange(1, len(estimates) + 1)
    top = max(float((estimates + margins).max()), guess or 0.0, effect) + 0.01
    low = min(float((estimates - margins).min()), 0.0) - 0.005
    axes.axhline(0, color=LINE, lw=1.5, zorder=0)
    axes.axhline(effect, color=INK, lw=1.8, ls="--", zorder=1)
    for place, found, margin in list(zip(places, estimates, margins, strict=True))[:held]:
        color = ACCENT if abs(found - effect) <= margin else WARM
        latest = place == held
        axes.plot(
            [place] * 2, [found - margin, found + margin], color=color, lw=3 if latest else 1.6
        )
        axes.plot(place, found, "o", ms=9 if latest else 5, color=color)
    if guess is not None:
        axes.axhline(guess, color=GOLD, lw=1.8, ls=":")
    told = [
        (Text("- - sự thật", "- - the truth"), INK),
        (Text("● khoảng chứa sự thật", "● interval holds it"), ACCENT),
        (Text("● khoảng trượt", "● interval misses"), WARM),
    ]
    if guess is not None:
        told.append((Text("··· bạn đoán", "··· your guess"), GOLD))
    _key(axes, told, lang, columns=2)
    room = (top - low) * 0.24
    axes.set(xlim=(0, len(places) + 1), ylim=(low, top + room), xticks=[1, 10, 20, 30, 40])
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(100 * value)(lang)))
    axes.set_xlabel(Text("lượt bốc thăm", "lottery")(lang))
    axes.set_ylabel(_POINTS(lang))
    inset(figure, left=3.8, right=0.4, top=0.3, bottom=3.2)
    return figure


def two_regions(
    pilot: FloatArray,
    control: FloatArray,
    found: Mapping[str, float],
    effect: float,
    methods: Mapping[str, Text],
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw both regions month by month, and below what three methods make of them.

    Args:
        pilot: share of satisfied customers in the pilot region, shape (months,).
        control: the same in the control region.
        found: the effect by method, ratios.
        effect: the true effect.
        methods: what each method is called.
        guess: the effect the learner expected, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.75)
    axes, bars = figure.subplots(2, 1, height_ratios=(1.5, 1))
    half = len(pilot) // 2
    months = np.arange(1, len(pilot) + 1)
    assumed = control + (pilot[:half].mean() - control[:half].mean())
    axes.axvline(half + 0.5, color=SOFT, lw=1.2, ls=":")
    axes.plot(months, control, color=SOFT, lw=2.5, marker="o", ms=4)
    axes.plot(months[half:], assumed[half:], color=ACCENT, lw=1.8, ls="--")
    axes.plot(months, pilot, color=ACCENT, lw=2.5, marker="o", ms=4)
    low, high = (f(np.r_[pilot, control, assumed]) for f in (np.min, np.max))
    reach = max(high - low, 0.06)
    axes.set(xlim=(0.5, 12.5), ylim=(low - 0.1 * reach, high + 0.75 * reach), xticks=months[::2])
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value, 0)(lang)))
    axes.yaxis.set_major_locator(mpl.ticker.MaxNLocator(4, steps=[1, 2, 5, 10]))
    told = (
        (Text("● vùng thí điểm", "● pilot region"), ACCENT),
        (Text("● vùng đối chứng", "● control region"), SOFT),
        (Text("- - nếu song song", "- - if parallel"), ACCENT),
        (Text("⋮ bắt đầu làm", "⋮ the start"), SOFT),
    )
    _key(axes, told, lang, columns=2)
    axes.set_xlabel(_MONTH(lang))
    _method_bars(bars, found, effect, methods, guess, lang)
    inset(figure, left=3.8, right=0.6, top=0.3, bottom=0.3, hspace=0.22)
    return figure


def _method_bars(
    axes: Axes,
    found: Mapping[str, float],
    effect: float,
    methods: Mapping[str, Text],
    guess: float | None,
    lang: Lang,
) -> None:
    rows = [(methods[method](lang), value) for method, value in found.items()]
    colors = [ACCENT if abs(value - effect) < 0.0005 else WARM for _, value in rows]
    if guess is not None:
        rows.append((YOUR_GUESS(lang), guess))
        colors.append(GOLD)
    values = [value for _, value in rows]
    low, high = min(*values, effect, 0.0), max(*values, effect, 0.0)
    reach = max(high - low, 0.02)
    for row, ((name, value), color) in enumerate(zip(rows, colors, strict=True)):
        axes.barh(row, value, height=0.4, color=color, alpha=0.8)
        axes.plot([effect] * 2, [row - 0.24, row + 0.24], color=INK, lw=2.5)
        axes.text(low, row - 0.28, name, va="bottom", fontsize="small")
        axes.text(
            max(value, effect, 0),
            row,
            f"\u00a0{signed(points(value, 1))(lang)}",
            va="center",
            color=color,
            **LABEL,
        )
    axes.text(effect, len(rows) - 0.62, _TRUTH(lang), ha="center", va="top", color=INK, **LABEL)
    axes.set(xlim=(low - 0.06 * reach, high + 0.5 * reach), ylim=(len(rows) - 0.05, -0.95))
    axes.axis("off")


def pilot_size(
    effects: FloatArray,
    single: FloatArray,
    times: float,
    effect: float,
    needed: tuple[int, int],
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw the customers per arm over the smallest effect worth having.

    Args:
        effects: effects, ratios, increasing, shape (n,).
        single: customers per arm with lots drawn for each, shape (n,).
        times: the design effect of drawing stores.
        effect: the learner's effect.
        needed: customers per arm at it, by customer and by store.
        guess: the learner's prediction, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.2)
    axes = figure.subplots()
    told = [
        (Text("khách mỗi nhóm (thang log)", "customers per arm (log)"), SOFT),
        (Text("— bốc thăm từng khách", "— lots for customers"), ACCENT),
    ]
    curves = [(single, needed[0], ACCENT)]
    if times > 1:
        told.append((Text("— bốc thăm cửa hàng", "— lots for stores"), WARM))
        curves.append((single * times, needed[1], WARM))
    for curve, found, color in curves:
        axes.plot(100 * effects, curve, color=color, lw=2.5)
        axes.plot(100 * effect, found, "o", ms=10, color=color)
        below = curve is single and effect >= 0.03
        axes.annotate(
            number(found)(lang),
            (100 * effect, found),
            xytext=(-5, -5) if below else (2, 10) if effect > 0.1 else (5, 5),
            textcoords="offset points",
            ha="right" if below or effect > 0.1 else "left",
            va="top" if below else "bottom",
            color=color,
            **LABEL,
        )
    axes.axvline(100 * effect, ymax=0.75, color=SOFT, lw=1.2, ls=":", zorder=0)
    if guess is not None:
        axes.axhline(guess, color=GOLD, lw=1.8, ls=":")
        told.append((Text("··· bạn đoán", "··· your guess"), GOLD))
    _key(axes, told, lang, left=0.32)
    axes.set(yscale="log", xlim=(0.5, 15.5), ylim=(20, 3_000_000), xticks=[1, 3, 5, 10, 15])
    axes.yaxis.set_major_locator(LogLocator(10))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)(lang)))
    axes.set_xlabel(
        Text("mức tăng nhỏ nhất đáng làm (điểm %)", "smallest rise worth having (points)")(lang)
    )
    inset(figure, left=6, right=0.4, top=0.3, bottom=3.2)
    return figure


def source_cards(
    names: Sequence[Text],
    judged: Sequence[tuple[str | None, str | None]],
    judgements: Mapping[str, Text],
    opened: tuple[Text, Sequence[tuple[Text, Text]]],
    lang: Lang,
) -> Figure:
    """Draw the card turned up, and below it all ten with both judgements.

    Args:
        names: short names of the cards.
        judged: the learner's judgement of each card and ours, None while not judged.
        judgements: what each judgement is called.
        opened: the claim of the card turned up, and the headed lines on its other side.
        lang: the reader's language.
    """
    em = mpl.rcParams["font.size"]
    figure = blank()
    width = figure.get_size_inches()[0]
    lines = _card_lines(opened, lang, columns=int(width * 72 / (0.57 * em)))
    head = (len(lines) + 1.2) * 1.3
    board = (len(names) + 1) * 1.6
    figure.set_size_inches(width, (head + board + 1) * em / 72)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width * 72 / em), ylim=(head + board + 1, 0))
    axes.axis("off")
    right = width * 72 / em
    axes.add_patch(
        mpl.patches.FancyBboxPatch(
            (0.5, 0.5),
            right - 1,
            head - 0.8,
            boxstyle="round,pad=0,rounding_size=0.6",
            facecolor=PALE,
            alpha=0.35,
            edgecolor="none",
        )
    )
    for row, (words, style) in enumerate(lines):
        axes.text(1.2, 1.6 + 1.3 * row, words, va="center", **style)
    _board(axes, names, judged, judgements, head, right, lang)
    return figure


def _card_lines(
    opened: tuple[Text, Sequence[tuple[Text, Text]]], lang: Lang, columns: int
) -> list[tuple[str, dict[str, Any]]]:
    """Break the text of a card into lines with the style of each."""
    claim, backs = opened
    lines: list[tuple[str, dict[str, Any]]] = [
        (line, {"weight": "bold", "color": INK}) for line in textwrap.wrap(claim(lang), columns - 6)
    ]
    for head, text in backs:
        lines.append((head(lang), {**LABEL, "color": ACCENT}))
        lines += [(line, {"color": INK}) for line in textwrap.wrap(text(lang), columns - 4)]
    return lines


def _board(
    axes: Axes,
    names: Sequence[Text],
    judged: Sequence[tuple[str | None, str | None]],
    judgements: Mapping[str, Text],
    top: float,
    right: float,
    lang: Lang,
) -> None:
    places = (right * 0.455, right * 0.71)
    heads = (Text("bạn chấm", "you judge"), Text("chúng tôi chấm", "we judge"))
    for x, head in zip(places, heads, strict=True):
        axes.text(x, top + 1, head(lang), va="center", color=SOFT, fontsize="small")
    for row, (name, answers) in enumerate(zip(names, judged, strict=True), start=1):
        y = top + 1 + 1.6 * row
        axes.axhline(y - 0.8, color=LINE, lw=1)
        axes.text(0.7, y, f"{row}. {name(lang)}", va="center", fontsize="small")
        for x, answer in zip(places, answers, strict=True):
            color = _JUDGED[answer] if answer else SOFT
            words = judgements[answer](lang) if answer else "·"
            axes.text(x, y, words, va="center", color=color, **LABEL)


def leaders(
    paths: Sequence[FloatArray], leads: FloatArray, here: int, guess: float | None, lang: Lang
) -> Figure:
    """Draw leaders, index and laggards in one world, and the lead in all worlds below.

    Args:
        paths: what 100 became by year, for leaders, index and laggards.
        leads: leaders less index at the end, ratios of the start, shape (worlds,).
        here: place of the world drawn above.
        guess: in how many worlds the learner thought leaders would win, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.75)
    axes, worlds = figure.subplots(2, 1, height_ratios=(1.3, 1))
    names = (
        Text("dẫn đầu", "leaders"),
        Text("chỉ số", "index"),
        Text("cuối bảng", "laggards"),
    )
    colors = (ACCENT, INK, WARM)
    years = np.arange(len(paths[0]))
    top = max(float(path.max()) for path in paths)
    for path, color in zip(paths, colors, strict=True):
        axes.plot(years, path, color=color, lw=2.5, ls="--" if color == INK else "-")
    ends = _spread([float(path[-1]) for path in paths], 0.13 * top)
    for name, color, end, path in zip(names, colors, ends, paths, strict=True):
        gain = path[-1] / 100 - 1
        told = f"{name(lang)} {'+' if gain > 0 else ''}{percent(gain, 0)(lang)}"
        axes.text(7.15, end, told, va="center", color=color, **LABEL)
    axes.set(xlim=(0, 11.2), ylim=(min(0, *ends) - 0.05 * top, 1.12 * max(top, *ends)))
    axes.set(xticks=years, yticks=[0, 100])
    axes.spines["bottom"].set_bounds(0, 7)
    axes.set_xlabel(
        Text("năm (đầu tư 100 lúc đầu)", "year (100 put in at the start)")(lang), x=0.32
    )
    _lead_histogram(worlds, leads, here, guess, lang)
    inset(figure, left=2.6, right=0.9, top=0.4, bottom=3.2, hspace=0.5)
    return figure


def _spread(values: Sequence[float], gap: float) -> list[float]:
    """Move values apart until neighbours are ``gap`` away, keeping their order."""
    order = sorted(range(len(values)), key=lambda place: values[place])
    moved = list(values)
    for lower, upper in pairwise(order):
        moved[upper] = max(moved[upper], moved[lower] + gap)
    return moved


def _lead_histogram(
    axes: Axes, leads: FloatArray, here: int, guess: float | None, lang: Lang
) -> None:
    reach = max(float(np.quantile(abs(leads), 0.98)), 0.5)
    bins = np.linspace(-reach, reach, 41)
    clipped = leads.clip(-reach, reach)
    counts, _ = np.histogram(clipped, bins)
    middles = (bins[:-1] + bins[1:]) / 2
    for won, color in ((True, ACCENT), (False, WARM)):
        side = (middles > 0) == won
        axes.bar(
            middles[side], counts[side], width=0.92 * (bins[1] - bins[0]), color=color, alpha=0.75
        )
    top = float(counts.max())
    axes.axvline(0, color=INK, lw=1.5)
    axes.plot(clipped[here], 0.06 * top, "v", ms=9, color=INK, zorder=5)
    wins = int((leads > 0).sum())
    for x, align, count, color, words in (
        (-reach, "left", len(leads) - wins, WARM, Text("thua: {n}", "lose: {n}")),
        (reach, "right", wins, ACCENT, Text("thắng: {n}", "win: {n}")),
    ):
        told = words.format(n=number(count))(lang)
        axes.text(x, 1.42 * top, told, ha=align, va="top", color=color, **LABEL)
    if guess is not None:
        mine = f"{YOUR_GUESS(lang)}: {number(guess)(lang)}"
        axes.text(reach, 1.2 * top, mine, ha="right", va="top", color=GOLD, **LABEL)
    axes.set(xlim=(-1.03 * reach, 1.03 * reach), ylim=(0, 1.45 * top), yticks=[])
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(mpl.ticker.MaxNLocator(5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(100 * value)(lang)))
    axes.set_xlabel(
        Text(
            "dẫn đầu hơn chỉ số (điểm %), 200 thế giới", "leaders less index (points), 200 worlds"
        )(lang)
    )


def own_pilot(seen: FloatArray, worth: float, weeks: int, lang: Lang) -> Figure:
    """Draw the smallest change a pilot detects over its length.

    Args:
        seen: smallest change detected after each week, ratios, infinite if none.
        worth: the smallest change worth having.
        weeks: the length planned.
        lang: the reader's language.
    """
    figure = blank(height=1.15)
    axes = figure.subplots()
    top = max(3 * worth, 0.06)
    places = np.arange(1, len(seen) + 1)
    axes.axhspan(0, worth, color=PALE, alpha=0.5, lw=0)
    axes.axhline(worth, color=INK, lw=1.8, ls="--")
    axes.plot(places, np.where(seen <= top, seen, np.nan), color=ACCENT, lw=2.5)
    now = float(seen[weeks - 1])
    color = ACCENT if now <= worth else WARM
    within = now <= top
    axes.plot(weeks, now if within else 0.97 * top, "o" if within else "^", ms=11, color=color)
    told = (
        (Text("— thay đổi thấy được", "— change detected"), ACCENT),
        (Text("- - mức đáng làm", "- - worth having"), INK),
        (
            Text("● kế hoạch của bạn", "● your plan")
            if within
            else Text("▲ kế hoạch của bạn: còn cao hơn", "▲ your plan: higher still"),
            color,
        ),
    )
    _key(axes, told, lang, columns=2)
    axes.set(xlim=(0, len(seen) + 1), ylim=(0, 1.24 * top), xticks=[1, 13, 26, 39, 52])
    axes.set_yticks([y for y in axes.get_yticks() if y <= top])
    axes.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: number(100 * value, needed_decimals(100 * value, 1))(lang))
    )
    axes.set_xlabel(Text("số tuần", "weeks")(lang))
    axes.set_ylabel(_POINTS(lang))
    inset(figure, left=4.4, right=0.6, top=0.3, bottom=3.2)
    return figure
