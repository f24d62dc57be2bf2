"""Whose hands hold the experience: complaints along the journey, and who is put in charge."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

import pandas as pd

from cxlib.catalogue.terms import TOUCHPOINTS
from cxlib.charts import what_is_cx as charts
from cxlib.data import load
from cxlib.learning.fields import Several, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.text import Text, number, percent

_STAGES: Final = {
    Text("Trước khi mua", "Before buying"): ("quang_cao", "website", "tu_van"),
    Text("Lúc mua và nhận hàng", "Buying and receiving"): ("thanh_toan", "giao_hang", "lap_dat"),
    Text("Sau khi mua", "After buying"): ("cskh", "bao_hanh"),
}
_CARE: Final = ("cskh", "bao_hanh")


@cache
def complaints() -> pd.Series:
    """Count An Nhien's bad comments by touchpoint, in the order of the journey."""
    comments = load("gop_y").query("sentiment < 0")
    return comments["touchpoint"].value_counts().reindex(list(TOUCHPOINTS))


def _held(owned: tuple[str, ...]) -> float:
    """Return the share of bad comments at these touchpoints."""
    counts = complaints()
    return float(counts[list(owned)].sum() / counts.sum())


@lab(
    key="who-holds-cx",
    title=Text("Giao CX cho ai thì đủ?", "Whom to put in charge of CX?"),
    presets={
        "care": Preset(
            Text("Tình huống 1: giao phòng CSKH", "Case 1: customer service"), {"owned": _CARE}
        ),
        "digital": Preset(
            Text("Tình huống 2: giao phòng kênh số", "Case 2: the digital team"),
            {"owned": ("quang_cao", "website")},
        ),
        "journey": Preset(
            Text("Tình huống 3: cả hành trình", "Case 3: the whole journey"),
            {"owned": tuple(TOUCHPOINTS)},
        ),
    },
    sources=("lemon2016",),
    owned=Several(
        label=Text("Điểm chạm đã có người lo", "Touchpoints somebody is in charge of"),
        options=TOUCHPOINTS,
        default=_CARE,
    ),
)
def who_holds_cx(owned: tuple[str, ...], guess: float | None = None) -> View:
    """Show how much of what customers complain about lies with those put in charge."""
    counts, held = complaints(), _held(owned)
    worst = max(
        (key for key in TOUCHPOINTS if key not in owned),
        key=lambda key: int(counts[key]),
        default=None,
    )
    finding = Text(
        "Người được giao lo được {held} lời chê; bị chê nhiều nhất mà chưa ai lo là “{worst}”.",
        "Those in charge hold {held} of the complaints; the worst that nobody holds is “{worst}”.",
    )
    if worst is None:
        finding = Text(
            "Cả hành trình đã có người lo: 100 % lời chê đều có địa chỉ.",
            "Somebody is in charge all along: 100% of the complaints have an address.",
        )
    elif not owned:
        finding = Text(
            "Không điểm chạm nào có người lo, nhưng khách vẫn chê {count} lần: trải nghiệm vẫn có "
            "đó.",
            "Nobody is in charge of anything, yet there are {count} complaints: the experience "
            "exists all the same.",
        )
    return View(
        finding=finding.format(
            held=percent(held, 0),
            worst=TOUCHPOINTS[worst or "cskh"],
            count=number(int(counts.sum())),
        ),
        chart=partial(charts.complaints_by_stage, counts, _STAGES, TOUCHPOINTS, owned, guess),
        key_figures=(
            KeyFigure(
                Text("Lời chê có người lo", "Complaints in somebody's hands"), percent(held, 0)
            ),
            KeyFigure(
                Text("Bỏ ngỏ", "Left open"), percent(1 - held, 0), "bad" if held < 1 else "good"
            ),
        ),
        table=Table(
            (Text("Điểm chạm", "Touchpoint"), Text("Số lời chê", "Complaints")),
            [(TOUCHPOINTS[key], number(int(counts[key]))) for key in TOUCHPOINTS],
        ),
    )


held_by_care: Final = Prediction(
    key="held-by-care",
    question=Share(
        Text(
            "Ban giám đốc An Nhiên giao CX cho phòng CSKH, nơi lo hai điểm chạm: chăm sóc khách "
            "hàng và bảo hành. Theo bạn, bao nhiêu phần trăm lời chê của khách rơi vào hai điểm "
            "chạm ấy?",
            "An Nhien's directors put customer service in charge of CX. It looks after two "
            "touchpoints: customer care and warranty. What share of customers' complaints falls on "
            "those two?",
        ),
        None,
        0.0,
        1.0,
        0.01,
    ),
    answer=lambda: _held(_CARE),
)
