// The keyboard: / searches, ? helps, g and a letter go somewhere. Never while somebody types.
const WAYS = { o: "/komando/", k: "/kotak/", s: "/serah-terima/", b: "/buku-audit/" };
let goes = false;

const types = (place) => place.closest?.("input, textarea, select, [contenteditable]");

function help() {
  const dialog = document.getElementById("bantuan");
  if (dialog && !dialog.open) dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || types(event.target)) return;
  if (goes && WAYS[event.key]) {
    location.assign(WAYS[event.key]);
  } else if (event.key === "?") {
    help();
  } else if (event.key === "/") {
    const search = document.querySelector('[data-key="/"], input[type="search"]');
    if (search) { event.preventDefault(); search.focus(); search.select(); } else location.assign("/kotak/");
  }
  goes = event.key === "g";
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.('[data-opens="bantuan"]')) help();
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keyup", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});
