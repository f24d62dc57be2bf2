"""Charts of lesson 01: what the experience is made of, and what intent does to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

_SMALL: Final[dict[str, Any]] = {"fontsize": "small"}
_BOXES: Final = {"DX": ACCENT, "BX": GOLD, "PX": WARM, "UX": INK}


def complaints_by_stage(
    counts: pd.Series,
    stages: Mapping[Text, Sequence[str]],
    names: Mapping[str, Text],
    owned: Sequence[str],
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw complaints along the journey, those in somebody's charge in colour, and their share.

    Args:
        counts: complaints at each touchpoint.
        stages: the touchpoints of each stage, in order.
        names: what each touchpoint is called.
        owned: touchpoints somebody is in charge of.
        guess: the learner's prediction of the share in charge, a ratio, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.75)
    axes = figure.subplots()
    widest, row = float(counts.max()), 0.0
    for stage, touchpoints in stages.items():
        axes.text(0, row, stage(lang), color=SOFT, va="center", **LABEL)
        for key in touchpoints:
            row += 1
            strong = key in owned
            axes.barh(row, counts[key], height=0.62, color=ACCENT if strong else PALE)
            words = f"{names[key](lang)}: {counts[key]}"
            inside: dict[str, Any] = {"color": "white" if strong else INK, "va": "center"}
            axes.text(0.012 * widest, row, words, **inside, **_SMALL)
        row += 1.15
    _share_bar(
        axes, row + 0.55, float(counts[list(owned)].sum() / counts.sum()), widest, guess, lang
    )
    axes.set(xlim=(0, widest * 1.02), ylim=(row + 1.35, -0.6))
    axes.axis("off")
    inset(figure, left=0.4, right=0.4, top=0.2, bottom=0.2)
    return figure


def _share_bar(
    axes: Axes, row: float, held: float, width: float, guess: float | None, lang: Lang
) -> None:
    """Draw all complaints as one bar, the part in charge filled, the guess marked on it."""
    axes.barh(row, width, height=0.5, color=LINE)
    axes.barh(row, held * width, height=0.5, color=ACCENT)
    said = Text("có người lo: {held} lời chê", "in charge: {held} of complaints")
    words = said.format(held=percent(held, 0))(lang)
    axes.text(0, row - 0.36, words, color=ACCENT, va="bottom", **LABEL)
    if guess is None:
        return
    at = guess * width
    axes.plot([at, at], [row - 0.25, row + 0.25], color=GOLD, lw=3)
    side = "left" if guess < 0.15 else "right" if guess > 0.85 else "center"
    said_guess = f"{YOUR_GUESS(lang)} {percent(guess, 0)(lang)}"
    axes.text(at, row + 0.36, said_guess, color=GOLD, ha=side, va="top", **LABEL)


def sorting_board(
    names: Sequence[Text],
    columns: Mapping[str, Text],
    key: Sequence[Sequence[str]],
    answers: Sequence[Sequence[str | None]],
    lang: Lang,
) -> Figure:
    """Draw situations as rows and X as columns: the key as pale discs, answers upon them.

    A row without all its answers keeps its key to itself.

    Args:
        names: what each situation is called.
        columns: what each X is called: two of layer 1, four of layer 2, then none of them.
        key: every right X of each situation.
        answers: the X chosen for each situation, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.5)
    axes = figure.subplots()
    places = dict(zip(columns, (0.5, 1.4, 2.7, 3.6, 4.5, 5.4, 6.7), strict=True))
    for code, x in places.items():
        axes.text(x, -0.75, columns[code](lang), ha="center", va="center", color=SOFT, **LABEL)
    for row, (name, right, chosen) in enumerate(zip(names, key, answers, strict=True)):
        axes.axhline(row + 0.5, color=LINE, lw=1)
        axes.text(-0.1, row, name(lang), ha="right", va="center", **_SMALL)
        if all(chosen):
            axes.plot([places[code] for code in right], [row] * len(right), "o", ms=13, color=PALE)
            for code in filter(None, chosen):
                mark, color = ("o", ACCENT) if code in right else ("X", WARM)
                axes.plot(places[code], row, mark, ms=8, color=color)
        else:
            waiting = Text("chưa xếp", "not sorted yet")
            axes.text(4.7, row, waiting(lang), color=SOFT, ha="center", va="center", **_SMALL)
    axes.axvline(2.05, color=LINE, lw=1)
    axes.set(xlim=(-4.1, 7.4), ylim=(len(names) - 0.4, -1.2))
    axes.axis("off")
    inset(figure, left=0.2, right=0.2, top=0.1, bottom=1.9)
    said: dict[str, Any] = {"va": "bottom", **_SMALL}
    right_mark = Text("● bạn, khớp đáp án", "● you, in the key")
    pale = Text("chấm nhạt: đáp án", "pale disc: the key")
    wrong_mark = Text("✖ bạn, chưa khớp", "✖ you, not in it")
    figure.text(0.01, 0.02, right_mark(lang), color=ACCENT, **said)
    figure.text(0.53, 0.02, wrong_mark(lang), color=WARM, ha="center", **said)
    figure.text(0.99, 0.02, pale(lang), color=SOFT, ha="right", **said)
    return figure


