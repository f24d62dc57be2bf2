"""Charts of lesson 07: what matters, what to mend first, and what is remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator
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
from cxlib.models.portfolio import Portfolio
from cxlib.text import Lang, Text, money, number, percent

_SMALL: Final[dict[str, Any]] = {"fontsize": "small"}
_CENTRE: Final[dict[str, Any]] = {"ha": "center", "va": "center"}
_QUADRANT_COLORS: Final = {
    "concentrate_here": WARM,
    "keep_up": ACCENT,
    "low_priority": SOFT,
    "possible_overkill": GOLD,
}
_CORNERS: Final[Mapping[str, tuple[float, float, Any, Any]]] = {
    "concentrate_here": (0.01, 0.99, "left", "top"),
    "keep_up": (0.99, 0.99, "right", "top"),
    "low_priority": (0.01, 0.01, "left", "bottom"),
    "possible_overkill": (0.99, 0.01, "right", "bottom"),
}
_LEAST: Final = 0.015
_DOT: Final = 12
_LONGEST_BAR: Final = 1.12
_PLAN_COLORS: Final = {"own": GOLD, "best": ACCENT}
_FACT_HEADS: Final = (
    (-0.35, "center", Text("điểm", "score")),
    (0.5, "center", Text("nặng", "weight")),
    (1.35, "center", Text("tăng", "gain")),
    (3.6, "right", Text("chi phí", "cost")),
)
_PLAN_HEADS: Final = (
    (-0.75, "right", Text("● to = đáng giá", "● size = worth")),
    (0.35, "center", Text("bạn", "you")),
    (1.35, "center", Text("tệ\ntrước", "worst\nfirst")),
    (2.35, "center", Text("rẻ\ntrước", "cheap\nfirst")),
    (3.35, "center", Text("tốt\nnhất", "best")),
)
_KANO_COLORS: Final = {"A": ACCENT, "O": GOLD, "M": WARM, "I": SOFT, "R": INK, "Q": INK}


def asked_or_derived(
    table: pd.DataFrame, names: Mapping[str, Text], guess: float | None, lang: Lang
) -> Figure:
    """Draw what customers say matters beside what moves them, touchpoint by touchpoint.

    Args:
        table: columns ``stated``, ``derived`` and ``planted``, each summing to one, and ``rated``,
            the points on a scale of 1–10 behind ``stated``, by touchpoint.
        names: what each touchpoint is called.
        guess: the learner's prediction of the derived share of advertising, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.45)
    said, moved = figure.subplots(1, 2, sharey=True, width_ratios=(1, 1.9))
    rows = table.sort_values("stated", ascending=False)
    most = rows["derived"].idxmax()
    for row, (key, values) in enumerate(rows.iterrows()):
        said.barh(row, values["stated"], height=0.62, color=PALE)
        said.text(0.006, row, number(values["rated"], 1)(lang), va="center", **_SMALL)
        moved.barh(row, values["derived"], height=0.62, color=ACCENT if key == most else PALE)
        moved.plot([values["planted"]] * 2, [row - 0.4, row + 0.4], color=INK, lw=2)
        end = max(values["derived"], values["planted"]) + 0.01
        if key == "quang_cao" and guess is not None:
            moved.plot(guess, row, "D", ms=9, color=GOLD, zorder=4)
            end = max(end, guess + 0.02) if guess < 0.24 else end
        shown = percent(values["derived"], 1)(lang)
        moved.text(end, row, shown, va="center", color=ACCENT if key == most else INK, **LABEL)
    said.set_yticks(range(len(rows)), [names[str(key)](lang) for key in rows.index])
    for axes, limit, words in (
        (said, 0.16, Text("khách nói", "they say")),
        (moved, 0.52, Text("suy ra   │ sự thật", "derived   │ the truth")),
    ):
        axes.set(xlim=(0, limit), ylim=(len(rows) - 0.45, -0.6), xticks=[])
        axes.spines[["bottom", "left"]].set_visible(False)
        axes.tick_params(length=0)
        _above(axes, 5, words(lang), SOFT)
    if guess is not None:
        _above(moved, 6 + mpl.rcParams["font.size"] * 1.1, f"◆ {YOUR_GUESS(lang)}", GOLD)
    inset(
        figure, left=6.6, right=0.6, top=3.0 if guess is not None else 1.8, bottom=0.3, wspace=0.06
    )
    return figure


