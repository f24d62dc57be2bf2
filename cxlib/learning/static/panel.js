// Draws one panel of the course: fields to set, buttons, the screen, and folds below it.
// Python owns every value and every word; this file only shows them and reports what the learner does.

const el = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== "") node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
};

const uid = () => `cx-${Math.random().toString(36).slice(2)}`;

/** An input that keeps its arrow keys in JupyterLab, where they would move between cells. */
const input = (attributes) => el("input", { "data-lm-suppress-shortcuts": "true", ...attributes });

/** A box of several lines, with the same care. */
const textarea = (attributes) => el("textarea", { "data-lm-suppress-shortcuts": "true", ...attributes });

/** Sends events one at a time: while Python works, only the latest value of each field waits. */
class Outbox {
  constructor(model, onSilence) {
    this.model = model;
    this.onSilence = onSilence;
    this.busy = false;
    this.waiting = new Map();
  }
  put(event, buffers = []) {
    this.waiting.set(`${event.do}:${event.name ?? ""}`, { event, buffers });
    this.flush();
  }
  flush() {
    if (this.busy || this.waiting.size === 0) return;
    const [key, { event, buffers }] = this.waiting.entries().next().value;
    this.waiting.delete(key);
    this.busy = true;
    this.alarm = setTimeout(this.onSilence, 20000);
    this.model.send(event, undefined, buffers);
  }
  /** Whether a newer value of this field waits, so that an older one must not be shown. */
  isAheadOn(name) {
    return this.waiting.has(`enter:${name}`);
  }
  answered() {
    clearTimeout(this.alarm);
    this.busy = false;
    this.flush();
  }
}

/** Takes what was typed when the learner leaves the box or presses Enter. */
const onTyped = (box, take) =>
  box.addEventListener("change", () => {
    box.defaultValue = box.value;
    take(box.value);
  });

/** Shows a text in a box, but never over what the learner is typing there or has just typed. */
const showText = (box, text, ahead) => {
  const typing = document.activeElement === box && box.value !== box.defaultValue;
  if (!typing && !ahead) box.value = box.defaultValue = text;
};

const sliderField = (name, spec, out) => {
  const id = uid();
  const box = input({ type: "text", id, class: "cx-box", inputmode: "text", autocomplete: "off" });
  const problem = el("p", { class: "cx-problem", id: `${id}-problem`, role: "alert" });
  const label = el("label", { for: id }, spec.label);
  const parts = [el("div", { class: "cx-labelled" }, label, box)];
  let slider;
  if (spec.kind === "slider") {
    slider = input({ type: "range", min: spec.low, max: spec.high, step: spec.step, "aria-label": spec.label });
    slider.addEventListener("input", () => out.put({ do: "enter", name, raw: slider.valueAsNumber }));
    const [low, high] = spec.ends.map((text) => el("span", {}, text));
    parts.push(slider, el("div", { class: "cx-ends", "aria-hidden": "true" }, low, high));
  }
  if (spec.hint) {
    parts.push(el("p", { class: "cx-hint", id: `${id}-hint` }, spec.hint));
  }
  box.setAttribute("aria-describedby", `${spec.hint ? `${id}-hint ` : ""}${id}-problem`);
  onTyped(box, (raw) => out.put({ do: "enter", name, raw }));
  const node = el("div", { class: `cx-field cx-kind-${spec.kind}` }, ...parts, problem);
  const show = (state, locked) => {
    showText(box, state.text ?? "", !slider && out.isAheadOn(name));
    box.readOnly = locked;
    box.setAttribute("aria-invalid", state.problem ? "true" : "false");
    problem.textContent = state.problem ?? "";
    if (slider) {
      slider.disabled = locked;
      if (!out.isAheadOn(name)) slider.value = state.position;
      slider.setAttribute("aria-valuetext", state.text ?? "");
      const share = state.unset ? 0 : (state.position - spec.low) / (spec.high - spec.low || 1);
      slider.style.setProperty("--cx-filled", `${share * 100}%`);
      slider.classList.toggle("cx-unset", state.unset);
    }
  };
  return { node, show };
};

