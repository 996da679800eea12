// A passkey or a security key: ask the browser what the form says, put the answer into the form, and send it.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const named = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));

function read(options) {
  const asked = { ...options, challenge: bytes(options.challenge) };
  if (options.user) asked.user = { ...options.user, id: bytes(options.user.id) };
  if (options.allowCredentials) asked.allowCredentials = named(options.allowCredentials);
  if (options.excludeCredentials) asked.excludeCredentials = named(options.excludeCredentials);
  return asked;
}

function written(credential) {
  const { clientDataJSON, attestationObject, authenticatorData, signature } = credential.response;
  const parts = { clientDataJSON, attestationObject, authenticatorData, signature };
  const response = Object.fromEntries(Object.entries(parts).filter(([, part]) => part).map(([name, part]) => [name, text(part)]));
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: {} });
}

async function ask(form) {
  const fails = form.querySelector("[data-fails]");
  fails.hidden = true;
  try {
    const asked = { publicKey: read(JSON.parse(form.dataset.options)) };
    form.elements.kunci.value = written(await navigator.credentials[form.dataset.passkey](asked));
    form.submit();
  } catch {
    fails.hidden = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
}