def _above(axes: Axes, lift: float, words: str, color: str) -> None:
    """Write words above the left end of the axes, ``lift`` points up."""
    axes.annotate(
        words, (0, 1), (0, lift), xycoords="axes fraction", textcoords="offset points",
        color=color, **LABEL,
    )  # fmt: skip


def priority_map(
    placed: pd.DataFrame,
    names: Mapping[str, Text],
    quadrants: Mapping[str, Text],
    lines: tuple[float, float],
    sure: float,
    lang: Lang,
) -> Figure:
    """Draw importance over performance, the two lines, and hollow marks where the place is unsure.

    Args:
        placed: columns importance (a share), performance (points), quadrant and certainty.
        names: what each touchpoint is called.
        quadrants: what each quadrant is called.
        lines: where importance and performance are cut.
        sure: certainty from which a place counts as certain.
        lang: the reader's language.
    """
    figure = blank(height=1.5)
    axes = figure.subplots()
    line, level = lines
    axes.set(xlim=(5.3, 9.2), ylim=(_LEAST, 0.5), yscale="log", xticks=range(6, 10))
    axes.axhline(line, color=INK, lw=1.4)
    axes.axvline(level, color=INK, lw=1.4)
    for key, (x, y, side, edge) in _CORNERS.items():
        axes.text(
            x, y, quadrants[key](lang), transform=axes.transAxes, ha=side, va=edge,
            color=_QUADRANT_COLORS[key], **LABEL,
        )  # fmt: skip
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x)(lang)))
    axes.yaxis.set_major_locator(FixedLocator([0.02, 0.05, 0.1, 0.2, 0.4]))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: percent(y, 0)(lang)))
    axes.set_xlabel(
        Text("mức thể hiện (điểm) · ○ chưa chắc", "performance (points) · ○ unsure")(lang)
    )
    axes.set_ylabel(Text("tầm quan trọng", "importance")(lang))
    inset(figure, left=4.6, right=0.4, top=0.6, bottom=3.4)
    shown = placed.assign(importance=placed["importance"].clip(lower=_LEAST * 1.15))
    points = axes.transData.transform(shown[["performance", "importance"]]) * 72 / figure.dpi
    cross = axes.transData.transform((level, line)) * 72 / figure.dpi
    edge = axes.transAxes.transform((1, 0))[0] * 72 / figure.dpi
    said = []
    for touchpoint, item in shown.iterrows():
        color, certain = _QUADRANT_COLORS[item["quadrant"]], item["certainty"] >= sure
        axes.plot(
            item["performance"], item["importance"], "o", ms=_DOT, mew=2.5, mec=color,
            mfc=color if certain else "white", zorder=3,
        )  # fmt: skip
        doubt = "" if certain else f" {percent(item['certainty'], 0)(lang)}"
        said.append((names[str(touchpoint)](lang) + doubt, color))
    for (words, color), offset, (x, y) in zip(
        said,
        _free_places([_width(words) for words, _ in said], points, cross, edge),
        points,
        strict=True,
    ):
        axes.annotate(
            words, (x, y), offset, xycoords="figure points", textcoords="offset points",
            color=color, **_CENTRE, **LABEL,
        )  # fmt: skip
    return figure


def _width(words: str) -> float:
    """Return how wide words in the style of a label are, in typographic points."""
    from matplotlib.textpath import text_to_path

    width, _, _ = text_to_path.get_text_width_height_descent(
        words, FontProperties(size=LABEL["fontsize"], weight=LABEL["weight"]), ismath=False
    )
    return float(width)