const optionField = (name, spec, out) => {
  const group = uid();
  const type = spec.kind === "several" ? "checkbox" : "radio";
  const inputs = spec.options.map(([key]) => input({ type, name: group, value: key }));
  const rows = spec.options.map(([, text], i) => el("label", { class: "cx-option" }, inputs[i], el("span", {}, text)));
  const problem = el("p", { class: "cx-problem", role: "alert" });
  const report = () => {
    const chosen = inputs.filter((option) => option.checked).map((option) => option.value);
    out.put({ do: "enter", name, raw: type === "radio" ? chosen[0] : chosen });
  };
  inputs.forEach((option) => option.addEventListener("change", report));
  const node = el("fieldset", { class: "cx-field cx-options" }, el("legend", {}, spec.label), ...rows, problem);
  const show = (state, locked) => {
    inputs.forEach((option) => {
      if (!out.isAheadOn(name)) option.checked = (state.chosen ?? []).includes(option.value);
      option.disabled = locked;
    });
    problem.textContent = state.problem ?? "";
  };
  return { node, show };
};

const selectField = (name, spec, out) => {
  const id = uid();
  const choices = spec.options.map(([key, text]) => el("option", { value: key }, text));
  const select = el("select", { id, "data-lm-suppress-shortcuts": "true", "aria-describedby": `${id}-problem` });
  select.append(el("option", { value: "" }, "…"), ...choices);
  select.addEventListener("change", () => out.put({ do: "enter", name, raw: select.value }));
  const problem = el("p", { class: "cx-problem", id: `${id}-problem`, role: "alert" });
  const labelled = el("div", { class: "cx-labelled" }, el("label", { for: id }, spec.label), select);
  const node = el("div", { class: "cx-field cx-kind-select" }, labelled, problem);
  const show = (state, locked) => {
    if (!out.isAheadOn(name)) select.value = (state.chosen ?? [])[0] ?? "";
    select.disabled = locked;
    problem.textContent = state.problem ?? "";
  };
  return { node, show };
};

const wordsField = (name, spec, out) => {
  const id = uid();
  const usual = { id, class: "cx-words", maxlength: spec.longest, autocomplete: spec.autocomplete };
  const box = spec.rows > 1 ? textarea({ rows: spec.rows, ...usual }) : input({ type: "text", ...usual });
  const problem = el("p", { class: "cx-problem", id: `${id}-problem`, role: "alert" });
  box.setAttribute("aria-describedby", `${id}-problem`);
  onTyped(box, (raw) => out.put({ do: "enter", name, raw }));
  const node = el("div", { class: "cx-field cx-kind-words" }, el("label", { for: id }, spec.label), box, problem);
  const show = (state, locked) => {
    showText(box, state.text ?? "", out.isAheadOn(name));
    box.readOnly = locked;
    problem.textContent = state.problem ?? "";
  };
  return { node, show };
};

const linesField = (name, spec, out) => {
  const id = uid();
  const box = textarea({
    id,
    class: "cx-lines",
    rows: 10,
    wrap: "off",
    maxlength: spec.longest,
    spellcheck: "false",
    "aria-describedby": `${id}-hint ${id}-problem`,
  });
  const hint = el("p", { class: "cx-hint", id: `${id}-hint` }, spec.hint);
  const problem = el("p", { class: "cx-problem", id: `${id}-problem`, role: "alert" });
  onTyped(box, (raw) => out.put({ do: "enter", name, raw }));
  const node = el("div", { class: "cx-field cx-kind-lines" }, el("label", { for: id }, spec.label), hint, box, problem);
  const show = (state, locked) => {
    showText(box, state.text ?? "", out.isAheadOn(name));
    box.readOnly = locked;
    box.setAttribute("aria-invalid", state.problem ? "true" : "false");
    problem.textContent = state.problem ?? "";
  };
  return { node, show };
};

