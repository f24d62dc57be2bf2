"""Charts of lesson 02: who is engaged, what that does to customers, and which way it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch
from matplotlib.ticker import FuncFormatter
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
from cxlib.text import Lang, Text, number, percent, same

FloatArray = NDArray[np.float64]

_SATISFACTION: Final = Text("hài lòng", "satisfaction")
_ENGAGEMENT: Final = Text("gắn kết", "engagement")
_CX: Final = same("CX")
_LOW_TO_HIGH: Final = LinearSegmentedColormap.from_list("low to high", [WARM, PALE, ACCENT])


def _say_in_a_row(
    axes: Axes, words: Sequence[tuple[str, str]], places: Sequence[float], y: float = 1.04
) -> None:
    """Write coloured words side by side, at fractions of the axes."""
    for (text, color), x in zip(words, places, strict=False):
        axes.text(x, y, text, color=color, transform=axes.transAxes, **LABEL)


def people_map(
    people: pd.DataFrame,
    happy_bar: float,
    engaged_bar: float,
    passing: pd.DataFrame,
    names: Mapping[str, Text],
    guessed_bar: float | None,
    lang: Lang,
) -> Figure:
    """Draw everybody by satisfaction and engagement, and below it who passes which test.

    Args:
        people: columns satisfaction and engagement, one row a person, slightly scattered.
        happy_bar: satisfaction from which a person counts as happy.
        engaged_bar: engagement from which a person counts as engaged.
        passing: share of the happy who pass each test; index = tests, columns engaged, happy.
        names: what each test is called.
        guessed_bar: engagement below which the learner believed the disengaged to lie, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.95)
    everybody, tests = figure.subplots(2, 1, height_ratios=(1.8, 1))
    happy = people["satisfaction"] >= happy_bar
    engaged = people["engagement"] >= engaged_bar
    for group, color in (
        (~happy, SOFT),
        (happy & engaged, ACCENT),
        (happy & ~engaged, WARM),
    ):
        part, alpha = people[group], 0.3 if color == SOFT else 0.6
        _dots(everybody, part["satisfaction"], part["engagement"], 3.6, color=color, alpha=alpha)
    everybody.axvline(happy_bar, color=INK, lw=1)
    everybody.axhline(engaged_bar, color=INK, lw=1)
    if guessed_bar is not None:
        everybody.axhline(guessed_bar, **GUESS_LINE)
        everybody.text(0.95, guessed_bar + 0.06, YOUR_GUESS(lang), color=GOLD, va="bottom", **LABEL)
    _say_in_a_row(
        everybody,
        [
            (Text("● vui và gắn kết", "● happy and engaged")(lang), ACCENT),
            (Text("● vui, không gắn kết", "● happy, not engaged")(lang), WARM),
        ],
        (0, 0.52),
    )
    everybody.set(xlim=(0.9, 5.3), ylim=(0.9, 5.5), xticks=range(1, 6), yticks=range(1, 6))
    everybody.set_xlabel(Text("hài lòng (1–5)", "satisfaction (1–5)")(lang))
    everybody.set_ylabel(Text("gắn kết (1–5)", "engagement (1–5)")(lang))
    _passed_tests(tests, passing, names, lang)
    inset(figure, left=3.4, right=0.6, top=1.8, bottom=0.4, hspace=0.42)
    return figure


def _passed_tests(axes: Axes, passing: pd.DataFrame, names: Mapping[str, Text], lang: Lang) -> None:
    """Draw for each test how many of the happy pass it, engaged or not."""
    for row, (test, shares) in enumerate(passing.iterrows()):
        axes.plot([0, 1], [row, row], color=LINE, lw=2, zorder=0)
        axes.text(-0.02, row, names[str(test)](lang), ha="right", va="center", fontsize="small")
        apart = abs(shares["engaged"] - shares["happy"]) > 0.12
        for group, color in (("happy", WARM), ("engaged", ACCENT)):
            share = shares[group]
            if not np.isfinite(share):
                continue
            axes.plot(share, row, "o", ms=8, color=color)
            if group == "engaged" or apart:
                words, side = percent(share, 0)(lang), "right" if share > 0.25 else "left"
                axes.text(share, row - 0.2, words, color=color, ha=side, va="bottom", **LABEL)
    axes.set(xlim=(-0.3, 1.03), ylim=(len(passing) - 0.5, -1.0))
    axes.text(
        -0.3,
        -0.95,
        Text("Trong số người vui, bao nhiêu đạt từng phép thử?", "Of the happy, who passes?")(lang),
        va="center",
        color=SOFT,
        fontsize="small",
    )
    axes.axis("off")