def _free_places(
    widths: Sequence[float],
    points: NDArray[np.float64],
    cross: NDArray[np.float64],
    edge: float,
) -> list[tuple[float, float]]:
    """Find for the words of each dot a place beside it that hits as little as possible.

    Args:
        widths: width of each dot's words, typographic points.
        points: the dots, shape (n, 2), typographic points.
        cross: where the two lines meet, in the same unit.
        edge: the right end of the drawing, in the same unit.

    Returns:
        The middle of each label as seen from its dot.
    """
    tall = 1.0 * mpl.rcParams["font.size"]
    taken = [(x - _DOT / 2, y - _DOT / 2, x + _DOT / 2, y + _DOT / 2) for x, y in points]
    found = []
    for wide, (x, y) in zip(widths, points, strict=True):
        side, up = wide / 2 + _DOT * 0.95, tall / 2 + _DOT * 0.65
        best: tuple[float, tuple[float, float], tuple[float, float, float, float]] | None = None
        for dx, dy in (
            (side, 0.0), (-side, 0.0), (0.0, up), (0.0, -up), (side, up / 1.6),
            (side, -up / 1.6), (-side, up / 1.6), (-side, -up / 1.6), (wide / 2, up),
            (wide / 2, -up), (-wide / 2, up), (-wide / 2, -up), (wide / 2, -up * 1.6),
            (-wide / 2, up * 1.6), (0.0, -up * 1.6),
        ):  # fmt: skip
            box = (x + dx - wide / 2, y + dy - tall / 2, x + dx + wide / 2, y + dy + tall / 2)
            hits = sum(_overlap(box, other) for other in taken)
            crossed = (box[0] < cross[0] < box[2]) + (box[1] < cross[1] < box[3])
            cost = 10 * hits + crossed + 20 * (box[2] > edge)
            if best is None or cost < best[0]:
                best = cost, (dx, dy), box
        assert best is not None
        found.append(best[1])
        taken.append(best[2])
    return found


def _overlap(one: Sequence[float], other: Sequence[float]) -> bool:
    """Tell whether two boxes (left, bottom, right, top) share any room."""
    apart = one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
    return not apart


def kano_cells(
    table: pd.DataFrame,
    replies: Mapping[str, Text],
    categories: Mapping[str, Text],
    chosen: tuple[str, str],
    lang: Lang,
) -> Figure:
    """Draw Kano's evaluation table with the learner's cell.

    Args:
        table: category letters; rows = answers if it is there, columns = if it is lacking.
        replies: how each answer reads.
        categories: what each letter stands for.
        chosen: the learner's row and column.
        lang: the reader's language.
    """
    figure = blank(height=1.5)
    axes = figure.subplots()
    for row, there in enumerate(table.index):
        axes.text(-0.62, row, replies[there](lang), ha="right", va="center", **_SMALL)
        for column, lacking in enumerate(table.columns):
            letter = str(table.loc[there, lacking])
            mine = (there, lacking) == chosen
            color = _KANO_COLORS[letter]
            axes.add_patch(
                Rectangle(
                    (column - 0.46, row - 0.44), 0.92, 0.88, lw=1.5,
                    fc=color if mine else "none", ec=color if mine else LINE,
                )
            )  # fmt: skip
            axes.text(
                column, row, letter, color="white" if mine else color, weight="bold", **_CENTRE
            )
    for column, lacking in enumerate(table.columns):
        words = replies[lacking](lang).replace(" ", "\n")
        axes.text(column, -0.6, words, ha="center", va="bottom", **_SMALL)
    corner = Text("thiếu thì →\ncó thì ↓", "lacking →\nthere ↓")(lang)
    axes.text(-0.62, -0.6, corner, ha="right", va="bottom", color=SOFT, **LABEL)
    legend = [f"{letter} {name(lang).lower()}" for letter, name in categories.items()]
    for row, part in enumerate((legend[:3], legend[3:])):
        words = " · ".join(part)
        axes.text(4.46, 4.9 + 0.55 * row, words, ha="right", va="center", color=SOFT, **_SMALL)
    axes.set(xlim=(-2.75, 4.5), ylim=(5.75, -2.2))
    axes.axis("off")
    inset(figure, left=0.2, right=0.2, top=0.2, bottom=0.2)
    return figure


