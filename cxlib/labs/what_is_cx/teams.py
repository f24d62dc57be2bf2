"""Two teams of a class sort the same situations: do they agree, or is it chance?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import numpy as np

from cxlib.charts import what_is_cx as charts
from cxlib.learning.fields import Quantity
from cxlib.learning.lab import Preset, lab
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.evidence import Kappa, cohen_kappa
from cxlib.text import Text, from_to, number, percent, same

_COUNT: Final = Text("Số chuyện", "Situations")
_TEAMS: Final[tuple[Any, ...]] = (
    Quantity(Text("Cả hai đội xếp CX", "Both say CX"), 14, 1, 60, 1),
    Quantity(Text("Đội 1 CX, đội 2 EX", "Team 1 CX, team 2 EX"), 2, 0, 60, 1),
    Quantity(Text("Đội 1 EX, đội 2 CX", "Team 1 EX, team 2 CX"), 2, 0, 60, 1),
    Quantity(Text("Cả hai đội xếp EX", "Both say EX"), 6, 0, 60, 1),
)


@lab(
    key="two-teams",
    title=Text("Hai đội giống nhau thật hay tình cờ?", "Do two teams agree, or is it chance?"),
    presets={
        "same-habit": Preset(
            Text("Tình huống 1: cùng thói quen", "Case 1: the same habit"),
            {"both_cx": 20, "both_ex": 0, "first_only": 2, "second_only": 2},
        ),
        "same-eye": Preset(
            Text("Tình huống 2: cùng cách hiểu", "Case 2: the same understanding"),
            {"both_cx": 14, "both_ex": 6, "first_only": 2, "second_only": 2},
        ),
    },
    formulas=((Text("Mức giống nhau, κ của Cohen", "Agreement, Cohen's κ"), cohen_kappa),),
    sources=("cohen1960", "fleiss1969"),
    **dict(zip(("both_cx", "first_only", "second_only", "both_ex"), _TEAMS, strict=True)),
)
def two_teams(both_cx: float, both_ex: float, first_only: float, second_only: float) -> View:
    """Take chance off the agreement of two teams."""
    counts = [int(count) for count in (both_cx, first_only, second_only, both_ex)]
    together, one, other, apart = np.array(counts) / sum(counts)
    agreement = float(together + apart)
    by_chance = float((together + one) * (together + other) + (apart + one) * (apart + other))
    found = _kappa_of(counts)
    return View(
        finding=_teams_finding(agreement, by_chance, found),
        chart=partial(charts.agreement_line, agreement, by_chance),
        key_figures=(
            KeyFigure(Text("Giống nhau", "Agreement"), percent(agreement, 0)),
            KeyFigure(Text("Tình cờ cũng giống", "By chance alone"), percent(by_chance, 0)),
            *_kappa_figures(found),
        ),
        table=Table(
            (Text("Hai đội xếp", "The two teams say"), _COUNT),
            [(field.label, number(count)) for field, count in zip(_TEAMS, counts, strict=True)],
        ),
    )


def _kappa_of(counts: Sequence[int]) -> Kappa | None:
    """Cohen's κ of two teams, or None where both put everything in one box."""
    first, second = np.repeat(list("CCEE"), counts), np.repeat(list("CECE"), counts)
    return cohen_kappa(first, second) if len({*first, *second}) > 1 else None


def _teams_finding(agreement: float, by_chance: float, found: Kappa | None) -> Text:
    if found is None:
        return Text(
            "Hai đội chỉ dùng một loại nên không tách được phần tình cờ: hãy thêm chuyện loại kia.",
            "Both teams used one kind only, so chance cannot be told apart: add situations of the "
            "other.",
        )
    return Text(
        "Hai đội giống nhau {agreement}, nhưng tình cờ cũng đã giống {chance}: κ chỉ còn {kappa}.",
        "The teams agree on {agreement}, but chance alone gives {chance}: that leaves a κ of "
        "{kappa}.",
    ).format(
        agreement=percent(agreement, 0),
        chance=percent(by_chance, 0),
        kappa=number(found.kappa, 2),
    )


def _kappa_figures(found: Kappa | None) -> tuple[KeyFigure, ...]:
    if found is None:
        return (KeyFigure(same("κ"), Text("không tính được", "cannot be computed")),)
    return (
        KeyFigure(same("κ"), number(found.kappa, 2)),
        KeyFigure(
            Text("Khoảng tin cậy 95 % của κ", "95% confidence interval of κ"),
            from_to(number(found.low, 2), number(found.high, 2)),
        ),
    )
