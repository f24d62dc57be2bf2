"""The pilot protocol of the learner's company: written down before anything is measured."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache, partial
from typing import Final

import numpy as np

from cxlib.charts import pilot as charts
from cxlib.labs.was_it_cx.stores import FloatArray
from cxlib.learning.fields import Choice, Pick, Points, Quantity, Several, Share, Words
from cxlib.learning.lab import Preset, lab
from cxlib.learning.profile import Profile
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.evidence import design_effect, two_proportion_sample_size
from cxlib.text import Text, number, out_of, percent, points, same

MOST_WEEKS: Final = 52
_STORES: Final = "stores"
_ASKED: Final = Text("Đo điều gì", "What is measured")
_DRAWN: Final = Text("Bốc thăm và quy mô", "Lots and size")
_PROMISED: Final = Text("Hứa trước với nhau", "Promised beforehand")
OUTCOMES: Final = {
    "repeat": Text("khách mua lại", "customers who buy again"),
    "stay": Text("khách ở lại", "customers who stay"),
    "satisfied": Text("khách hài lòng", "satisfied customers"),
    "kept": Text("đơn giữ đúng lời hứa", "orders with the promise kept"),
    "leave": Text("khách rời đi", "customers who leave"),
    "complain": Text("đơn bị khiếu nại", "orders complained about"),
}
_FEWER_IS_BETTER: Final = ("leave", "complain")
RULES: Final = {
    "one": Text("Một chỉ số chính, ghi trước", "One main outcome, written down"),
    "lot": Text("Bốc thăm có người chứng kiến", "Lots drawn before witnesses"),
    "control": Text("Nhóm đối chứng giữ nguyên như cũ", "The control arm is left alone"),
    "baseline": Text("Đo lại mức nền sau khi chọn", "A fresh baseline after choosing"),
    "peek": Text("Không ngó kết quả giữa chừng", "No peeking on the way"),
    "report": Text("Kết quả nào cũng công bố", "Any result is published"),
}
STOPS: Final = {
    "complaints": Text("Khiếu nại tăng quá 20\u00a0%", "Complaints up by more than 20%"),
    "staff": Text("Nhân viên nghỉ việc tăng rõ", "Staff turnover clearly up"),
    "cost": Text("Chi quá 120\u00a0% ngân sách", "Spending beyond 120% of budget"),
    "harm": Text("Có khách bị thiệt hại thật", "Customers come to harm"),
}


_TOO_LONG: Final = Text(
    ", quá lâu cho một cuộc thí điểm: hãy thêm nơi tham gia",
    ", too long for a pilot: have more stores take part",
)
_MORE_OF_THE_SAME: Final = Text(
    ", vì khách cùng nơi giống nhau: đo càng lâu, số khách cần càng lớn",
    ", because customers of one store are alike: the longer it runs, the more are needed",
)


def _from_profile(profile: Profile) -> dict[str, float | str]:
    room = 1 - profile.retention
    return {
        "outcome": "stay",
        "base": profile.retention,
        "effect": max(0.005, min(0.05, math.floor(room * 100) / 200)),
    }


@lab(
    key="own-pilot",
    title=Text("Đề cương thí điểm của công ty bạn", "Your pilot protocol"),
    presets={
        "few": Preset(
            Text("Tình huống 1: chỉ có 10 cửa hàng", "Case 1: only 10 stores"),
            {"unit": _STORES, "stores": 10, "weekly": 50, "weeks": 26},
        ),
        "people": Preset(
            Text("Tình huống 2: bốc thăm từng khách", "Case 2: lots for customers"),
            {"unit": "customers", "stores": 10, "weekly": 50, "weeks": 6},
        ),
        "strict": Preset(
            Text("Tình huống 3: đủ lời hứa, đủ ngưỡng dừng", "Case 3: all promises made"),
            {"rules": tuple(RULES), "stops": tuple(STOPS)},
        ),
    },
    formulas=(
        (Text("Số khách mỗi nhóm", "Customers per arm"), two_proportion_sample_size),
        (Text("Hiệu ứng thiết kế", "Design effect"), design_effect),
    ),
    sources=("fleiss2003", "kish1965"),
    from_profile=_from_profile,
    outcome=Pick(
        label=Text("Chỉ số chính: tỷ lệ…", "Main outcome: the share of…"),
        options=OUTCOMES,
        default="repeat",
        group=_ASKED,
    ),
    change=Words(label=Text("Thử thay đổi gì?", "What is to be tried?"), group=_ASKED),
    base=Share(Text("Tỷ lệ hôm nay", "Share today"), 0.20, 0.01, 0.99, 0.01, group=_ASKED),
    effect=Points(
        Text("Thay đổi nhỏ nhất đáng làm", "Smallest change worth having"),
        0.05,
        0.005,
        0.15,
        0.005,
        group=_ASKED,
    ),
    unit=Choice(
        label=Text("Bốc thăm theo", "Lots are drawn for"),
        options={
            _STORES: Text("cửa hàng, đội", "stores, teams"),
            "customers": Text("từng khách", "customers"),
        },
        default=_STORES,
        group=_DRAWN,
    ),
    stores=Quantity(
        Text("Số cửa hàng (đội) tham gia", "Stores (teams) taking part"),
        120,
        4,
        400,
        2,
        group=_DRAWN,
    ),
    weekly=Quantity(
        Text("Số khách đo được mỗi nơi một tuần", "Customers measured per store and week"),
        7,
        1,
        200,
        1,
        group=_DRAWN,
    ),
    weeks=Quantity(Text("Số tuần", "Weeks"), 3, 1, MOST_WEEKS, 1, group=_DRAWN),
    icc=Quantity(
        Text("Khách cùng nơi giống nhau (ICC)", "Likeness within a store (ICC)"),
        0.05,
        0.0,
        0.3,
        0.01,
        group=_DRAWN,
    ),
    rules=Several(
        label=Text("Luật chơi", "Rules of the game"),
        options=RULES,
        default=("one", "lot"),
        group=_PROMISED,
    ),
    stops=Several(
        label=Text("Dừng ngay khi", "Stop at once when"),
        options=STOPS,
        default=("complaints",),
        group=_PROMISED,
    ),
)
def own_pilot(
    change: str,
    outcome: str,
    base: float,
    effect: float,
    unit: str,
    stores: float,
    weekly: float,
    weeks: float,
    icc: float,
    rules: Sequence[str],
    stops: Sequence[str],
) -> View:
    """Tell whether the pilot can see what is worth seeing, and write it down as a protocol."""
    target = _target(base, effect, outcome)
    alike = icc if unit == _STORES else 0.0
    per_arm = stores / 2
    single = two_proportion_sample_size(base, target)
    times = design_effect(weekly * weeks, alike)
    needed, present = math.ceil(single * times), math.floor(per_arm * weekly * weeks)
    enough = _weeks_needed(single, per_arm, weekly, alike)
    seen = _detectable(base, outcome, per_arm, weekly, alike)
    return View(
        finding=_finding(alike, present, needed, weeks, enough, math.ceil(2 * single * alike)),
        chart=partial(charts.own_pilot, seen, abs(target - base), round(weeks)),
        key_figures=(
            KeyFigure(
                Text("Số khách sẽ có, mỗi nhóm", "Customers you have, per arm"),
                number(present),
                "good" if present >= needed else "bad",
            ),
            KeyFigure(Text("Số khách cần, mỗi nhóm", "Customers needed, per arm"), number(needed)),
            KeyFigure(Text("Hiệu ứng thiết kế", "Design effect"), same("×") + number(times, 2)),
            KeyFigure(
                Text("Luật chơi và ngưỡng dừng", "Rules and stops agreed"),
                out_of(len(rules) + len(stops), len(RULES) + len(STOPS)),
                "good" if len(rules) == len(RULES) and stops else "bad",
            ),
        ),
        table=_protocol(
            change, outcome, base, target, unit, stores, needed, weeks, times, rules, stops
        ),
        warnings=_warnings(change, rules, stops),
    )


def _target(base: float, effect: float, outcome: str) -> float:
    """Return the share hoped for, never beyond half the room that is left."""
    if outcome in _FEWER_IS_BETTER:
        return max(base - effect, base / 2)
    return min(base + effect, (1 + base) / 2)


def _weeks_needed(single: int, per_arm: float, weekly: float, alike: float) -> float:
    """Return the weeks until the pilot is large enough, infinite when more stores are needed."""
    if per_arm <= single * alike:
        return math.inf
    customers = single * (1 - alike) / (per_arm - single * alike)
    return max(1, math.ceil(customers / weekly))


@cache
def _detectable(
    base: float, outcome: str, per_arm: float, weekly: float, alike: float
) -> FloatArray:
    """Return the smallest change the pilot detects after each number of weeks, infinite if none."""
    room = base if outcome in _FEWER_IS_BETTER else 1 - base
    sign = -1 if outcome in _FEWER_IS_BETTER else 1
    changes = np.geomspace(0.001, 0.99 * room, 60)
    needs = np.array([two_proportion_sample_size(base, base + sign * c) for c in changes])
    weeks = np.arange(1, MOST_WEEKS + 1)
    worth = [per_arm * weekly * w / design_effect(weekly * w, alike) for w in weeks]
    found = np.exp(np.interp(np.log(worth), np.log(needs[::-1]), np.log(changes[::-1])))
    seen: FloatArray = np.where(np.array(worth) >= needs[-1], found, np.inf)
    return seen


def _finding(
    alike: float, present: int, needed: int, weeks: float, enough: float, stores: int
) -> Text:
    if present >= needed:
        sentence = Text(
            "Đủ sức: {weeks} tuần có {present} khách mỗi nhóm, trong khi chỉ cần {needed}.",
            "Strong enough: by week {weeks} each arm has {present} customers; {needed} would do.",
        )
    elif math.isinf(enough):
        sentence = Text(
            "Kéo dài bao lâu cũng không đủ: khách cùng nơi quá giống nhau. Cần hơn {stores} nơi, "
            "hoặc bốc thăm từng khách, hoặc chỉ nhắm tới thay đổi lớn hơn.",
            "No length of time is enough: customers of one store are too alike. Take more than "
            "{stores} stores, draw lots for customers, or look for a larger change.",
        )
    else:
        sentence = Text(
            "Chưa đủ: {weeks} tuần mới có {present} trong {needed} khách cần cho mỗi nhóm; phải "
            "{enough} tuần{why}.",
            "Not enough: by week {weeks} each arm has {present} of the {needed} customers it "
            "needs; it takes {enough} weeks{why}.",
        )
    return sentence.format(
        weeks=number(weeks),
        present=number(present),
        needed=number(needed),
        enough=number(enough),
        stores=number(stores),
        why=_TOO_LONG if enough > MOST_WEEKS else _MORE_OF_THE_SAME if alike else same(""),
    )


def _warnings(change: str, rules: Sequence[str], stops: Sequence[str]) -> list[Text]:
    warnings = []
    if not change:
        warnings.append(
            Text(
                "Bạn chưa ghi sẽ thử thay đổi gì: chỉ một câu, đủ để người khác làm lại được.",
                "You have not written what is tried: just one sentence that others could repeat.",
            )
        )
    missing = [RULES[rule] for rule in RULES if rule not in rules]
    if missing:
        warnings.append(
            Text("Chưa hứa: {rules}.", "Not promised: {rules}.").format(
                rules=Text(
                    "; ".join(rule.vi.lower() for rule in missing),
                    "; ".join(rule.en.lower() for rule in missing),
                )
            )
        )
    if not stops:
        warnings.append(Text("Chưa có ngưỡng dừng nào.", "There is no condition to stop yet."))
    return warnings


def _protocol(
    change: str,
    outcome: str,
    base: float,
    target: float,
    unit: str,
    stores: float,
    needed: int,
    weeks: float,
    times: float,
    rules: Sequence[str],
    stops: Sequence[str],
) -> Table:
    lots = {
        _STORES: Text(
            "theo cửa hàng (đội): {stores} nơi, bốc thăm chia đôi",
            "by store (team): {stores} of them, halved by lot",
        ),
        "customers": Text(
            "theo từng khách ở {stores} nơi, bốc thăm chia đôi",
            "by customer in {stores} stores, halved by lot",
        ),
    }[unit].format(stores=number(stores))
    rows = [
        [Text("Thay đổi", "Change"), same(change) if change else Text("chưa ghi", "not written")],
        [Text("Chỉ số chính", "Main outcome"), Text("tỷ lệ ", "share of ") + OUTCOMES[outcome]],
        [
            Text("Thay đổi đáng làm", "Worth having"),
            Text("từ {base} thành {target} (đổi {effect})", "{base} to {target} ({effect})").format(
                base=Share.display(base),
                target=Share.display(target),
                effect=points(abs(target - base), 1),
            ),
        ],
        [Text("Bốc thăm", "Lots"), lots],
        [
            Text("Cỡ mẫu", "Sample size"),
            Text(
                "{needed} khách mỗi nhóm (hiệu ứng thiết kế ×{times}); sai lầm loại một {alpha}, "
                "khả năng nhận ra {power}",
                "{needed} customers per arm (design effect ×{times}); type I error {alpha}, power "
                "{power}",
            ).format(
                needed=number(needed),
                times=number(times, 2),
                alpha=percent(0.05, 0),
                power=percent(0.8, 0),
            ),
        ],
        [
            Text("Thời gian", "Duration"),
            Text(
                "{weeks} tuần, không kéo dài để “chờ kết quả đẹp”",
                "{weeks} weeks, not prolonged until it “looks good”",
            ).format(weeks=number(weeks)),
        ],
        *([Text("Hứa trước", "Promised"), RULES[rule]] for rule in rules),
        *([Text("Dừng khi", "Stop when"), STOPS[stop]] for stop in stops),
        [
            Text("Báo cáo", "Report"),
            Text(
                "chênh lệch giữa hai nhóm kèm khoảng tin cậy 95 %, tính theo đơn vị bốc thăm",
                "the difference of both arms with its 95% confidence interval, by the unit of "
                "the lot",
            ),
        ],
    ]
    return Table((Text("Mục", "Item"), Text("Đề cương", "Protocol")), rows)
