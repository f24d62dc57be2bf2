// The look a reader chose: applied before the page is painted, kept in her browser.
const look = (() => {
  const KEY = "cx-look";
  const AS_THE_MACHINE = "machine";
  const contrast = document.getElementById("contrast");
  const contrastByMachine = contrast.media;

  function chosen() {
    try {
      return localStorage.getItem(KEY) ?? AS_THE_MACHINE;
    } catch {
      return AS_THE_MACHINE; // localStorage is forbidden here
    }
  }

  function apply(name) {
    document.documentElement.dataset.look = name;
    contrast.media = name === "contrast" ? "all" : contrastByMachine;
  }

  function choose(name) {
    apply(name);
    try {
      localStorage.setItem(KEY, name);
    } catch {
      // The look holds for this page; a browser that keeps nothing forgets it.
    }
  }

  function offer(menu) {
    menu.value = document.documentElement.dataset.look;
    menu.addEventListener("change", () => choose(menu.value));
    window.addEventListener("storage", () => (menu.value = chosen()));
  }

  apply(chosen());
  window.addEventListener("storage", (event) => event.key === KEY && apply(chosen()));
  return { offer };
})();