def held_slice(
    months: pd.DataFrame,
    inside: NDArray[np.bool_],
    band: tuple[float, float],
    raw: tuple[float, Text],
    held: tuple[float, Text],
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw store months by satisfaction and engagement, and CX on satisfaction inside a slice.

    Args:
        months: columns satisfaction, engagement and cx, 0–100, and cx_around, the mean CX of the
            months near each; one row a store and month.
        inside: which rows lie in the slice.
        band: lowest and highest engagement of the slice.
        raw: CX points per point of satisfaction over all rows, and the words for it.
        held: the same within the slice.
        guess: the learner's prediction of the slope beside engagement, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.95)
    above, below = figure.subplots(2, 1, sharex=True)
    shades = np.linspace(66, 74, 9)
    shade = np.digitize(months["cx_around"], shades)
    for step in np.unique(shade):
        color = _LOW_TO_HIGH(step / len(shades))
        for rows, alpha in ((~inside, 0.25), (inside, 0.95)):
            part = months[rows & (shade == step)]
            _dots(above, part["satisfaction"], part["engagement"], 3.0, color=color, alpha=alpha)
    for edge in band:
        above.axhline(edge, color=INK, lw=1.8)
    above.set(ylim=(36, 88), ylabel=_ENGAGEMENT(lang))
    tones = (
        (Text("● CX thấp", "● low CX"), WARM),
        (Text("● CX vừa", "● middling"), SOFT),
        (Text("● CX cao", "● high CX"), ACCENT),
    )
    _say_in_a_row(above, [(words(lang), color) for words, color in tones], (0, 0.34, 0.68))
    for rows, alpha in ((~inside, 0.06), (inside, 0.45)):
        part = months[rows]
        _dots(below, part["satisfaction"], part["cx"], 2.5, color=ACCENT, alpha=alpha)
    ends = np.array([38.0, 87.0])
    centre = months[["satisfaction", "cx"]].mean()
    own = months.loc[inside, ["satisfaction", "cx"]]
    reach = np.quantile(own["satisfaction"], [0.01, 0.99]).astype(np.float64)
    _slope_line(below, raw[0], centre, ends, color=INK, lw=1.8, ls="--")
    told = [(f"╌ {raw[1](lang)}", INK), (f"━ {held[1](lang)}", WARM)]
    if guess is not None:
        _slope_line(below, guess, centre, ends, **GUESS_LINE)
        told.append((f"┄ {YOUR_GUESS(lang)}", GOLD))
    _slope_line(below, held[0], own.mean(), reach, color=WARM, lw=4)
    _say_in_a_row(below, told, (0, 0.31, 0.7))
    below.set(xlim=(37, 88), ylim=(58, 82), yticks=(60, 70, 80))
    below.set_xlabel(Text("nhân viên hài lòng (0–100)", "employee satisfaction (0–100)")(lang))
    below.set_ylabel(_CX(lang))
    inset(figure, left=3.6, right=0.6, top=1.8, bottom=3.2, hspace=0.17)
    return figure


def _dots(axes: Axes, x: pd.Series[float], y: pd.Series[float], size: float, **look: Any) -> None:
    """Draw many dots of one look as a picture, which is quick and keeps the page light."""
    axes.plot(x, y, "o", ms=size, mew=0, rasterized=True, **look)


def _slope_line(
    axes: Axes, slope: float, centre: pd.Series[float], ends: FloatArray, **look: Any
) -> None:
    """Draw a line of a slope through a centre, between two ends."""
    axes.plot(ends, centre["cx"] + slope * (ends - centre["satisfaction"]), **look)


def two_traits(
    traits: pd.DataFrame, names: Mapping[str, Text], guess: float | None, lang: Lang
) -> Figure:
    """Draw how strongly two traits of employees go with each outcome.

    Args:
        traits: correlations; index = outcomes, columns satisfaction and engagement.
        names: what each outcome is called.
        guess: the learner's prediction for satisfaction and the first outcome, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.45)
    axes = figure.subplots()
    for row, (outcome, pair) in enumerate(traits.iterrows()):
        strong: dict[str, Any] = {"weight": "bold" if row == 0 else "normal"}
        axes.text(
            -0.55, row - 0.24, names[str(outcome)](lang), va="bottom", fontsize="small", **strong
        )
        axes.plot([-0.55, 0.55], [row, row], color=LINE, lw=2, zorder=0)
        axes.plot(list(pair), [row, row], color=SOFT, lw=3, zorder=1)
        rising = pair["engagement"] >= pair["satisfaction"]
        for trait, color, right in (
            ("satisfaction", WARM, not rising),
            ("engagement", ACCENT, rising),
        ):
            axes.plot(pair[trait], row, "o", ms=9, color=color)
            gap = 0.02 if right else -0.02
            side = "left" if right else "right"
            words = number(pair[trait], 2)(lang)
            axes.text(pair[trait] + gap, row, words, color=color, ha=side, va="center", **LABEL)
    told = [(f"● {_SATISFACTION(lang)}", WARM), (f"● {_ENGAGEMENT(lang)}", ACCENT)]
    if guess is not None:
        axes.plot(guess, 0, "v", ms=12, color=GOLD, zorder=3)
        told.append((f"▼ {YOUR_GUESS(lang)}", GOLD))
    axes.plot([0, 0], [-0.2, len(traits) - 0.5], color=INK, lw=1)
    axes.set(xlim=(-0.56, 0.56), ylim=(len(traits) - 0.5, -1.1))
    _say_in_a_row(axes, told, (0.01, 0.35, 0.69), 0.95)
    axes.axis("off")
    inset(figure, left=0.4, right=0.4, top=0.2, bottom=0.4)
    return figure


def contact_knob(
    stores: pd.DataFrame,
    near: NDArray[np.bool_],
    line: pd.DataFrame,
    ghosts: Sequence[FloatArray],
    gains: pd.DataFrame,
    certain_from: float,
    formats: Mapping[str, float],
    names: Mapping[str, Text],
    here: tuple[float, float],
    guess: FloatArray | None,
    lang: Lang,
) -> Figure:
    """Draw CX on engagement at one contact intensity, and below it the gain at every intensity.

    Args:
        stores: columns engagement and cx, 0–100, one row a store.
        near: which stores have about the contact intensity chosen.
        line: expected CX there; index = engagement, column cx.
        ghosts: expected CX over the same engagement for each store format.
        gains: CX points gained; index = contact intensity, columns estimate, low, high.
        certain_from: contact intensity from which the gain differs from zero.
        formats: contact intensity of each store format.
        names: what each format is called.
        here: contact intensity chosen and the gain there.
        guess: the learner's prediction of the gain over ``gains.index``, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.95)
    above, below = figure.subplots(2, 1, height_ratios=(1, 1.15))
    above.scatter(stores["engagement"], stores["cx"], s=16, color=SOFT, alpha=0.35, lw=0)
    above.scatter(stores.loc[near, "engagement"], stores.loc[near, "cx"], s=22, color=ACCENT, lw=0)
    for ghost in ghosts:
        above.plot(line.index, ghost, color=SOFT, lw=1, ls=":")
    above.plot(line.index, line["cx"], color=WARM, lw=4)
    above.set(xlim=(36, 90), ylim=(59, 82), yticks=(60, 70, 80))
    above.set_xlabel(Text("gắn kết (0–100)", "engagement (0–100)")(lang), labelpad=1)
    above.set_ylabel(_CX(lang))
    near_words = Text("● cửa hàng có mức tiếp xúc gần đó", "● stores of about that contact")
    _say_in_a_row(above, [(near_words(lang), ACCENT)], (0,))
    gain_curve(below, gains, certain_from, guess, lang)
    mark_formats(below, gains, formats, names, lang)
    below.plot(*here, "D", ms=11, color=WARM, zorder=5, clip_on=False)
    below.set_ylabel(Text("CX tăng thêm", "CX gained")(lang))
    inset(figure, left=4.6, right=1.2, top=1.6, bottom=4.6, hspace=0.42)
    return figure


def gain_curve(
    axes: Axes,
    gains: pd.DataFrame,
    certain_from: float,
    guess: FloatArray | None,
    lang: Lang,
) -> None:
    """Draw the gain over contact intensity with its band, and where it differs from zero."""
    contact = gains.index.to_numpy()
    axes.fill_between(contact, gains["low"], gains["high"], color=PALE, alpha=0.6, lw=0)
    axes.plot(contact, gains["estimate"], color=ACCENT, lw=2.5)
    axes.axhline(0, color=INK, lw=1)
    axes.axvline(certain_from, color=SOFT, lw=1.2, ls="--")
    top = max(gains["high"].max(), 0.0 if guess is None else guess.max())
    bottom = gains["low"].min()
    if guess is not None:
        axes.plot(contact, guess, **GUESS_LINE)
    axes.set(xlim=(0, 1), ylim=(1.15 * bottom, 1.22 * top))
    certain = Text("khoảng 95 % nằm trên 0 →", "95% interval above 0 →")
    axes.annotate(
        certain(lang),
        (certain_from, 1),
        xycoords=("data", "axes fraction"),
        xytext=(5, -1),
        textcoords="offset points",
        color=SOFT,
        va="top",
        fontsize="small",
    )
    if guess is not None:
        axes.annotate(
            f"┄ {YOUR_GUESS(lang)}",
            (certain_from, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0.4, -1.5),
            textcoords="offset fontsize",
            color=GOLD,
            va="top",
            **LABEL,
        )
    axes.xaxis.set_major_formatter(FuncFormatter(lambda share, _: number(share, 1)(lang)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda gain, _: number(gain, 1)(lang)))
    axes.set_xlabel(Text("mức tiếp xúc", "contact")(lang))
    ends = (
        (0.0, "left", Text("ít gặp mặt\n(như Amazon)", "few meetings\n(like Amazon)")),
        (1.0, "right", Text("gặp nhiều\n(như Southwest)", "many meetings\n(like Southwest)")),
    )
    for at, side, words in ends:
        axes.annotate(
            words(lang),
            (at, 0),
            xycoords="axes fraction",
            xytext=(0, -2.1),
            textcoords="offset fontsize",
            ha=side,
            va="top",
            color=SOFT,
            fontsize="small",
        )


def mark_formats(
    axes: Axes,
    gains: pd.DataFrame,
    formats: Mapping[str, float],
    names: Mapping[str, Text],
    lang: Lang,
) -> None:
    """Mark the store formats on the curve; lowest contact below zero, highest above the curve."""
    lowest, highest = min(formats.values()), max(formats.values())
    for name, contact in formats.items():
        gain = float(np.interp(contact, gains.index, gains["estimate"]))
        at, apart, side, height = (contact, gain), (8, -3), "left", "top"
        if contact == lowest:
            at, apart = (contact, 0.0), (0, -2)
        elif contact == highest:
            apart, side, height = (-6, 5), "right", "bottom"
        axes.plot(contact, gain, "o", ms=7, color=ACCENT, zorder=4)
        axes.annotate(
            f"{names[name](lang)}: {number(gain, 1)(lang)}",
            at,
            xytext=apart,
            textcoords="offset points",
            ha=side,
            va=height,
            color=ACCENT,
            **LABEL,
        )


def ingredients(effects: pd.DataFrame, names: Mapping[str, Text], lang: Lang) -> Figure:
    """Draw what ten points more of each ingredient do to CX, with intervals.

    Args:
        effects: CX points; index = ingredients, columns estimate, low, high.
        names: what each ingredient is called.
        lang: the reader's language.
    """
    figure = blank(height=1.15)
    axes = figure.subplots()
    for row, (name, effect) in enumerate(effects.iterrows()):
        certain = effect["low"] > 0
        color = ACCENT if certain else SOFT
        axes.barh(row, effect["estimate"], height=0.4, color=color, alpha=0.55)
        axes.plot([effect["low"], effect["high"]], [row, row], color=color, lw=2)
        weight = "bold" if certain else "normal"
        words = f"{names[str(name)](lang)}: {number(effect['estimate'], 1)(lang)}"
        axes.text(0.05, row - 0.25, words, va="bottom", fontsize="small", weight=weight)
    axes.axvline(0, color=INK, lw=1)
    axes.set(xlim=(-1.35, 4.4), ylim=(len(effects) - 0.5, -0.95))
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set(yticks=[], xticks=range(-1, 5))
    axes.set_xlabel(
        Text(
            "điểm CX tăng thêm khi yếu tố ấy tăng 10 điểm",
            "CX points gained from 10 points more of it",
        )(lang)
    )
    inset(figure, left=0.4, right=0.4, top=0.2, bottom=3.3)
    return figure


def three_scatters(
    companies: Mapping[str, pd.DataFrame], names: Mapping[str, Text], lang: Lang
) -> Figure:
    """Draw engagement and CX of the same month, one small picture a company."""
    figure = blank(height=0.78)
    for axes, (name, panel) in zip(
        figure.subplots(1, len(companies)), companies.items(), strict=True
    ):
        _same_month(axes, panel, lang)
        r = number(panel["engagement"].corr(panel["cx"]), 2)(lang)
        axes.set_title(f"{names[name](lang)}\nr = {r}", fontsize="small", weight="bold", color=INK)
    inset(figure, left=1.8, right=0.4, top=3, bottom=1.8, wspace=0.12)
    return figure


def _same_month(axes: Axes, panel: pd.DataFrame, lang: Lang) -> None:
    _dots(axes, panel["engagement"], panel["cx"], 2.3, color=ACCENT, alpha=0.35)
    axes.set(xticks=[], yticks=[])
    axes.set_xlabel(f"{_ENGAGEMENT(lang)} →", fontsize="small")
    axes.set_ylabel(f"{_CX(lang)} →", fontsize="small")


def lagged_arrows(panel: pd.DataFrame, paths: pd.DataFrame, lang: Lang) -> Figure:
    """Draw the same-month scatter, which tells no direction, and the lagged paths, which do.

    Args:
        panel: columns engagement and cx, one row a unit and month.
        paths: index (cause, effect), columns estimate, low, high, standardised.
        lang: the reader's language.
    """
    figure = blank(height=1.75)
    scatter, diagram = figure.subplots(2, 1, height_ratios=(1, 1.5))
    _same_month(scatter, panel, lang)
    r = number(panel["engagement"].corr(panel["cx"]), 2)(lang)
    same_month = Text("Cùng tháng: r = {r}", "Same month: r = {r}").format(r=same(r))
    scatter.set_title(same_month(lang), fontsize="small", weight="bold", loc="left", color=INK)
    _arrows(diagram, paths, lang)
    inset(figure, left=1.8, right=0.4, top=1.6, bottom=0.4, hspace=0.28)
    return figure


_BEFORE: Final = 0.13
_NOW: Final = 0.83
_BOX: Final = 0.18  # from the middle of a name to where its arrows begin
_HEIGHTS: Final = {"engagement": 0.8, "cx": 0.1}


def _arrows(axes: Axes, paths: pd.DataFrame, lang: Lang) -> None:
    """Draw last month on the left, this month on the right, and arrows between them."""
    for way in paths.index:
        cause, effect = map(str, way)
        estimate, low = (float(paths[column].loc[way]) for column in ("estimate", "low"))
        start = np.array([_BEFORE + _BOX, _HEIGHTS[cause]])
        end = np.array([_NOW - _BOX, _HEIGHTS[effect]])
        crossed, color = cause != effect, LINE
        if crossed:
            color = SOFT if low <= 0 else ACCENT if cause == "engagement" else WARM
        width = 1.5 + 40 * max(estimate, 0.0) if crossed else 3.0
        axes.add_patch(
            FancyArrowPatch(
                tuple(start),
                tuple(end),
                arrowstyle="simple,tail_width=1,head_width=2.2,head_length=1.6",
                mutation_scale=width,
                color=color,
                lw=0,
            )
        )
        if crossed:
            x, y = start + 0.22 * (end - start)
            axes.text(
                x,
                y,
                number(estimate, 2)(lang),
                color=color,
                ha="center",
                va="center",
                weight="bold",
                bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"},
            )
    sides = ((_BEFORE, Text("tháng trước", "last month")), (_NOW, Text("tháng này", "this month")))
    for side, when in sides:
        axes.text(side, 1.04, when(lang), ha="center", va="center", color=SOFT, fontsize="small")
        for name, words in (("engagement", _ENGAGEMENT), ("cx", _CX)):
            axes.text(
                side,
                _HEIGHTS[name],
                words(lang),
                ha="center",
                va="center",
                weight="bold",
                bbox={"boxstyle": "round,pad=0.4", "facecolor": "white", "edgecolor": SOFT},
            )
    axes.set(xlim=(0, 1), ylim=(-0.05, 1.1))
    axes.axis("off")


def driver_shares(
    shares: pd.DataFrame,
    names: Mapping[str, Text],
    written: Callable[[float], Text],
    guess: str | None,
    lang: Lang,
) -> Figure:
    """Draw how what is explained is shared among its drivers, largest first.

    Args:
        shares: index = drivers, columns estimate, low, high.
        names: what each driver is called.
        written: writes a share or correlation.
        guess: the driver the learner took for the largest, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.35)
    axes = figure.subplots()
    first = shares["estimate"].idxmax()
    furthest = shares["high"].max()
    for row, (name, share) in enumerate(shares.iterrows()):
        color = ACCENT if name == first else SOFT
        axes.barh(row, share["estimate"], height=0.36, color=color, alpha=0.6)
        axes.plot([share["low"], share["high"]], [row, row], color=color, lw=2)
        words = f"{names[str(name)](lang)}: {written(share['estimate'])(lang)}"
        if name == guess:
            words += f"\u00a0◂\u00a0{YOUR_GUESS(lang)}"
        weight = "bold" if name == first else "normal"
        axes.text(
            0.008 * furthest,
            row - 0.24,
            words,
            va="bottom",
            fontsize="small",
            weight=weight,
            color=GOLD if name == guess else INK,
        )
    axes.axvline(0, color=INK, lw=1)
    axes.set(xlim=(0, 1.05 * furthest), ylim=(len(shares) - 0.5, -0.95))
    axes.axis("off")
    inset(figure, left=0.4, right=0.4, top=0.2, bottom=0.3)
    return figure


def starting_note(
    gains: pd.DataFrame,
    certain_from: float,
    here: tuple[float, float],
    steps: Sequence[Text],
    lang: Lang,
) -> Figure:
    """Draw where the learner's company stands on the curve, and below it the order of her steps.

    Args:
        gains: CX points gained; index = contact intensity, columns estimate, low, high.
        certain_from: contact intensity from which the gain differs from zero.
        here: contact intensity of the company and the gain there.
        steps: what to do first, second, third.
        lang: the reader's language.
    """
    figure = blank(height=1.8)
    axes = figure.subplots()
    gain_curve(axes, gains, certain_from, None, lang)
    axes.plot(*here, "D", ms=12, color=WARM, zorder=5, clip_on=False)
    axes.annotate(
        Text("công ty bạn: {gain}", "your company: {gain}").format(gain=number(here[1], 1))(lang),
        here,
        xytext=(10, -6) if here[0] < 0.5 else (-10, 6),
        textcoords="offset points",
        ha="left" if here[0] < 0.5 else "right",
        va="top" if here[0] < 0.5 else "bottom",
        color=WARM,
        **LABEL,
    )
    axes.set_ylabel(Text("CX tăng thêm", "CX gained")(lang))
    for row, step in enumerate(steps):
        axes.annotate(
            f"{row + 1}. {step(lang)}",
            (0, 0),
            xycoords="axes fraction",
            xytext=(-4.8, -5.6 - 1.7 * row),
            textcoords="offset fontsize",
            va="top",
            **LABEL,
        )
    inset(figure, left=4.6, right=1.2, top=0.6, bottom=9.2)
    return figure
