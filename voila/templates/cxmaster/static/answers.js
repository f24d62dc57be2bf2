// The class's answers to what a screen asks: typed in by the trainer, drawn for everyone to see.
// They stay in this tab; nothing is sent.

import { el, fill } from "./elements.js";

const KEPT = `cx-class:${location.pathname}`;
const WIDTH = 400;
const COLUMNS = 40;
const DOT = WIDTH / COLUMNS;
const STACKS_HEIGHT = 200; // of all strips together
const MOST_TICKS = 8;

/** Draws the answers beside a screen; `changed` is called when they take more or less room. */
export function classAnswers(words, changed) {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
  const opened = new Set();
  const node = el("aside", { class: "class-answers", "aria-label": words.answers, hidden: "" });
  let questions = [];

  function keep(key, text) {
    kept[key] = text;
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
  }

  function draw() {
    const asked = questions.length > 0 && opened.has(questions[0].key);
    node.hidden = !asked;
    node.replaceChildren();
    if (!asked) return;
    const draws = questions[0].options ? countsBox : numbersBoxes;
    node.append(el("h2", {}, words.answers), ...draws(questions, words, kept, keep, changed));
  }

  return {
    node,
    /** Turns to a screen; says whether it asks anything. */
    turnTo(cells) {
      questions = questionsOn(cells, words);
      if (questions.some(({ key }) => kept[key])) opened.add(questions[0].key);
      draw();
      return questions.length > 0;
    },
    toggle() {
      if (questions.length === 0) return;
      const [{ key }] = questions;
      if (!opened.delete(key)) opened.add(key);
      draw();
      node.querySelector("input")?.focus();
    },
  };
}

/** What a screen asks its learner: the guess of a prediction, or a group of boxes that asks. */
function questionsOn(cells, words) {
  for (const cell of cells) {
    for (const panel of cell.querySelectorAll(".cx-panel:not(:has(.cx-stage[hidden]))")) {
      const fields = fieldsThatAsk(panel);
      if (fields.length > 0) {
        return fields.map((field, i) => questionOf(field, `${panel.dataset.key}.${i}`, words));
      }
    }
  }
  return [];
}

function fieldsThatAsk(panel) {
  const groups = [...panel.querySelectorAll(".cx-group")];
  if (panel.dataset.key.startsWith("prediction.")) {
    return groups.length > 0 ? [...groups[0].querySelectorAll(".cx-field")] : [panel.querySelector(".cx-field")];
  }
  const asking = groups.find((group) => group.querySelector(".cx-group-title").textContent.endsWith("?"));
  return [...(asking?.querySelectorAll(".cx-kind-slider, .cx-kind-box") ?? [])];
}

function questionOf(field, key, words) {
  const ranked = [...field.querySelectorAll(".cx-ranking li")];
  if (ranked.length > 0) {
    const sorted = ranked.sort((a, b) => a.dataset.key.localeCompare(b.dataset.key));
    return { key, hint: words.firstHint, options: sorted.map((item) => item.querySelector("span").textContent) };
  }
  const options = [...field.querySelectorAll(".cx-option span")].map((option) => option.textContent);
  if (options.length > 0) return { key, hint: words.countsHint, options };
  return { key, hint: words.numbersHint, label: field.querySelector("label").textContent };
}

// ---- numbers ------------------------------------------------------------------------------

function numbersBoxes(questions, words, kept, keep, changed) {
  const values = questions.map(({ key }) => readNumbers(kept[key] ?? "", words.lang).numbers);
  const pictures = questions.map(() => el("div"));
  const redraw = () => {
    const [low, high] = ends(values.flat());
    pictures.forEach((picture, i) => {
      const axis = i === pictures.length - 1 ? ticksBetween(low, high) : [];
      picture.replaceChildren(strip(values[i], [low, high], axis, STACKS_HEIGHT / pictures.length, words));
    });
    changed();
  };
  const boxes = questions.map(({ key, label, hint }, i) => {
    const take = (text) => {
      const { numbers, unread } = readNumbers(text, words.lang);
      if (unread.length > 0) return fill(words.unread, { what: unread.join(", ") });
      values[i] = numbers;
      keep(key, text);
      redraw();
      return "";
    };
    const name = questions.length > 1 ? label : hint;
    return el("div", { class: "answers-numbers" }, ...box(name, kept[key] ?? "", take), pictures[i]);
  });
  redraw();
  const hint = questions.length > 1 ? [el("p", { class: "answers-hint" }, questions[0].hint)] : [];
  return [...hint, ...boxes];
}

