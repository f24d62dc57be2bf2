// Keeps the learner's answers in her own browser: one localStorage entry, mirrored to and from Python.
// And brings the code that draws every panel of the page, once.

const KEY = "cx-master";

const parse = (text) => {
  try {
    const values = JSON.parse(text);
    return typeof values === "object" && !Array.isArray(values) ? (values ?? {}) : {};
  } catch {
    return {};
  }
};

const read = () => {
  try {
    return parse(localStorage.getItem(KEY));
  } catch {
    return {}; // localStorage is forbidden here
  }
};

/** The names of what was kept, each with no value: what is not found again is forgotten. */
const forgotten = (text) => Object.fromEntries(Object.keys(parse(text)).map((name) => [name, null]));

/** Gives waiting panels, and those to come, the module that draws them. */
const offer = (code) => {
  const waiting = globalThis.cxPanels?.waiting ?? [];
  const module = import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  globalThis.cxPanels = { module };
  waiting.forEach((resolve) => resolve(module));
};

function render({ model }) {
  offer(model.get("panel_code"));
  const write = () => {
    try {
      const values = Object.entries({ ...read(), ...model.get("saved") });
      localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(values.filter(([, value]) => value !== null))));
    } catch {
      // A full or forbidden localStorage must not stop the lesson; the values live on in this page.
    }
  };
  model.on("change:saved", write);
  const elsewhere = (event) => event.key === KEY && model.send({ found: { ...forgotten(event.oldValue), ...read() } });
  window.addEventListener("storage", elsewhere);
  model.send({ found: read() });
  return () => {
    model.off("change:saved", write);
    window.removeEventListener("storage", elsewhere);
  };
}

export default { render };