def departments_board(
    answers: Mapping[str, Sequence[str]],
    departments: Mapping[str, Text],
    short: Mapping[str, Text],
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw what each department made of each situation; where they part, the letters are strong.

    Args:
        answers: the box each department chose for each situation, by department.
        departments: what each department is called.
        short: what each box is called.
        guess: the learner's prediction of how many situations all agree on, or None.
        lang: the reader's language.
    """
    columns = list(zip(*answers.values(), strict=True))
    figure = blank(height=1.2)
    axes = figure.subplots()
    for x, boxes in enumerate(columns):
        parted = len(set(boxes)) > 1
        if parted:
            axes.axvspan(x - 0.5, x + 0.5, ymax=0.72, color=PALE, alpha=0.35, lw=0)
        for row, box in enumerate(boxes):
            letter = short[box](lang)[0] if box in _BOXES else "·"
            color = _BOXES.get(box, SOFT) if parted else SOFT
            weight = "bold" if parted else "normal"
            axes.text(
                x, row, letter, color=color, weight=weight, ha="center", va="center", **_SMALL
            )
    for row, name in enumerate(departments.values()):
        axes.text(-1, row, name(lang), ha="right", va="center", **_SMALL)
    _agreement_strip(axes, columns, guess, lang)
    axes.set(xlim=(-7.5, len(columns) - 0.4), ylim=(len(departments) - 0.4, -2.7))
    axes.axis("off")
    inset(figure, left=0.2, right=0.2, top=0.2, bottom=1.9)
    legend = Text(
        "D số · B thương hiệu · P sản phẩm · U giao diện · chấm: không ô nào",
        "D digital · B brand · P product · U interface · dot: no box",
    )
    figure.text(0.01, 0.02, legend(lang), color=SOFT, fontsize="x-small")
    return figure


def _agreement_strip(
    axes: Axes, columns: Sequence[Sequence[str]], guess: float | None, lang: Lang
) -> None:
    """Count above the board on how many situations all agree, beside the guess."""
    alike, total = sum(len(set(boxes)) == 1 for boxes in columns), len(columns)
    start, level = -0.5, -1.3
    axes.barh(level, total, left=start, height=0.5, color=LINE)
    axes.barh(level, alike, left=start, height=0.5, color=ACCENT)
    said = Text("giống nhau", "all agree")
    axes.text(-1, level, said(lang), color=ACCENT, ha="right", va="center", **LABEL)
    inside: dict[str, Any] = {"color": "white", "ha": "right", "va": "center", **LABEL}
    axes.text(start + alike - 0.3, level, f"{alike}/{total}", **inside)
    if guess is not None:
        at = start + guess
        axes.plot([at, at], [level - 0.35, level + 0.35], color=GOLD, lw=3)
        side = "left" if guess < total / 6 else "right" if guess > 5 * total / 6 else "center"
        words = f"{YOUR_GUESS(lang)} {number(guess)(lang)}"
        axes.text(at, level - 0.5, words, color=GOLD, ha=side, va="bottom", **LABEL)


def agreement_line(agreement: float, by_chance: float, lang: Lang) -> Figure:
    """Draw agreement on a line from 0 to 100%, with the part that chance alone would give.

    Args:
        agreement: share of situations on which two teams agree.
        by_chance: the share on which they would agree by chance.
        lang: the reader's language.
    """
    figure = blank(height=0.75)
    axes = figure.subplots()
    axes.barh(0, 1, height=0.34, color=LINE)
    axes.barh(0, by_chance, height=0.34, color=PALE)
    color = ACCENT if agreement >= by_chance else WARM
    axes.barh(0, agreement - by_chance, left=by_chance, height=0.34, color=color)
    marks = (
        (agreement, 1, Text("giống nhau", "they agree"), color),
        (by_chance, -1, Text("tình cờ cũng giống", "by chance"), INK),
    )
    for at, up, name, ink in marks:
        axes.plot([at, at], [up * 0.17, up * 0.36], color=ink, lw=1.5)
        side = "left" if at < 0.25 else "right" if at > 0.75 else "center"
        words = f"{name(lang)} {percent(at, 0)(lang)}"
        va = "bottom" if up > 0 else "top"
        axes.text(at, up * 0.4, words, color=ink, ha=side, va=va, **LABEL)
    axes.set(xlim=(-0.01, 1.01), ylim=(-0.85, 0.85))
    axes.axis("off")
    inset(figure, left=0.4, right=0.4)
    return figure


def two_curves(
    first: tuple[Text, float, float, int],
    second: tuple[Text, float, float, int],
    limit: float,
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw how the scores of two stores spread, what lies below the limit filled.

    Args:
        first: name, mean, standard deviation and bad visits in 10,000 of the one store.
        second: the same of the other.
        limit: the score below which a visit is bad.
        guess: the learner's prediction of the second store's bad visits, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.7)
    scores = np.linspace(0, 10, 241)
    panels = figure.subplots(2, 1, sharex=True)
    for axes, (name, mean, sd, bad), color in zip(
        panels, (first, second), (WARM, ACCENT), strict=True
    ):
        height = np.exp(-0.5 * ((scores - mean) / sd) ** 2)
        below = scores <= limit
        axes.plot(scores, height, color=color, lw=2.2)
        axes.fill_between(scores[below], height[below], color=color, alpha=0.6, lw=0)
        axes.axvline(limit, ymax=0.74, color=INK, lw=1.2, ls="--")
        axes.plot([mean, mean], [0, 1], color=LINE, lw=1.2, zorder=0)
        axes.text(0, 1.42, name(lang), color=color, va="top", **LABEL)
        said = Text("{bad} lượt tệ", "{bad} bad visits").format(bad=number(bad))(lang)
        axes.text(10, 1.42, said, color=color, ha="right", va="top", **LABEL)
        axes.set(xlim=(0, 10), ylim=(0, 1.45), yticks=[])
        axes.spines["left"].set_visible(False)
    if guess is not None:
        words = f"{YOUR_GUESS(lang)}: {number(guess)(lang)}"
        panels[1].text(10, 1.16, words, color=GOLD, ha="right", va="top", **LABEL)
    axis = Text(
        "điểm của một lượt khách; bên trái nét đứt là tệ",
        "score of a visit; left of the dashes is bad",
    )
    panels[1].set_xlabel(axis(lang), **_SMALL)
    panels[1].xaxis.set_major_locator(MaxNLocator(5))
    inset(figure, left=0.6, right=0.8, top=0.2, bottom=3.2, hspace=0.28)
    return figure


def journey_lines(
    today: NDArray[np.float64], later: NDArray[np.float64], guess: float | None, lang: Lang
) -> Figure:
    """Draw the share of customers still without a failure after each touchpoint.

    Args:
        today: share after 0, 1, … touchpoints, shape (touchpoints + 1,).
        later: the same once touchpoints are mended.
        guess: the learner's prediction of today's share at the end, a ratio, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.25)
    axes = figure.subplots()
    steps = np.arange(len(today))
    last = steps[-1]
    ends = [(float(today[-1]), WARM, Text("hôm nay", "today"), today)]
    ends.append((float(later[-1]), ACCENT, Text("sau khi sửa", "mended"), later))
    for _, color, _, line in ends:
        axes.plot(steps, line, color=color, lw=2.4, marker="o", ms=4)
    told = [(end, color, f"{name(lang)} {percent(end)(lang)}") for end, color, name, _ in ends]
    if guess is not None:
        axes.plot([0, last], [guess, guess], color=GOLD, lw=1.8, ls=":")
        told.append((guess, GOLD, f"{YOUR_GUESS(lang)} {percent(guess, 0)(lang)}"))
    for (_, color, words), level in zip(
        told, _spread([end for end, *_ in told], 0.105), strict=True
    ):
        axes.text(last * 1.03, level, words, color=color, va="center", **LABEL)
    axes.set_xlabel(Text("số điểm chạm đã qua", "touchpoints passed")(lang))
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: percent(share, 0)(lang)))
    axes.set(xlim=(0, last), ylim=(0, 1.03))
    inset(figure, left=4.3, right=10.8, top=0.5, bottom=3.3)
    return figure


