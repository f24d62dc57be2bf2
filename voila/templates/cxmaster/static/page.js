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

  function placeOutputs(id) {
    const template = document.querySelector(`template[data-outputs-of="${id}"]`);
    document.getElementById(id).replaceChildren(...template.content.children);
    template.remove();
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

  window.voila_heartbeat = () => {};
  return { placeOutputs, watch };
})();
