"""How many answers a score needs: to be known, and to show that it changed."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cxlib.charts import scores as charts
from cxlib.learning.fields import Quantity, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.scores import nps_sample_size, nps_sample_size_for_change
from cxlib.text import Text, number, same

FloatArray = NDArray[np.float64]

PROMOTERS: Final = 0.42
DETRACTORS: Final = 0.18
TARGET: Final = 5.0
GROUPS: Final[dict[str, Any]] = {
    "promoters": Share(Text("Người ủng hộ", "Promoters"), PROMOTERS, 0.1, 0.6, 0.01),
    "detractors": Share(Text("Người chưa hài lòng", "Detractors"), DETRACTORS, 0.05, 0.4, 0.01),
}
"""The fields for the two groups that make an NPS; together they never exceed all customers."""


def points_known(needed_for_one_point: int, answers: FloatArray) -> FloatArray:
    """Tell to how many points a score is known, from the answers that one point would need."""
    return np.sqrt(needed_for_one_point / answers)


@lab(
    key="sample-size",
    title=Text("Bao nhiêu phiếu thì đủ?", "How many answers are enough?"),
    presets={
        "shop": Preset(
            Text("Tình huống 1: quán 60 phiếu", "Case 1: a shop with 60 answers"), {"answers": 60}
        ),
        "split": Preset(
            Text("Tình huống 2: khách chia hai phe", "Case 2: customers split in two"),
            {"promoters": 0.5, "detractors": 0.4},
        ),
        "coarse": Preset(
            Text("Tình huống 3: chỉ cần thấy 10 điểm", "Case 3: seeing 10 points will do"),
            {"target": 10},
        ),
    },
    formulas=(
        (Text("Phiếu cho một đợt", "Answers for one wave"), nps_sample_size),
        (Text("Phiếu mỗi đợt để so hai đợt", "Answers to compare two"), nps_sample_size_for_change),
    ),
    sources=("reichheld2003", "cohen1988"),
    answers=Quantity(Text("Số phiếu mỗi đợt của bạn", "Your answers per wave"), 400, 20, 5_000, 10),
    target=Quantity(
        Text("Chính xác tới mấy điểm NPS", "Points of NPS that matter"), TARGET, 2, 20, 1
    ),
    **GROUPS,
)
def sample_size(
    answers: float,
    target: float,
    promoters: float,
    detractors: float,
    guess: float | None = None,
) -> View:
    """Find the answers that make a score known, and those that make a change visible."""
    one_wave = partial(points_known, nps_sample_size(promoters, detractors, 1))
    two_waves = partial(points_known, nps_sample_size_for_change(promoters, detractors, 1))
    needed = (
        nps_sample_size(promoters, detractors, target),
        nps_sample_size_for_change(promoters, detractors, target),
    )
    margin, change = (float(curve(np.array(answers))) for curve in (one_wave, two_waves))
    return View(
        finding=_finding(answers, target, needed),
        chart=partial(charts.sample_size, one_wave, two_waves, answers, target, needed, guess),
        key_figures=(
            KeyFigure(
                Text("Sai số biên của bạn", "Your margin of error"),
                same("±") + number(margin, 1) + Text(" điểm", " points"),
            ),
            KeyFigure(
                Text("Mức đổi bạn thấy được", "Change you can detect"),
                number(change, 1) + Text(" điểm", " points"),
            ),
            KeyFigure(
                Text("NPS của ví dụ", "NPS of the example"),
                number(100 * (promoters - detractors)),
            ),
        ),
        table=Table(
            (
                Text("Chính xác tới (điểm)", "Points that matter"),
                Text("Phiếu cho một đợt", "Answers, one wave"),
                Text("Phiếu mỗi đợt để so hai đợt", "Answers per wave, two waves"),
            ),
            [
                [
                    number(points),
                    number(nps_sample_size(promoters, detractors, points)),
                    number(nps_sample_size_for_change(promoters, detractors, points)),
                ]
                for points in (2, 3, 5, 8, 10, 15, 20)
            ],
        ),
    )


def _finding(answers: float, target: float, needed: tuple[int, int]) -> Text:
    known, compared = needed
    sentence = Text(
        "Muốn NPS chính xác tới ±{target} điểm phải có {known} phiếu; muốn nhận ra thay đổi "
        "{target} điểm giữa hai đợt phải có {compared} phiếu mỗi đợt. ",
        "To know the NPS within ±{target} points takes {known} answers; to detect a change of "
        "{target} points between two waves takes {compared} per wave. ",
    )
    if answers >= compared:
        sentence += Text("Bạn có {n}: đủ cho cả hai.", "You have {n}: enough for both.")
    elif answers >= known:
        sentence += Text(
            "Bạn có {n}: đủ để biết, chưa đủ để so.",
            "You have {n}: enough to know, not to compare.",
        )
    else:
        sentence += Text("Bạn có {n}: chưa đủ cho việc nào.", "You have {n}: enough for neither.")
    return sentence.format(
        target=number(target), known=number(known), compared=number(compared), n=number(answers)
    )


answers_needed: Final = Prediction(
    key="answers-needed",
    question=Quantity(
        Text(
            "An Nhiên có 42 % người ủng hộ và 18 % người chưa hài lòng. Muốn nhận ra NPS thay đổi "
            "thật 5 điểm giữa hai đợt, theo bạn mỗi đợt cần bao nhiêu phiếu?",
            "An Nhien has 42% promoters and 18% detractors. To detect that NPS really changed by "
            "5 points between two waves, how many answers does each wave need?",
        ),
        None,
        50,
        5_000,
        1,
    ),
    answer=lambda: nps_sample_size_for_change(PROMOTERS, DETRACTORS, TARGET),
)
