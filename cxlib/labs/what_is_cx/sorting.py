"""Sort the situations into two layers of X, eight at a time, and meet the key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from cxlib.charts import what_is_cx as charts
from cxlib.labs.what_is_cx.situations import (
    AFTER,
    ALL,
    BEFORE,
    DURING,
    FIRST,
    SECOND,
    SHORT,
    Situation,
)
from cxlib.learning.fields import Pick, Quantity
from cxlib.learning.lab import Lab, Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.evidence import cohen_kappa
from cxlib.text import Text, number, out_of, same

_UNSORTED: Final = Text("chưa xếp", "not sorted")
_LATER: Final = Text("sau dòng 8", "after row 8")


def _round(order: int, name: Text, situations: Sequence[Situation]) -> Lab:
    """Make the lab of one round; its fields are named by layer and place."""
    fields: dict[str, Any] = {
        f"{layer}_{i}": Pick(label=label, options=options, row=same(f"{i + 1}. ") + situation.text)
        for i, situation in enumerate(situations)
        for layer, label, options in (
            ("first", Text("Lớp 1", "Layer 1"), FIRST),
            ("second", Text("Lớp 2", "Layer 2"), SECOND),
        )
    }
    eyes = {
        "key": (Text("Tình huống 1: theo đáp án", "Case 1: by the key"), ""),
        "digital": (
            Text("Tình huống 2: phòng kênh số xếp", "Case 2: the digital team's eye"),
            "DX",
        ),
        "brand": (
            Text("Tình huống 3: phòng thương hiệu xếp", "Case 3: the brand team's eye"),
            "BX",
        ),
    }
    decorate = lab(
        key=f"sort-{order}",
        title=Text(f"Xếp chữ X, vòng {order}: ", f"Sort the X, round {order}: ") + name,
        presets={key: Preset(who, _answers(situations, x)) for key, (who, x) in eyes.items()},
        formulas=((Text("Mức giống nhau, κ của Cohen", "Agreement, Cohen's κ"), cohen_kappa),),
        sources=("cohen1960", "nguyenduong2020"),
        **fields,
    )
    return decorate(partial(_compare, situations))


def _answers(situations: Sequence[Situation], department: str) -> dict[str, str]:
    """Answer every situation rightly, as one department sees it."""
    first = {f"first_{i}": situation.first for i, situation in enumerate(situations)}
    second = {
        f"second_{i}": situation.seen_by(department) for i, situation in enumerate(situations)
    }
    return {**first, **second}


def _compare(situations: Sequence[Situation], **answers: str | None) -> View:
    """Lay the learner's answers beside the key, situation by situation once it is sorted."""
    places = range(len(situations))
    first, second = ([answers[f"{layer}_{i}"] for i in places] for layer in ("first", "second"))
    done = [i for i in places if first[i] and second[i]]
    same_first = sum(first[i] == situations[i].first for i in done)
    fitting = sum(second[i] in situations[i].fits for i in done)
    loose = sum(len(situation.boxes) != 1 for situation in situations)
    finished = len(done) == len(places)
    return View(
        finding=_finding(len(done), len(places)).format(
            done=number(len(done)),
            all=number(len(places)),
            first=number(same_first),
            second=number(fitting),
            loose=number(loose),
        ),
        chart=partial(
            charts.sorting_board,
            [situation.name for situation in situations],
            SHORT,
            [(situation.first, *situation.fits) for situation in situations],
            list(zip(first, second, strict=True)),
        ),
        key_figures=(
            KeyFigure(
                Text("Lớp 1 giống đáp án", "Layer 1 as in the key"), out_of(same_first, len(done))
            ),
            KeyFigure(Text("Lớp 2 hợp lý", "Layer 2 acceptable"), out_of(fitting, len(done))),
            KeyFigure(
                Text("κ lớp 1", "κ of layer 1"),
                _kappa(first, [s.first for s in situations]) if finished else _LATER,
            ),
            KeyFigure(
                Text("κ lớp 2, so với ô dễ thấy nhất", "κ of layer 2, with the obvious box"),
                _kappa(second, [s.fits[0] for s in situations]) if finished else _LATER,
            ),
        ),
        table=_table(situations, first, second),
    )


def _finding(done: int, all_: int) -> Text:
    if done == 0:
        return Text(
            "Xếp chuyện đầu tiên đi: đáp án của mỗi dòng chỉ hiện ra sau khi bạn xếp xong dòng ấy.",
            "Sort the first situation: the key to each row shows once you have sorted that row.",
        )
    if done < all_:
        return Text(
            "Đã xếp {done}/{all}: lớp 1 giống đáp án {first}, lớp 2 hợp lý {second}.",
            "{done} of {all} sorted: {first} as in the key in layer 1, {second} acceptable in "
            "layer 2.",
        )
    return Text(
        "Ở lớp 1 bạn giống đáp án {first}/{all}. Còn ở lớp 2, có tới {loose}/{all} chuyện "
        "không nằm gọn trong đúng một ô.",
        "In layer 1 you agree with the key on {first} of {all}. In layer 2, {loose} of {all} "
        "situations do not fit into just one box.",
    )


def _kappa(mine: Sequence[str | None], key: Sequence[str]) -> Text:
    return number(cohen_kappa(list(map(str, mine)), key).kappa, 2)


def _table(
    situations: Sequence[Situation], first: Sequence[str | None], second: Sequence[str | None]
) -> Table:
    rows = []
    for i, situation in enumerate(situations):
        mine = [SHORT[x] if x else _UNSORTED for x in (first[i], second[i])]
        key = [_UNSORTED, _UNSORTED]
        if first[i] and second[i]:
            key = [SHORT[situation.first], _listed(situation.fits)]
        rows.append([situation.name, *mine, *key])
    heads = (
        Text("Chuyện", "Situation"),
        Text("Bạn, lớp 1", "You, layer 1"),
        Text("Bạn, lớp 2", "You, layer 2"),
        Text("Đáp án, lớp 1", "Key, layer 1"),
        Text("Đáp án, lớp 2", "Key, layer 2"),
    )
    return Table(heads, rows)


def _listed(boxes: Sequence[str]) -> Text:
    names = [SHORT[box] for box in boxes]
    return Text(", ".join(name.vi for name in names), ", ".join(name.en for name in names))


sort_before: Final = _round(1, Text("trước khi mua", "before buying"), BEFORE)
sort_during: Final = _round(2, Text("lúc mua và nhận hàng", "buying and receiving"), DURING)
sort_after: Final = _round(3, Text("sau khi mua", "after buying"), AFTER)


one_box: Final = Prediction(
    key="one-box",
    question=Quantity(
        Text(
            "Trong 24 chuyện của An Nhiên, theo bạn bao nhiêu chuyện nằm gọn trong đúng "
            "một ô: DX, PX, BX hoặc UX/UI?",
            "Of An Nhien's 24 situations, how many fit into exactly one box: DX, PX, BX or UX/UI?",
        ),
        None,
        0,
        24,
        1,
    ),
    answer=lambda: sum(len(situation.boxes) == 1 for situation in ALL),
)
