// Stands where JupyterLite's kernel looks for Pyodide. It starts the real one with the site's own
// list of packages, so that everything a page needs is fetched at once, wherever the site lies.

self.loadPyodide = async ({ indexURL: site, ...options }) => {
  const lock = await (await fetch(`${site}pyodide-lock.json`, { cache: "no-cache" })).json();
  const home = new URL(lock.home, site).href;
  for (const entry of Object.values(lock.packages)) {
    entry.file_name = new URL(entry.file_name, site).href;
  }
  const lockFileURL = URL.createObjectURL(new Blob([JSON.stringify(lock)]));
  importScripts(`${home}pyodide.js`); // puts the real loadPyodide in the place of this one
  return self.loadPyodide({ ...options, indexURL: home, lockFileURL });
};
