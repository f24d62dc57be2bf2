"""Predict first: the learner commits a guess, and it is compared with what comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from html import escape
from itertools import combinations
from typing import Any, Final

from cxlib.learning.fields import Choice, Entries, Field, Quantity, Ranking, Share
from cxlib.learning.panel import Action, Face, Layout, Screen, paragraph
from cxlib.learning.store import Store
from cxlib.text import Lang, Text, number, percent

_COMMIT: Final = Action("commit", Text("Chốt dự đoán", "Commit my prediction"), "strong")
_AGAIN: Final = Action("again", Text("Dự đoán lại", "Predict again"))
_TITLE: Final = Text("Dự đoán của bạn", "Your prediction")
_KEPT: Final = Text("Đã ghi lại. Giờ hãy xem điều gì xảy ra.", "Noted. Now see what happens.")
_MISSING: Final = Text(
    "Bạn chưa đoán. Hãy đoán trước rồi mới chốt.",
    "You have not guessed yet. Guess first, then commit.",
)
_CONFIDENCE: Final = Share(
    Text("Bạn chắc tới đâu? (không bắt buộc)", "How sure are you? (optional)"), None, 0, 1, 0.05
)
_SURE: Final = 0.6
_CLOSE: Final = 0.1
_CALIBRATION: Final = {
    (True, True): Text(
        "Bạn chắc {sure} và kết quả gần đúng như bạn nghĩ: lần này trực giác đã đúng.",
        "You were {sure} sure and it came out about as you thought: this time intuition was right.",
    ),
    (True, False): Text(
        "Bạn chắc {sure} mà kết quả lại khác: đây đúng là chỗ nên xem kỹ.",
        "You were {sure} sure, yet it came out otherwise: just the place to look closely.",
    ),
    (False, True): Text(
        "Bạn chỉ chắc {sure} mà kết quả lại gần đúng như bạn nghĩ: bạn hiểu chuyện này hơn mình "
        "tưởng.",
        "You were only {sure} sure, yet it came out about as you thought: you know more about "
        "this than you believed.",
    ),
    (False, False): Text(
        "Bạn chỉ chắc {sure}: biết chỗ nào mình chưa rõ, thế là khởi đầu tốt rồi.",
        "You were only {sure} sure: knowing where you are unsure is a good start.",
    ),
}
_NUMBERS: Final = Text(
    "Bạn đoán {guess}; với số liệu ban đầu, kết quả là {answer} (lệch {distance}).",
    "You guessed {guess}; with the first values the outcome is {answer} (off by {distance}).",
)
_CHOICES: Final = Text(
    "Bạn đoán: {guess}. Kết quả với số liệu ban đầu: {answer}. ",
    "You guessed: {guess}. Outcome with the first values: {answer}. ",
)
_RIGHT: Final = Text("Đúng!", "Right!")
_SURPRISED: Final = Text("Bất ngờ chưa?", "Surprised?")
_OUTCOME_ORDER: Final = Text("Thứ tự của kết quả: {order}. ", "The order that came out: {order}. ")
_ALL_IN_PLACE: Final = Text("Bạn xếp đúng cả {all} vị trí.", "You put all {all} in place.")
_SOME_IN_PLACE: Final = Text(
    "Bạn xếp đúng {right}/{all} vị trí; trong {pairs} cặp có {turned} cặp bị đảo thứ tự.",
    "You put {right} of {all} in place; of {pairs} pairs, {turned} stand the other way round.",
)
_CURVES: Final = Text(
    "Đường bạn vẽ lệch trung bình {mean}. Lệch xa nhất ở {place}: bạn đoán {guess}, kết quả là "
    "{answer}.",
    "Your curve is off by {mean} on average. It is furthest off at {place}: you guessed {guess}, "
    "the outcome is {answer}.",
)


@dataclass(frozen=True)
class Prediction:
    """A question asked before a lab opens, and the answer the lab gives with its first values.

    Args:
        key: the name under which the guess is kept.
        question: the field that takes the guess.
        answer: computes what comes out, a value of that field.
        asks_confidence: whether the learner may also say how sure she is.
    """

    key: str
    question: Quantity | Choice | Ranking
    answer: Callable[[], Any]
    _: KW_ONLY
    asks_confidence: bool = False

    @property
    def memory(self) -> str:
        """The store key of the committed guess."""
        return f"prediction.{self.key}"

    @property
    def confidence_memory(self) -> str:
        """The store key of how sure the learner was, a ratio."""
        return f"confidence.{self.key}"

    def fields(self) -> Mapping[str, Field]:
        """Return the fields that take the guess, by name."""
        return {"guess": self.question}

    def collect(self, values: Mapping[str, Any]) -> Any:
        """Join the values of the fields into the guess."""
        return values["guess"]

    def spread(self, guess: Any) -> Mapping[str, Any]:
        """Take a kept guess apart into the values of the fields."""
        return {"guess": guess}

    def guess(self, store: Store) -> Any:
        """Return the committed guess, or None while there is none that the fields can hold."""
        kept = Entries.start(self.fields(), "en")
        for name, value in self.spread(store.get(self.memory)).items():
            kept = kept.enter(name, value)
        return self.collect(kept.values) if kept.complete() else None

    def confidence(self, store: Store) -> float | None:
        """Return how sure the learner was, a ratio, or None when she did not say."""
        kept = Entries.start({"sure": _CONFIDENCE}, "en")
        sure: float | None = kept.recall({"sure": store.get(self.confidence_memory)}).values["sure"]
        return sure

    def comparison(self, guess: Any) -> Text:
        """Say guess and outcome side by side, with their distance in words."""
        answer = self._outcome()
        if isinstance(self.question, Choice):
            return _compare_choices(self.question, guess, answer)
        if isinstance(self.question, Ranking):
            return _compare_orders(self.question, guess, answer)
        return _compare_numbers(self.question, guess, answer)

    def sketch_html(self, values: Mapping[str, Any]) -> str:
        """Draw the guess while it is being made, where its fields alone do not show it."""
        return ""

    def is_close(self, guess: Any) -> bool:
        """Tell whether a guess is at most a tenth of the possible distance away."""
        return self._distance(guess) <= _CLOSE

    def comparison_html(self, store: Store, lang: Lang) -> str:
        """Return the comparison as a paragraph, or nothing before a guess is committed."""
        guess = self.guess(store)
        if guess is None:
            return ""
        said = self.comparison(guess)(lang)
        sure = self.confidence(store)
        if sure is not None:
            said += " " + calibration(sure, self.is_close(guess))(lang)
        return paragraph(said, "cx-guess")

    def _outcome(self) -> Any:
        """Return the answer, a number rounded to the steps in which it can be guessed."""
        answer = self.answer()
        if isinstance(self.question, Quantity):
            return round(answer / self.question.step) * self.question.step
        return answer

    def _distance(self, guess: Any) -> float:
        """Return how far guess and outcome lie apart, from 0 to 1."""
        answer = self._outcome()
        if isinstance(self.question, Choice):
            return float(guess != answer)
        if isinstance(self.question, Ranking):
            return turned_pairs(guess, answer) / len(list(combinations(answer, 2)))
        return float(abs(guess - answer) / (self.question.high - self.question.low))


@dataclass(frozen=True)
class CurvePrediction(Prediction):
    """A curve guessed with a few sliders; the lab gets it as an array over ``x``.

    Args:
        key: the name under which the guess is kept.
        question: the slider of each point; its label asks the question.
        answer: computes the curve that comes out, shape (len(x),).
        asks_confidence: whether the learner may also say how sure she is.
        x: positions of the curve, increasing, shape (n,).
        points: positions with a slider, increasing, the first and the last of ``x`` among them.
        place: writes a position with its unit.
    """

    question: Quantity
    _: KW_ONLY
    x: Sequence[float]
    points: Sequence[float]
    place: Callable[[float], Text]

    def fields(self) -> Mapping[str, Field]:
        return {
            f"point-{i}": replace(self.question, label=self.place(point), group=self.question.label)
            for i, point in enumerate(self.points)
        }

    def collect(self, values: Mapping[str, Any]) -> Any:
        return [values[name] for name in self.fields()]

    def spread(self, guess: Any) -> Mapping[str, Any]:
        names = self.fields()
        fits = isinstance(guess, list) and len(guess) == len(names)
        return dict(zip(names, guess, strict=True)) if fits else {}

    def guess(self, store: Store) -> Any:
        """Return the guessed curve between and at its points, shape (len(x),), or None."""
        points = super().guess(store)
        return None if points is None else self.curve(points)

    def curve(self, values: Sequence[float]) -> Any:
        """Draw straight lines between the points, shape (len(x),)."""
        import numpy as np

        return np.interp(self.x, self.points, values)

    def sketch_html(self, values: Mapping[str, Any]) -> str:
        low, high, start, end = *self.question.ends(), self.points[0], self.points[-1]
        middle = (low + high) / 2
        guessed = [middle if values[name] is None else values[name] for name in self.fields()]
        dots = [
            (100 * (x - start) / (end - start), 40 * (high - y) / (high - low))
            for x, y in zip(self.points, guessed, strict=True)
        ]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in dots)
        circles = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.4"/>' for x, y in dots)
        return (
            '<svg viewBox="-2 -2 104 44" aria-hidden="true" style="width: min(100%, 24rem)" '
            'fill="var(--accent)" stroke="var(--accent)" stroke-width="0.8">'
            '<path d="M0 0V40H100" fill="none" stroke="var(--line)"/>'
            f'<polyline points="{line}" fill="none"/>{circles}</svg>'
        )

    def comparison(self, guess: Any) -> Text:
        answer = self._outcome()
        apart = abs(guess - answer)
        worst = int(apart.argmax())
        return _CURVES.format(
            mean=self.question.display_difference(float(apart.mean())),
            place=self.place(self.x[worst]),
            guess=self.question.display(float(guess[worst])),
            answer=self.question.display(float(answer[worst])),
        )

    def _outcome(self) -> Any:
        import numpy as np

        return np.asarray(self.answer(), dtype=float)

    def _distance(self, guess: Any) -> float:
        apart = abs(guess - self._outcome()).mean()
        return float(apart / (self.question.high - self.question.low))


def turned_pairs(guess: Sequence[str], answer: Sequence[str]) -> int:
    r"""Count the pairs that two orders of the same items put the other way round.

    .. math:: K = \#\{(i, j): i <_{\text{guess}} j,\; j <_{\text{answer}} i\}

    Source: (Kendall 1938).
    """
    place = {key: i for i, key in enumerate(answer)}
    return sum(place[first] > place[second] for first, second in combinations(guess, 2))


def calibration(sure: float, close: bool) -> Text:
    """Say kindly how well confidence (a ratio) and outcome went together."""
    return _CALIBRATION[sure >= _SURE, close].format(sure=percent(sure, 0))


def _compare_numbers(question: Quantity, guess: float, answer: float) -> Text:
    return _NUMBERS.format(
        guess=question.display(guess),
        answer=question.display(answer),
        distance=question.display_difference(abs(guess - answer)),
    )


def _compare_choices(question: Choice, guess: str, answer: str) -> Text:
    options = question.options
    said = _CHOICES.format(guess=options[guess], answer=options[answer])
    return said + (_RIGHT if guess == answer else _SURPRISED)


def _compare_orders(question: Ranking, guess: Sequence[str], answer: Sequence[str]) -> Text:
    names = [question.options[key] for key in answer]
    order = Text(" → ".join(name.vi for name in names), " → ".join(name.en for name in names))
    right = sum(one == other for one, other in zip(guess, answer, strict=True))
    verdict = _ALL_IN_PLACE if right == len(answer) else _SOME_IN_PLACE
    return _OUTCOME_ORDER.format(order=order) + verdict.format(
        right=number(right),
        all=number(len(answer)),
        turned=number(turned_pairs(guess, answer)),
        pairs=number(len(list(combinations(answer, 2)))),
    )


class PredictionFace(Face):
    """Asks the question, keeps the guess, lets the learner take it back."""

    def __init__(self, prediction: Prediction, lang: Lang, store: Store) -> None:
        self._prediction = prediction
        self._store = store
        self._message = ""
        sure = {"confidence": _CONFIDENCE} if prediction.asks_confidence else {}
        fields = {**prediction.fields(), **sure}
        self._entries = Entries.start(fields, lang)
        self.layout = Layout(
            key=prediction.memory,
            lang=lang,
            fields=fields,
            title=_TITLE,
            actions=(_COMMIT, _AGAIN),
            arrangement="ask",
        )
        self.watches = frozenset({prediction.memory, prediction.confidence_memory})
        self.recall()

    def screen(self) -> Screen:
        committed = self._prediction.guess(self._store) is not None
        lang = self.layout.lang
        names = list(self.layout.fields)
        return Screen(
            entries=self._entries,
            html=self._prediction.sketch_html(self._entries.values),
            notes={names[-1]: escape(_KEPT(lang)) if committed else ""},
            locked=frozenset(names) if committed else frozenset(),
            hidden=frozenset({_COMMIT.name if committed else _AGAIN.name}),
            message=self._message,
        )

    def enter(self, name: str, raw: Any) -> None:
        self._message = ""
        self._entries = self._entries.enter(name, raw)

    def act(self, name: str) -> None:
        values = self._entries.values
        if name == _AGAIN.name:
            self._remember(None, None)
        elif self._ready():
            self._remember(self._prediction.collect(values), values.get("confidence"))
        else:
            self._message = "" if self._entries.problems else _MISSING(self.layout.lang)

    def recall(self) -> None:
        prediction, store = self._prediction, self._store
        if prediction.guess(store) is not None:
            kept = prediction.spread(store.get(prediction.memory))
            sure = {"confidence": prediction.confidence(store)}
            self._entries = self._entries.recall({**kept, **sure})

    def _remember(self, guess: Any, sure: float | None) -> None:
        prediction = self._prediction
        confidence = {prediction.confidence_memory: sure} if prediction.asks_confidence else {}
        self._store.load({prediction.memory: guess, **confidence})

    def _ready(self) -> bool:
        entries = self._entries
        guessed = all(entries.values[name] is not None for name in self._prediction.fields())
        return guessed and not entries.problems