/** A list put in order with buttons, so that a keyboard is enough; focus follows the moved item. */
const rankingField = (name, spec, out) => {
  const texts = Object.fromEntries(spec.options);
  const list = el("ol", { class: "cx-ranking" });
  const problem = el("p", { class: "cx-problem", role: "alert" });
  let order = [];
  let focus = null;
  const move = (key, by) => {
    const from = order.indexOf(key);
    const next = order.filter((other) => other !== key);
    next.splice(from + by, 0, key);
    focus = { key, by };
    out.put({ do: "enter", name, raw: next });
  };
  const arrow = (key, by, sign, words, disabled) => {
    const node = el("button", { type: "button", class: "cx-arrow", "aria-label": `${words}: ${texts[key]}` }, sign);
    node.disabled = disabled;
    node.addEventListener("click", () => move(key, by));
    return node;
  };
  const show = (state, locked) => {
    order = state.chosen;
    list.replaceChildren(
      ...order.map((key, i) => {
        const up = arrow(key, -1, "↑", spec.up, locked || i === 0);
        const down = arrow(key, 1, "↓", spec.down, locked || i === order.length - 1);
        return el("li", { "data-key": key }, el("span", {}, texts[key]), up, down);
      }),
    );
    if (focus) {
      const [up, down] = list.querySelectorAll(`[data-key="${CSS.escape(focus.key)}"] button`);
      const wanted = focus.by < 0 ? up : down;
      (wanted.disabled ? (focus.by < 0 ? down : up) : wanted).focus();
      focus = null;
    }
    problem.textContent = state.problem ?? "";
  };
  const node = el("fieldset", { class: "cx-field cx-options" }, el("legend", {}, spec.label), list, problem);
  return { node, show };
};

const fileField = (name, spec, out) => {
  const id = uid();
  const chooser = input({ type: "file", id, accept: spec.accept, class: "cx-file-input" });
  const problem = el("p", { class: "cx-problem", id: `${id}-problem`, role: "alert" });
  chooser.setAttribute("aria-describedby", `${id}-hint ${id}-problem`);
  chooser.addEventListener("change", async () => {
    const file = chooser.files[0];
    if (!file) return;
    problem.textContent = "";
    if (file.size > spec.maxBytes) {
      problem.textContent = spec.tooLarge;
      chooser.value = "";
      return;
    }
    const content = await file.arrayBuffer();
    chooser.value = "";
    out.put({ do: "file", name, filename: file.name }, [content]);
  });
  const label = el("label", { for: id }, el("span", {}, spec.label), el("span", { class: "cx-button" }, spec.button));
  const hint = el("p", { class: "cx-hint", id: `${id}-hint` }, spec.hint);
  const node = el("div", { class: "cx-field cx-kind-file" }, chooser, label, hint, problem);
  return { node, show: (state) => (problem.textContent = state.problem ?? "") };
};

const FIELD = { slider: sliderField, box: sliderField, choice: optionField, several: optionField, select: selectField, words: wordsField, lines: linesField, ranking: rankingField, file: fileField };

/** Boxes that share a row stand side by side under the row's name. */
const arrange = (group, specs, made) => {
  const nodes = [];
  let row = null;
  for (const name of group.fields) {
    const title = specs[name].row;
    if (!title) {
      nodes.push(made[name].node);
      row = null;
    } else {
      if (!row || row.dataset.title !== title) {
        row = el("div", { class: "cx-row", role: "group", "aria-label": title }, el("span", { class: "cx-row-title" }, title));
        row.dataset.title = title;
        nodes.push(row);
      }
      row.append(made[name].node);
    }
  }
  if (!group.title) return nodes;
  return [el("div", { class: "cx-group", role: "group", "aria-label": group.title }, el("p", { class: "cx-group-title" }, group.title), ...nodes)];
};