/** Reads numbers as they are written in one language, and tells what is none. */
export function readNumbers(text, lang) {
  const [thousands, decimal] = lang === "vi" ? [".", ","] : [",", "."];
  const number = new RegExp(`^-?(\\d+|\\d{1,3}(\\${thousands}\\d{3})+)(\\${decimal}\\d+)?$`);
  const tokens = text.split(/[;\s]+|,(?=\s|$)/).filter(Boolean);
  const unread = tokens.filter((token) => !number.test(token));
  const plain = (token) => Number(token.replaceAll(thousands, "").replace(decimal, "."));
  return { numbers: unread.length > 0 ? [] : tokens.map(plain), unread };
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
}

function ends(numbers) {
  if (numbers.length === 0) return [0, 1];
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const room = (high - low || Math.abs(low) || 1) * 0.04;
  return [low - room, high + room];
}

/** Dots over one axis, with their median; the caption says the same in words. */
function strip(numbers, [low, high], axis, most, words) {
  if (numbers.length === 0) return el("p", { class: "answers-hint" }, words.nobody);
  const written = (number) => number.toLocaleString(words.lang, { maximumFractionDigits: 2 });
  const middle = median(numbers);
  const heard = fill(words.heard, {
    n: numbers.length,
    median: written(middle),
    low: written(Math.min(...numbers)),
    high: written(Math.max(...numbers)),
  });
  const x = (number) => DOT / 2 + ((number - low) / (high - low)) * (WIDTH - DOT);
  const stacks = Map.groupBy(numbers, (number) => Math.round(x(number) / DOT));
  const tallest = Math.max(...[...stacks.values()].map((stack) => stack.length));
  const rise = Math.min(DOT, most / tallest);
  const ground = tallest * rise + 6;
  const dots = [...stacks.values()].flatMap((stack) => {
    const across = x(stack.reduce((sum, number) => sum + number, 0) / stack.length);
    return stack.map((_, i) => `<circle cx="${across}" cy="${ground - (i + 0.5) * rise}" r="${rise * 0.45}"/>`);
  });
  const ticks = axis.map((tick) => `<text x="${x(tick)}" y="${ground + 18}" text-anchor="middle">${written(tick)}</text>`);
  const height = ground + (axis.length > 0 ? 24 : 4);
  const figure = el("figure", {});
  figure.innerHTML =
    `<svg viewBox="-10 0 ${WIDTH + 20} ${height}" role="img"><g class="answers-dots">${dots.join("")}</g>` +
    `<path class="answers-axis" d="M0 ${ground}H${WIDTH}"/><path class="answers-median" d="M${x(middle)} 0V${ground}"/>` +
    `${ticks.join("")}</svg>`;
  figure.firstChild.setAttribute("aria-label", heard);
  figure.append(el("figcaption", {}, heard));
  return figure;
}

function ticksBetween(low, high) {
  const rough = (high - low) / MOST_TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
  const count = Math.floor(high / step) - Math.ceil(low / step) + 1;
  return Array.from({ length: count }, (_, i) => (Math.ceil(low / step) + i) * step);
}

// ---- options ------------------------------------------------------------------------------

function countsBox([{ key, hint, options }], words, kept, keep, changed) {
  const counts = (kept[key] ?? "").split(" ").map(Number);
  const bars = options.map(() => el("div", { class: "answers-bar" }));
  const redraw = () => {
    const all = counts.reduce((sum, count) => sum + (count || 0), 0);
    bars.forEach((bar, i) => {
      const share = all > 0 ? (counts[i] || 0) / all : 0;
      bar.style.setProperty("--share", share);
      bar.textContent = all > 0 ? fill(words.share, { n: counts[i] || 0, share: Math.round(share * 100) }) : "";
    });
    changed();
  };
  const rows = options.map((option, i) => {
    const take = (text) => {
      if (!/^\s*\d*\s*$/.test(text)) return fill(words.unreadCount, { what: text });
      counts[i] = Number(text);
      keep(key, options.map((_, j) => counts[j] || 0).join(" "));
      redraw();
      return "";
    };
    return el("div", { class: "answers-option" }, ...box(option, counts[i] || "", take), bars[i]);
  });
  redraw();
  return [el("p", { class: "answers-hint" }, hint), ...rows];
}

let boxes = 0;

/** A labelled box; `take` gets what is typed and gives back what is wrong with it. */
function box(name, text, take) {
  const id = `class-answer-${++boxes}`;
  const problem = el("p", { class: "answers-problem", id: `${id}-problem`, role: "alert" });
  const input = el("input", { id, type: "text", value: text, autocomplete: "off", "aria-describedby": `${id}-problem` });
  input.addEventListener("change", () => {
    problem.textContent = take(input.value);
    input.setAttribute("aria-invalid", problem.textContent !== "");
  });
  return [el("label", { for: id }, name), input, problem];
}
