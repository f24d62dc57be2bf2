"""Who answers, and what was asked first: the error that more answers do not mend."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np

from cxlib.charts import scores as charts
from cxlib.labs.scores.sample import DETRACTORS, PROMOTERS, points_known
from cxlib.learning.fields import Choice, Quantity, Share
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.answering import answering_shares, ask_complaints_first
from cxlib.models.scores import nps_sample_size
from cxlib.text import Text, from_to, number, percent

_GROUPS: Final = np.array([PROMOTERS, 1 - PROMOTERS - DETRACTORS, DETRACTORS])
_TRUTH: Final = 100 * (PROMOTERS - DETRACTORS)
_MOVED: Final = 0.12
_ANGRY: Final = (0.05, 0.03, 0.15)
_INVITED: Final = np.geomspace(500, 500_000, 60)
_START: Final = 5_000
_ANSWERS: Final = Text("Tỷ lệ trả lời", "Response rates")


def _measured(shares: np.ndarray) -> float:
    return float(100 * (shares[0] - shares[2]))


_BIAS: Final = _measured(answering_shares(_GROUPS, _ANGRY)) - _TRUTH
_GUESSED: Final = {
    "same": (10 * _START, _TRUTH + _BIAS),
    "third": (10 * _START, _TRUTH + _BIAS / np.sqrt(10)),
    "tenth": (10 * _START, _TRUTH + _BIAS / 10),
}


@lab(
    key="who-answers",
    title=Text("Ai trả lời, và hỏi gì trước?", "Who answers, and what is asked first?"),
    presets={
        "fair": Preset(
            Text("Tình huống 1: ai cũng trả lời như nhau", "Case 1: all answer alike"),
            {"promoters": 0.06, "passives": 0.06, "detractors": 0.06, "order": "recommend"},
        ),
        "angry": Preset(
            Text("Tình huống 2: chỉ người bực lên tiếng", "Case 2: only the angry speak up"),
            {"promoters": 0.01, "passives": 0.01, "detractors": 0.2, "order": "recommend"},
        ),
        "picked": Preset(
            Text("Tình huống 3: nhân viên chỉ mời khách vui", "Case 3: staff invite the happy"),
            {"promoters": 0.3, "passives": 0.1, "detractors": 0.02, "order": "recommend"},
        ),
    },
    formulas=((Text("Ai có mặt trong mẫu", "Who is in the sample"), answering_shares),),
    sources=("groves2008", "squire1988", "strack1988"),
    invited=Quantity(Text("Số lời mời", "Invitations"), _START, 1_000, 200_000, 1_000),
    promoters=Share(Text("Người ủng hộ", "Promoters"), _ANGRY[0], 0.01, 0.6, 0.01, group=_ANSWERS),
    passives=Share(Text("Người thụ động", "Passives"), _ANGRY[1], 0.01, 0.6, 0.01, group=_ANSWERS),
    detractors=Share(
        Text("Người chưa hài lòng", "Detractors"), _ANGRY[2], 0.01, 0.6, 0.01, group=_ANSWERS
    ),
    order=Choice(
        label=Text("Câu hỏi đầu tiên", "The first question"),
        options={
            "recommend": Text("Bạn có giới thiệu chúng tôi không?", "Would you recommend us?"),
            "complaints": Text("Có điều gì làm bạn bực không?", "Did anything annoy you?"),
        },
        default="recommend",
    ),
)
def who_answers(
    invited: float,
    promoters: float,
    passives: float,
    detractors: float,
    order: str,
    guess: str | None = None,
) -> View:
    """Compare the score of those who answer with that of all customers."""
    rates = np.array([promoters, passives, detractors])
    felt = ask_complaints_first(_GROUPS, _MOVED) if order == "complaints" else _GROUPS
    shares, response = answering_shares(felt, rates), float(felt @ rates)
    measured, answers = _measured(shares), invited * response
    one_point = nps_sample_size(float(shares[0]), float(shares[2]), 1)
    margin = float(points_known(one_point, np.array(answers)))
    return View(
        finding=_finding(measured, margin, answers, response),
        chart=partial(
            charts.wrong_and_sure,
            _INVITED,
            points_known(one_point, _INVITED * response),
            measured,
            _TRUTH,
            invited,
            _GUESSED.get(guess or ""),
        ),
        key_figures=(
            KeyFigure(Text("Phiếu thu về", "Answers received"), number(answers)),
            KeyFigure(Text("Tỷ lệ trả lời chung", "Overall response rate"), percent(response)),
            KeyFigure(
                Text("Khoảng 95 %", "95% interval"),
                from_to(
                    number(max(measured - margin, -100), 1), number(min(measured + margin, 100), 1)
                ),
            ),
            KeyFigure(
                Text("Lệch so với sự thật", "Off the truth by"),
                number(abs(measured - _TRUTH), 1) + Text(" điểm", " points"),
                "bad" if abs(measured - _TRUTH) > margin else "plain",
            ),
        ),
        table=Table(
            (
                Text("Nhóm khách", "Group"),
                Text("Trong toàn bộ khách", "Among all customers"),
                Text("Tỷ lệ trả lời", "Response rate"),
                Text("Trong số phiếu", "Among the answers"),
            ),
            [
                [name, percent(all_), percent(rate), percent(here)]
                for name, all_, rate, here in zip(
                    (
                        Text("Ủng hộ (9–10)", "Promoters (9–10)"),
                        Text("Thụ động (7–8)", "Passives (7–8)"),
                        Text("Chưa hài lòng (0–6)", "Detractors (0–6)"),
                    ),
                    _GROUPS.tolist(),
                    rates.tolist(),
                    shares.tolist(),
                    strict=True,
                )
            ],
        ),
    )


def _finding(measured: float, margin: float, answers: float, response: float) -> Text:
    if abs(measured - _TRUTH) > margin:
        sentence = Text(
            "Đo được {measured} ± {margin} từ {n} phiếu, trong khi sự thật là {truth}: mời thêm "
            "chỉ làm khoảng hẹp lại quanh một con số sai.",
            "Measured: {measured} ± {margin} from {n} answers, while the truth is {truth}: more "
            "invitations only tighten the interval around a wrong number.",
        )
    elif abs(measured - _TRUTH) < 0.5:
        sentence = Text(
            "Đo được {measured} ± {margin} từ {n} phiếu, đúng bằng sự thật {truth} dù chỉ "
            "{response} khách trả lời: các nhóm trả lời đều như nhau thì mẫu nhỏ vẫn nói thật.",
            "Measured: {measured} ± {margin} from {n} answers, and the truth is {truth}, though "
            "only {response} answer: if all groups answer alike, even a small sample tells the "
            "truth.",
        )
    else:
        sentence = Text(
            "Đo được {measured} ± {margin} từ {n} phiếu: khoảng còn rộng nên vẫn chứa sự thật "
            "{truth}. Mời thêm nữa thì khoảng hẹp lại, và sự thật sẽ nằm ngoài.",
            "Measured: {measured} ± {margin} from {n} answers: the wide interval still holds the "
            "truth, {truth}. Invite more and it tightens, leaving the truth outside.",
        )
    return sentence.format(
        measured=number(measured),
        margin=number(margin, 1),
        n=number(answers),
        truth=number(_TRUTH),
        response=percent(response, 0),
    )


ten_times_more: Final = Prediction(
    key="ten-times-more",
    question=Choice(
        label=Text(
            "NPS thật của mọi khách là 24, nhưng người bực siêng trả lời hơn nên chị Hạnh đo được "
            "−10, lệch 34 điểm. Nếu gửi gấp mười lần lời mời, theo bạn NPS đo được sẽ lệch bao "
            "nhiêu?",
            "The true NPS of all customers is 24, but the angry answer more readily, so Ms Hanh "
            "measures −10, which is 34 points off. With ten times the invitations, how far off "
            "will the NPS be?",
        ),
        options={
            "tenth": Text("Khoảng 3 điểm: giảm mười lần", "About 3 points: a tenth"),
            "third": Text("Khoảng 11 điểm: giảm chừng ba lần", "About 11 points: a third"),
            "same": Text("Vẫn 34 điểm", "Still 34 points"),
        },
    ),
    answer=lambda: "same",
)
