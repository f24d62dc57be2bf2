// Brings a lesson page to life: outputs to their places, news about the kernel to the reader.
const lessonPage = (() => {
  const PATIENCE_MS = 90_000;
  const KERNEL_GONE = ["dead", "restarting", "autorestarting", "terminating"];
  const UNDRAWN = [
    'script[type="application/vnd.voila.cell-output+json"]',
    ".output > .lm-Panel:not(:has(*))",
    ".part:not(.part-setup) .output > .lm-Panel > :empty",
    ".output .cx-panel:not([data-ready])",
  ].join();
  const NOT_EXPLAINED = "h1, h2, h3, h4, a, code, pre, summary";

  function placeOutputs(id) {
    const template = document.querySelector(`template[data-outputs-of="${id}"]`);
    document.getElementById(id).replaceChildren(...template.content.children);
    template.remove();
  }

  // Gives the first use of each term in the lesson's prose its meaning; the longest name wins.
  function explainTerms() {
    const terms = new Map();
    for (const term of JSON.parse(document.getElementById("terms").textContent)) {
      for (const name of term.names) terms.set(name, term);
    }
    const names = wholeWords([...terms.keys()]);
    const explained = new Set();
    for (const text of proseTexts()) {
      const parts = [];
      let end = 0;
      for (const found of text.data.matchAll(names)) {
        const name = found[1].replace(/\s+/g, " ");
        const term = terms.get(name) ?? terms.get(name.toLowerCase());
        if (!term || explained.has(term)) continue;
        explained.add(term);
        parts.push(text.data.slice(end, found.index), withMeaning(found[0], term, explained.size));
        end = found.index + found[0].length;
      }
      if (end > 0) text.replaceWith(...parts, text.data.slice(end));
    }
    document.addEventListener("keydown", (event) => event.key === "Escape" && showMeaning(null));
    document.addEventListener("click", (event) => showMeaning(event.target.closest(".term")));
  }

  function wholeWords(names) {
    const literal = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "\\s+");
    const either = names.sort((a, b) => b.length - a.length).map(literal).join("|");
    return new RegExp(`(?<![\\p{L}\\p{N}])(${either})s?(?![\\p{L}\\p{N}])`, "giu");
  }

  function proseTexts() {
    const texts = [];
    for (const prose of document.querySelectorAll(".prose")) {
      const walker = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) texts.push(walker.currentNode);
    }
    return texts.filter((text) => !text.parentElement.closest(NOT_EXPLAINED));
  }

  function withMeaning(word, { title, meaning }, number) {
    const term = document.createElement("span");
    term.className = "term";
    term.innerHTML =
      `<span role="button" tabindex="0" aria-describedby="term-${number}"></span>` +
      `<span role="tooltip" id="term-${number}" hidden><strong></strong><br></span>`;
    const [button, tooltip] = term.children;
    button.textContent = word;
    tooltip.firstElementChild.textContent = title;
    tooltip.append(meaning);
    term.addEventListener("focusin", () => showMeaning(term));
    term.addEventListener("focusout", () => showMeaning(null));
    term.addEventListener("pointerenter", () => showMeaning(term));
    term.addEventListener("pointerleave", () => term.matches(":focus-within") || showMeaning(null));
    return term;
  }

  function showMeaning(term) {
    for (const tooltip of document.querySelectorAll('.term [role="tooltip"]')) {
      tooltip.hidden = tooltip.parentElement !== term;
    }
    if (!term) return;
    const [button, tooltip] = term.children;
    const room = tooltip.offsetParent.getBoundingClientRect();
    const left = Math.min(button.getBoundingClientRect().left, room.right - tooltip.offsetWidth);
    tooltip.style.left = `${left - room.left}px`;
  }

  function untilLive() {
    const lesson = document.getElementById("lesson");
    return new Promise((resolve) => {
      const look = () => {
        if (lesson.querySelector(UNDRAWN)) return;
        observer.disconnect();
        resolve();
      };
      const observer = new MutationObserver(look);
      observer.observe(lesson, { childList: true, subtree: true, attributeFilter: ["data-ready"] });
      look();
    });
  }

  // Needs no kernel: what the browser keeps can be saved when nothing answers any more.
  function saveProgress(button) {
    const kept = localStorage.getItem("cx-master");
    if (!kept) {
      button.textContent = button.dataset.nothing;
      return;
    }
    const progress = JSON.parse(kept);
    const file = JSON.stringify({ format: "cx-master-progress", version: 1, progress }, null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([file], { type: "application/json" }));
    link.download = button.dataset.fileName;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  function show(id, visible) {
    document.getElementById(id).hidden = !visible;
  }

  async function kernelOfPage() {
    while (!window.jupyterapp) await new Promise((resolve) => setTimeout(resolve, 50));
    return (await window.jupyterapp.widgetManagerPromise.promise).kernel;
  }

  function follow(kernel) {
    kernel.statusChanged.connect((_, status) => {
      if (KERNEL_GONE.includes(status)) show("trouble", true);
    });
    kernel.connectionStatusChanged.connect((_, status) => show("trouble", status !== "connected"));
  }

  async function watch() {
    const patience = setTimeout(() => show("trouble", true), PATIENCE_MS);
    await untilLive();
    clearTimeout(patience);
    show("preparing", false);
    document.documentElement.dataset.live = "true";
    performance.mark("live");
    follow(await kernelOfPage());
  }

  // The stage is fetched when somebody asks for it: a page that is only read does not pay for it.
  const stage = () => import("./stage.js");

  async function present() {
    (await stage()).toggle();
  }

  async function openNotes() {
    (await stage()).openNotes();
  }

  document.addEventListener("keydown", (event) => {
    if (event.altKey && event.code === "KeyP" && document.querySelector(".present")) {
      event.preventDefault();
      present();
    }
  });

  // In the browser alone: Voici calls back, and the pages are files.
  function watchAlone() {
    // Through a service worker JupyterLite would mount a drive, and every import would look there.
    Object.defineProperty(navigator, "serviceWorker", { value: { register: async () => null } });
    window.update_loading_text = () => {};
    window.display_cells = watch;
    const failed = document.getElementById("failed").content;
    const tidy = () => {
      for (const link of document.querySelectorAll('a[href$=".ipynb"]')) {
        link.href = link.href.replace(/ipynb$/, "html");
      }
      for (const line of document.querySelectorAll(".output [data-mime-type$=stderr] .ansi-red-fg")) {
        line.closest(".output").replaceChildren(failed.cloneNode(true));
      }
    };
    new MutationObserver(tidy).observe(document.body, { childList: true, subtree: true });
    tidy();
  }

  window.voila_heartbeat = () => {};
  return { explainTerms, openNotes, placeOutputs, present, saveProgress, watch, watchAlone };
})();