def kano_arms(features: Mapping[Text, tuple[float, float]], lang: Lang) -> Figure:
    """Draw for each feature what lacking it costs (left) and what having it wins (right).

    Args:
        features: better (0–1) and worse (−1–0) of each, at most six; the first is looked at.
        lang: the reader's language.
    """
    figure = blank(height=1.65)
    axes = figure.subplots()
    for row, (name, (better, worse)) in enumerate(features.items()):
        at, strong = row + (0.5 if row else 0.0), row == 0
        alpha, height = (1.0, 0.42) if strong else (0.45, 0.28)
        axes.barh(at, worse, height=height, color=WARM, alpha=alpha)
        axes.barh(at, better, height=height, color=ACCENT, alpha=alpha)
        axes.plot([0, 0], [at - height / 2, at + height / 2], color=SOFT, lw=1.5)
        axes.text(0, at - height / 2 - 0.06, name(lang), ha="center", va="bottom", **LABEL)
        for value, side, color in ((worse, "right", WARM), (better, "left", ACCENT)):
            gap = 0.02 if side == "left" else -0.02
            sign = "+" if side == "left" and value > 0 else ""
            words = sign + number(value, 2)(lang)
            axes.text(value + gap, at, words, ha=side, va="center", color=color, **LABEL)
    axes.text(-1, -0.75, Text("◂ thiếu thì mất", "◂ lacking costs")(lang), color=WARM, **LABEL)
    axes.text(
        1, -0.75, Text("có thì được ▸", "having wins ▸")(lang), ha="right", color=ACCENT, **LABEL
    )
    axes.set(xlim=(-1.36, 1.36), ylim=(5.8, -1.1))
    axes.axis("off")
    inset(figure, left=0.2, right=0.2, top=0.2, bottom=0.2)
    return figure


