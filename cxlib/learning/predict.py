"""Predict first: the learner commits a guess, and it is compared with what comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from cxlib.learning.fields import Choice, Entries, Quantity
from cxlib.learning.panel import Action, Face, Layout, Screen, paragraph
from cxlib.learning.store import Store
from cxlib.text import Lang, Text

_COMMIT: Final = Action("commit", Text("Chốt dự đoán", "Commit my prediction"), "strong")
_AGAIN: Final = Action("again", Text("Dự đoán lại", "Predict again"))
_TITLE: Final = Text("Dự đoán của bạn", "Your prediction")
_KEPT: Final = Text(
    "Đã ghi nhận. Kéo xuống để xem điều gì xảy ra.", "Noted. Scroll on to see what happens."
)
_MISSING: Final = Text(
    "Hãy đưa ra một dự đoán rồi mới chốt.", "Make a prediction before you commit."
)


@dataclass(frozen=True)
class Prediction:
    """A question asked before a lab opens, and the answer the lab gives with its first values."""

    key: str
    question: Quantity | Choice
    answer: Callable[[], Any]

    @property
    def memory(self) -> str:
        """The store key of the committed guess."""
        return f"prediction.{self.key}"

    def guess(self, store: Store) -> Any:
        """Return the committed guess, or None."""
        return store.get(self.memory)

    def comparison(self, guess: Any) -> Text:
        """Say guess and outcome side by side, with their distance when they are numbers."""
        answer = self._answer()
        if isinstance(self.question, Choice):
            right = guess == answer
            verdict = Text("Đúng!", "Right!") if right else Text("Bất ngờ chưa?", "Surprised?")
            sentence = Text(
                "Bạn đoán: {guess}. Kết quả: {answer}. ",
                "You guessed: {guess}. Outcome: {answer}. ",
            )
            options = self.question.options
            return sentence.format(guess=options[guess], answer=options[answer]) + verdict
        return Text(
            "Bạn đoán {guess}; với kế hoạch ban đầu, kết quả là {answer} (lệch {distance}).",
            "You guessed {guess}; with the first plan the outcome is {answer} (off by {distance}).",
        ).format(
            guess=self.question.display(guess),
            answer=self.question.display(answer),
            distance=self.question.display_difference(abs(guess - answer)),
        )

    def _answer(self) -> Any:
        """Return the answer, a number rounded to the steps in which it can be guessed."""
        answer = self.answer()
        if isinstance(self.question, Choice):
            return answer
        return round(answer / self.question.step) * self.question.step

    def comparison_html(self, store: Store, lang: Lang) -> str:
        """Return the comparison as a paragraph, or nothing before a guess is committed."""
        guess = self.guess(store)
        return "" if guess is None else paragraph(self.comparison(guess)(lang), "cx-guess")


class PredictionFace(Face):
    """Asks the question, keeps the guess, lets the learner take it back."""

    def __init__(self, prediction: Prediction, lang: Lang, store: Store) -> None:
        self._prediction = prediction
        self._store = store
        self._message = ""
        self._entries = Entries.start({"guess": prediction.question}, lang)
        self.layout = Layout(
            key=prediction.memory,
            lang=lang,
            fields={"guess": prediction.question},
            title=_TITLE,
            actions=(_COMMIT, _AGAIN),
            arrangement="ask",
        )
        self.watches = frozenset({prediction.memory})
        self.recall()

    def screen(self) -> Screen:
        committed = self._prediction.guess(self._store) is not None
        lang = self.layout.lang
        return Screen(
            entries=self._entries,
            notes={"guess": escape(_KEPT(lang)) if committed else ""},
            locked=frozenset({"guess"}) if committed else frozenset(),
            hidden=frozenset({_COMMIT.name if committed else _AGAIN.name}),
            message=self._message,
        )

    def enter(self, name: str, raw: Any) -> None:
        self._message = ""
        self._entries = self._entries.enter(name, raw)

    def act(self, name: str) -> None:
        if name == _AGAIN.name:
            self._store.put(self._prediction.memory, None)
        elif self._entries.complete():
            self._store.put(self._prediction.memory, self._entries.values["guess"])
        else:
            self._message = _MISSING(self.layout.lang)

    def recall(self) -> None:
        self._entries = self._entries.recall({"guess": self._prediction.guess(self._store)})
