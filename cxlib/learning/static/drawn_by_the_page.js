// A panel is drawn by code that the page's own widget brings once for all of them, see page.js.

const drawing = () => {
  globalThis.cxPanels ??= { waiting: [] };
  const { module, waiting } = globalThis.cxPanels;
  return module ?? new Promise((resolve) => waiting.push(resolve));
};

export default { render: async (panel) => (await drawing()).default.render(panel) };