const NARROW = 480; // css pixels; below it charts are drawn with larger type

const button = (action, out) => {
  const node = el("button", { type: "button", class: `cx-button cx-${action.style}` }, action.label);
  node.addEventListener("click", () => out.put({ do: "act", name: action.name }));
  return node;
};

function render({ model, el: host }) {
  const spec = model.get("spec");
  const status = el("p", { class: "cx-status", role: "status" });
  const out = new Outbox(model, () => (status.textContent = spec.words.lost));

  const made = Object.fromEntries(
    Object.entries(spec.fields).map(([name, field]) => [name, FIELD[field.kind](name, field, out)]),
  );
  const notes = Object.fromEntries(Object.keys(spec.fields).map((name) => [name, el("div", { class: "cx-note", role: "status" })]));
  for (const [name, note] of Object.entries(notes)) {
    made[name].node.append(note);
    note.addEventListener("click", (event) => {
      const pressed = event.target.closest("[data-act]");
      if (pressed) out.put({ do: "act", name: pressed.dataset.act });
    });
  }

  const presets = el("div", { class: "cx-actions cx-presets" }, ...spec.presets.map((action) => button(action, out)));
  const actions = el("div", { class: "cx-actions" }, ...spec.actions.map((action) => button(action, out)));
  const controls = el("div", { class: "cx-controls" }, ...spec.groups.flatMap((group) => arrange(group, spec.fields, made)), actions);
  const screen = el("div", { class: "cx-screen" });
  const live = el("p", { class: "cx-live", "aria-live": "polite" });
  const curtain = el("div", { class: "cx-curtain" }, el("p", {}, spec.curtain), ...spec.curtainActions.map((action) => button(action, out)));
  const folds = spec.folds.map(({ name, label }) => {
    const content = el("div", { class: "cx-fold" });
    const node = el("details", {}, el("summary", {}, label), content);
    node.addEventListener("toggle", () => out.put({ do: node.open ? "open" : "close", name }));
    return { name, node, content };
  });
  const stage = el("div", { class: `cx-stage cx-${spec.layout}` }, controls, screen);
  const title = spec.title ? [el("p", { class: "cx-title", id: uid() }, spec.title)] : [];
  const root = el(
    "div",
    { class: `cx-panel cx-panel-${spec.layout}`, role: "group", lang: spec.lang, "aria-label": spec.title || spec.words.panel, "data-key": spec.key },
    ...title, curtain, presets, stage, ...folds.map((fold) => fold.node), live, status,
  );

  let speaking;
  let shown = "";
  const draw = () => {
    const state = model.get("state");
    for (const [name, field] of Object.entries(state.fields)) {
      made[name].show(field, state.locked.includes(name));
      notes[name].innerHTML = field.note ?? "";
    }
    if (shown !== state.screen) {
      screen.innerHTML = shown = state.screen;
    }
    for (const fold of folds) fold.content.innerHTML = state.folds[fold.name] ?? "";
    spec.actions.forEach((action, i) => (actions.children[i].hidden = state.hidden.includes(action.name)));
    curtain.hidden = !state.curtained;
    stage.hidden = presets.hidden = state.curtained;
    folds.forEach((fold) => (fold.node.hidden = state.curtained));
    status.textContent = state.message;
    clearTimeout(speaking);
    speaking = setTimeout(() => (live.textContent = state.live), 600);
    root.dataset.version = state.version;
    root.dataset.ready = "true";
    out.answered();
  };
  draw();
  model.on("change:state", draw);
  host.append(root);

  let narrow = false;
  const watcher = new ResizeObserver(([{ contentRect }]) => {
    if (contentRect.width === 0 || contentRect.width < NARROW === narrow) return;
    narrow = !narrow;
    out.put({ do: "resize", narrow });
  });
  if (spec.folds.length > 0) watcher.observe(root);
  return () => {
    watcher.disconnect();
    model.off("change:state", draw);
  };
}

export default { render };