def budget_board(
    table: pd.DataFrame,
    plans: Mapping[str, tuple[Text, Portfolio]],
    most: float,
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw what each plan brings, and below it what it takes, the worst touchpoint on top.

    Args:
        table: columns name (a Text), score_today, importance, gap_closed, cost_vnd and value.
        plans: each plan's name and portfolio; the learner's own stands first, maybe alone.
        most: value of the best plan, above 0.
        guess: the learner's prediction of what “worst first” reaches, a ratio, or None.
        lang: the reader's language.
    """
    alone = len(plans) == 1
    figure = blank(height=1.95 if alone else 2.3)
    bars, board = figure.subplots(2, 1, height_ratios=(0.25 if alone else 1, 3.1))
    for row, (rule, (name, plan)) in enumerate(plans.items()):
        share = plan.value / most
        length = min(share, _LONGEST_BAR)
        bars.barh(row, length, height=0.62, color=_PLAN_COLORS.get(rule, PALE))
        words = number(plan.value, 2)(lang)
        words = words if alone or share > 1 else f"{words} · {percent(share, 0)(lang)}"
        bars.text(length + 0.015, row, words, va="center", **LABEL)
        bars.text(-0.02, row, name(lang), ha="right", va="center", **_SMALL)
        if rule == "worst" and guess is not None:
            bars.plot(guess, row + 0.44, "^", ms=9, color=GOLD)
            told = f"▴ {YOUR_GUESS(lang)} {percent(guess, 0)(lang)}"
            bars.text(1.66, row, told, ha="right", va="center", color=GOLD, **LABEL)
    bars.set(xlim=(-0.62, 1.66), ylim=(len(plans) - 0.4, -0.6))
    bars.axis("off")
    own = plans["own"][1].chosen
    for row, (key, item) in enumerate(table.iterrows()):
        mine = alone and key in own
        look: dict[str, Any] = {"va": "center", "color": GOLD if mine else INK, **_SMALL}
        board.axhline(row + 0.5, color=LINE, lw=0.8)
        board.text(-0.75, row, ("● " if mine else "") + item["name"](lang), ha="right", **look)
        board.text(-0.35, row, number(item["score_today"], 1)(lang), **(_CENTRE | look))
        if alone:
            cells = (percent(item["importance"], 0), number(item["gap_closed"], 1))
            for x, cell in zip((0.5, 1.35), cells, strict=True):
                board.text(x, row, cell(lang), ha="center", **look)
            board.text(3.6, row, money(item["cost_vnd"])(lang), ha="right", **look)
            continue
        for column, (rule, (_, plan)) in enumerate(plans.items()):
            if key in plan.chosen:
                size = 3 + 12 * np.sqrt(item["value"] / table["value"].max())
                color = _PLAN_COLORS.get(rule, SOFT)
                board.plot(column + 0.35, row, "o", ms=size, color=color)
    for x, side, head in _FACT_HEADS if alone else _PLAN_HEADS:
        board.text(x, -0.7, head(lang), ha=side, va="bottom", color=SOFT, **LABEL)
    board.set(xlim=(-3.45, 3.7), ylim=(len(table) - 0.5, -2.1))
    board.axis("off")
    inset(figure, left=0.2, right=0.2, top=0.2, bottom=0.2, hspace=0.02)
    return figure


def emotion_order(
    moments: Sequence[tuple[Text, float]],
    peak: float,
    mean: float,
    memory: float,
    guess: float | None,
    lang: Lang,
) -> Figure:
    """Draw the moments from the first to the last, with the peak and the end that are remembered.

    Args:
        moments: name and score of each moment, in order.
        peak: the extreme score that is remembered.
        mean: average score.
        memory: remembered score.
        guess: the learner's prediction of the remembered score, or None.
        lang: the reader's language.
    """
    figure = blank(height=1.45)
    axes = figure.subplots()
    felt = [score for _, score in moments]
    rows, last = np.arange(len(felt)), len(felt) - 1
    lifted = ACCENT if memory >= mean else WARM
    axes.plot([mean, mean], [last + 0.5, -0.6], color=SOFT, lw=1.4, ls="--")
    axes.plot([memory, memory], [last + 0.5, -1.15], color=lifted, lw=2.5)
    axes.plot(felt, rows, color=PALE, lw=3, zorder=1)
    kept = felt.index(peak)
    for row, score in enumerate(felt):
        strong = row in (kept, last)
        color = WARM if score < mean else ACCENT
        axes.plot(score, row, "o", ms=15 if strong else 9, color=color if strong else SOFT)
        if strong:
            axes.text(score, row, number(score)(lang), color="white", **_CENTRE, **LABEL)
    for at, level, mark, words, color, right in (
        (mean, -0.75, "", Text("trung bình", "average"), SOFT, memory < mean),
        (memory, -1.3, "", Text("còn nhớ", "remembered"), lifted, False),
        (guess, -1.85, "◆ ", YOUR_GUESS, GOLD, False),
    ):
        if at is not None:
            side, gap = ("left", 0.12) if right else ("right", -0.12)
            told = f"{mark}{words(lang)} {number(at, 1)(lang)}"
            axes.text(at + gap, level, told, ha=side, va="center", color=color, **LABEL)
    if guess is not None:
        axes.plot(guess, last + 0.5, "D", ms=9, color=GOLD, clip_on=False, zorder=4)
    axes.set_yticks(rows, [name(lang) for name, _ in moments])
    top = -1.6 if guess is None else -2.1
    axes.set(xlim=(0, 10), ylim=(last + 0.5, top), xticks=range(0, 11, 2))
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(Text("khách chấm (điểm)", "score (points)")(lang))
    inset(figure, left=10.2, right=2.4, top=0.2, bottom=3.2)
    return figure


def memory_rules(explained: pd.Series[float], names: Mapping[str, Text], lang: Lang) -> Figure:
    """Draw how much of the overall score each memory rule explains.

    Args:
        explained: R² of each rule.
        names: what each rule is called.
        lang: the reader's language.
    """
    figure = blank(height=0.8)
    axes = figure.subplots()
    best = explained.idxmax()
    for row, (rule, share) in enumerate(explained.items()):
        color = ACCENT if rule == best else PALE
        axes.barh(row, share, height=0.6, color=color)
        axes.text(share + 0.015, row, percent(share, 0)(lang), va="center", **LABEL)
    axes.set_yticks(range(len(explained)), [names[str(rule)](lang) for rule in explained.index])
    axes.set(xlim=(0, 1), ylim=(len(explained) - 0.4, -0.6), xticks=[])
    axes.spines[["bottom", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(Text("giải thích được bao nhiêu (R²)", "variance explained (R²)")(lang))
    inset(figure, left=9.4, right=0.4, top=0.3, bottom=1.8)
    return figure


def emotion_curve(
    table: pd.DataFrame, stages: Mapping[str, Text], target: float, lang: Lang
) -> Figure:
    """Draw a journey from top to bottom: score, weight, moments of truth and what gets money.

    Args:
        table: columns name (a Text), stage, performance, weight, decisive and funded, in order.
        stages: what each stage is called.
        target: the score to reach.
        lang: the reader's language.
    """
    present = [stage for stage in stages if (table["stage"] == stage).any()]
    figure = blank(height=0.5 + 0.115 * (len(table) + len(present)))
    axes = figure.subplots()
    across = axes.get_yaxis_transform()
    left_side: dict[str, Any] = {"x": -0.02, "transform": across, "ha": "right", "va": "center"}
    rows: list[int] = []
    row = -1
    for stage in present:
        row += 1
        axes.text(y=row, s=stages[stage](lang), color=SOFT, **left_side, **LABEL)
        count = int((table["stage"] == stage).sum())
        rows += range(row + 1, row + count + 1)
        row += count
    axes.plot([target, target], [-0.4, row + 0.5], color=INK, lw=1.4, ls="--")
    axes.plot(table["performance"], rows, color=PALE, lw=3, zorder=1)
    heaviest = float(table["weight"].max())
    for at, item in zip(rows, table.to_dict("records"), strict=True):
        score, below = item["performance"], item["performance"] < target
        color = ACCENT if item["funded"] else WARM if below and item["decisive"] else SOFT
        size = 5 + 10 * np.sqrt(item["weight"] / heaviest)
        axes.plot(score, at, "o", ms=size, color=color)
        star = "★ " if item["decisive"] else ""
        axes.text(y=at, s=star + item["name"](lang), **left_side, **_SMALL)
        words = ("✓ " if item["funded"] else "") + number(score, 1)(lang)
        axes.text(1, at, words, transform=across, ha="right", va="center", color=color, **LABEL)
    goal = Text("muốn đạt", "target")(lang)
    axes.text(target, row + 0.6, goal, ha="center", va="top", **_SMALL)
    marks = Text("★ khoảnh khắc quyết định · ✓ rót tiền", "★ moment of truth · ✓ fund")(lang)
    axes.text(y=row + 1.9, s=marks, color=SOFT, **(left_side | {"x": 1}), **_SMALL)
    low = min(float(table["performance"].min()), target, 9.0) - 0.5
    axes.set(xlim=(low, 10 + 0.5 * (10 - low)), ylim=(row + 2.4, -0.7), yticks=[], xticks=[])
    axes.spines[["left", "bottom"]].set_visible(False)
    inset(figure, left=11.2, right=0.3, top=0.2, bottom=0.2)
    return figure


def commitments(
    rows: Sequence[tuple[Text, float, Text]],
    complete: Sequence[bool],
    review: int,
    lang: Lang,
) -> Figure:
    """Draw every commitment over the months to its deadline, with the reviews on the way.

    Args:
        rows: name, deadline in months, and what is told of each.
        complete: whether each has all that a commitment needs.
        review: months between reviews.
        lang: the reader's language.
    """
    figure = blank(height=0.45 + 0.22 * len(rows))
    axes = figure.subplots()
    last = max(review, *(months for _, months, _ in rows))
    for row, ((name, months, told), done) in enumerate(zip(rows, complete, strict=True)):
        color = ACCENT if done else WARM
        axes.text(0, row - 0.27, name(lang), va="bottom", **LABEL)
        axes.text(last, row + 0.24, told(lang), ha="right", va="top", color=color, **_SMALL)
        axes.plot([0, last], [row, row], color=LINE, lw=6, solid_capstyle="round")
        axes.plot([0, months], [row, row], color=color, lw=6, solid_capstyle="round")
        checks = np.arange(review, months, review)
        axes.plot(checks, [row] * len(checks), "o", ms=4, color="white")
        axes.plot(months, row, "D", ms=10, color=color)
    axes.set(xlim=(-0.02 * last, last * 1.03), ylim=(len(rows) - 0.25, -0.75), yticks=[])
    axes.xaxis.set_major_locator(MaxNLocator(7, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x)(lang)))
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(
        Text("tháng · ◆ thời hạn · chấm trắng: rà soát", "months · ◆ deadline · dots: reviews")(
            lang
        )
    )
    inset(figure, left=0.6, right=0.8, top=0.2, bottom=3.2)
    return figure