def _spread(levels: Sequence[float], gap: float) -> list[float]:
    """Move labels up or down as little as keeps them ``gap`` apart and within 0–1."""
    order = np.argsort(levels)
    placed = np.array(levels, dtype=float)[order]
    for i in range(1, len(placed)):
        placed[i] = max(placed[i], placed[i - 1] + gap)
    placed -= max(placed[-1] - 1, 0)
    for i in range(len(placed) - 2, -1, -1):
        placed[i] = min(placed[i], placed[i + 1] - gap)
    return [float(placed[list(order).index(i)]) for i in range(len(levels))]


def scope_board(
    names: Mapping[str, Text],
    heads: Sequence[Text],
    words: Mapping[str, Sequence[Text]],
    passed: Mapping[str, Sequence[bool]],
    lang: Lang,
) -> Figure:
    """Draw the ten constituents with owner, last measurement and intent; gaps stand out.

    Args:
        names: what each constituent is called.
        heads: what the columns are called.
        words: the learner's answers, one for each column.
        passed: whether each answer will do.
        lang: the reader's language.
    """
    figure = blank(height=2.1)
    axes = figure.subplots()
    for column, head in enumerate(heads):
        axes.text(column + 0.06, -0.85, head(lang), va="center", color=SOFT, **LABEL)
    for row, (key, name) in enumerate(names.items()):
        managed = all(passed[key])
        axes.axhline(row - 0.56, color=LINE, lw=1)
        color = ACCENT if managed else INK
        axes.text(0.06, row - 0.24, f"{row + 1}. {name(lang)}", va="center", color=color, **LABEL)
        for column, (word, good) in enumerate(zip(words[key], passed[key], strict=True)):
            mark, ink = ("●", ACCENT) if good else ("○", WARM)
            said = f"{mark} {word(lang)}"
            axes.text(column + 0.06, row + 0.2, said, va="center", color=ink, **_SMALL)
    axes.set(xlim=(0, len(heads)), ylim=(len(names) - 0.4, -1.25))
    axes.axis("off")
    inset(figure, left=0.2, right=0.2, top=0.1, bottom=0.1)
    return figure
