// The reader's light or dark, before the first picture is drawn. Not a module: it must not wait.
(() => {
  const root = document.documentElement;
  const kept = () => { try { return localStorage.getItem("kawal-theme") ?? ""; } catch { return ""; } };
  const show = (theme) => {
    if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme));
    }
    document.dispatchEvent(new Event("tampilan"));
  };
  show(kept());
  document.addEventListener("DOMContentLoaded", () => show(kept()));
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-theme-choice]");
    if (!button) return;
    try { localStorage.setItem("kawal-theme", button.dataset.themeChoice); } catch { /* private window: this page only */ }
    show(button.dataset.themeChoice);
  });
})();
