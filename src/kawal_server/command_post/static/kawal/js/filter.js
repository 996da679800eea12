// A filter that works in the background still belongs in the address: whoever reloads or shares it finds the same list.
for (const form of document.querySelectorAll('form[role="search"]')) {
  const remember = () => {
    const asked = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value !== "") asked.set(name, value);
    const query = asked.toString();
    history.replaceState(history.state, "", query ? `${location.pathname}?${query}` : location.pathname);
  };
  form.addEventListener("input", remember);
  form.addEventListener("change", remember);
}
