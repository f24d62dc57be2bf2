"""The wait by the clock and the wait as it is felt: Maister's eight levers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

from cxlib.charts import waiting as charts
from cxlib.labs.waiting.words import minutes
from cxlib.learning.fields import Quantity, Several
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.patience import felt_wait as felt_wait_model
from cxlib.text import Text, number, percent, same

# How much longer a wait feels while nobody takes care of the lever. Illustrative: Maister gives
# directions, not sizes.
LONGER: Final = {
    "unoccupied": 0.20,
    "not_yet_started": 0.10,
    "anxious": 0.10,
    "uncertain": 0.20,
    "unexplained": 0.10,
    "unfair": 0.15,
    "low_value": 0.05,
    "alone": 0.05,
}
LEVERS: Final = {
    "unoccupied": Text("Có việc để xem, để làm trong lúc chờ", "Something to see or do"),
    "not_yet_started": Text("Tiếp nhận ngay khi khách đến", "Take customers in at once"),
    "anxious": Text("Trấn an: không ai bị bỏ quên", "Reassure: nobody is forgotten"),
    "uncertain": Text("Báo trước phải chờ bao lâu", "Say how long it will be"),
    "unexplained": Text("Nói rõ vì sao phải chờ", "Say why there is a wait"),
    "unfair": Text("Ai đến trước phục vụ trước", "First come, first served"),
    "low_value": Text("Việc nhỏ có quầy nhanh riêng", "An express desk for small things"),
    "alone": Text("Có chỗ ngồi chờ cùng nhau", "A place to wait together"),
}
TELLING: Final = "uncertain"
_ASKED_MIN: Final = 10
_FREE: Final = ("not_yet_started", "uncertain", "unexplained")


def felt(clock: float, done: Iterable[str]) -> float:
    """Return how long a wait feels when some levers are taken care of, in the clock's unit."""
    left_undone = {lever: LONGER[lever] for lever in LONGER if lever not in set(done)}
    return felt_wait_model(clock, left_undone)


@lab(
    key="felt-wait",
    title=Text("Chờ trên đồng hồ, chờ trong lòng", "The wait and how it feels"),
    presets={
        "words": Preset(
            Text(
                "Tình huống 1: đón và nói, không thêm người",
                "Case 1: welcome and words, no more staff",
            ),
            {"clock": 10, "done": _FREE},
        ),
        "faster": Preset(
            Text("Tình huống 2: chỉ phục vụ nhanh hơn 20 %", "Case 2: 20% faster, nothing else"),
            {"clock": 8, "done": ()},
        ),
        "all": Preset(
            Text("Tình huống 3: lo đủ tám điều", "Case 3: all eight taken care of"),
            {"clock": 10, "done": tuple(LEVERS)},
        ),
    },
    formulas=((Text("Thời gian chờ cảm nhận", "The felt wait"), felt_wait_model),),
    sources=("maister1985",),
    clock=Quantity(Text("Chờ thật (phút)", "By the clock (minutes)"), 10, 1, 60, 1),
    done=Several(
        label=Text("Điều bạn đã lo cho khách", "What you have taken care of"), options=LEVERS
    ),
)
def felt_wait(clock: float, done: tuple[str, ...], guess: float | None = None) -> View:
    """Build the felt wait from the clock and the levers nobody takes care of."""
    feels, worst = felt(clock, done), felt(clock, ())
    steps, running = [], clock
    for lever in LEVERS:
        after = running if lever in done else running * (1 + LONGER[lever])
        steps.append((lever, running, after))
        running = after
    saved = Text("Ngang với phục vụ nhanh hơn", "As good as serving faster by")
    return View(
        finding=_felt_finding(clock, feels, worst, len(done)),
        chart=partial(
            charts.felt_wait, clock, steps, LEVERS, guess if clock == _ASKED_MIN else None
        ),
        key_figures=(
            KeyFigure(Text("Chờ thật", "By the clock"), minutes(clock)),
            KeyFigure(
                Text("Khách thấy như", "It feels like"),
                minutes(feels),
                "bad" if feels > 1.5 * clock else "good",
            ),
            KeyFigure(saved, percent(1 - feels / worst, 0)),
        ),
        table=Table(
            (
                Text("Điều cần lo", "Lever"),
                Text("Bỏ mặc thì dài thêm (minh họa)", "Longer if left (illustrative)"),
                Text("Cộng dồn", "Running total"),
            ),
            [
                [
                    LEVERS[lever],
                    Text("đã lo", "done")
                    if lever in done
                    else same("+") + percent(LONGER[lever], 0),
                    minutes(after),
                ]
                for lever, _, after in steps
            ],
        ),
    )


def _felt_finding(clock: float, feels: float, worst: float, done: int) -> Text:
    said = {
        "clock": minutes(clock),
        "feels": minutes(feels),
        "worst": minutes(worst),
        "done": number(done),
        "faster": percent(1 - feels / worst, 0),
    }
    if done == 0:
        sentence = Text(
            "Đồng hồ chạy {clock}, khách thấy như {feels}: tám điều nhỏ không cộng mà nhân với "
            "nhau.",
            "The clock says {clock}, customers feel {feels}: eight small things do not add up, "
            "they multiply.",
        )
    elif done == len(LEVERS):
        sentence = Text(
            "Lo đủ tám điều, khách thấy đúng {feels} như đồng hồ, thay vì {worst}: ngang với phục "
            "vụ nhanh hơn {faster}.",
            "With all eight taken care of, customers feel the clock's {feels} instead of {worst}: "
            "as good as serving {faster} faster.",
        )
    else:
        sentence = Text(
            "Lo được {done} điều, khách thấy như {feels} thay vì {worst}, mà đồng hồ vẫn {clock}: "
            "ngang với phục vụ nhanh hơn {faster}.",
            "With {done} taken care of, customers feel {feels} instead of {worst} while the clock "
            "still says {clock}: as good as serving {faster} faster.",
        )
    return sentence.format(**said)


felt_minutes: Final = Prediction(
    key="felt-minutes",
    question=Quantity(
        Text(
            "Khách chờ 10 phút và tám điều đều bị bỏ mặc. Mỗi điều làm khách thấy lâu thêm 5 đến "
            "20 %, cộng lại là 95 %. Theo bạn, khách thấy như đã chờ bao nhiêu phút?",
            "A customer waits 10 minutes and all eight things are left undone. Each makes the "
            "wait feel 5 to 20% longer, 95% if you add them up. How many minutes does it feel?",
        ),
        None,
        10,
        40,
        0.1,
    ),
    answer=lambda: felt(_ASKED_MIN, ()),
)
