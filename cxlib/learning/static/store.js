// Keeps the learner's answers in her own browser: one localStorage entry, mirrored to and from Python.

const KEY = "cx-master";

const read = () => {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
};

function render({ model }) {
  const write = () => {
    try {
      localStorage.setItem(KEY, JSON.stringify({ ...read(), ...model.get("saved") }));
    } catch {
      // A full or forbidden localStorage must not stop the lesson; the values live on in this page.
    }
  };
  model.on("change:saved", write);
  const elsewhere = (event) => event.key === KEY && model.send({ found: read() });
  window.addEventListener("storage", elsewhere);
  model.send({ found: read() });
  return () => {
    model.off("change:saved", write);
    window.removeEventListener("storage", elsewhere);
  };
}

export default { render };
