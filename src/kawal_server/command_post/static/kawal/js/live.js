// One stream a browser: the tab that holds the lock listens and tells the others which topics changed.
const TOPICS = ["komando", "kotak", "serah-terima", "buku-audit", "jam"];
const LEAST_MS = 2000; // the first change shows at once, a stream of them every two seconds
const PATIENCE_MS = 3000; // a reconnection shorter than this is nobody's concern
const root = document.documentElement;
const channel = "BroadcastChannel" in window ? new BroadcastChannel("kawal-live") : null;
const untold = new Set();
let timer = 0;
let toldAt = 0;

function tell() {
  timer = 0;
  if (document.hidden) return;
  toldAt = performance.now();
  for (const topic of untold) document.body.dispatchEvent(new CustomEvent(topic));
  untold.clear();
}

function changed(topic) {
  untold.add(topic);
  timer ||= setTimeout(tell, Math.max(0, LEAST_MS - (performance.now() - toldAt)));
}

document.addEventListener("visibilitychange", () => { if (!document.hidden && untold.size) tell(); });

function show(state) {
  const place = document.getElementById("sambungan");
  if (place && place.dataset.state !== state) place.dataset.state = state;
}

function receive({ topic, state, ended }) {
  if (ended) location.assign("/");
  if (topic) changed(topic);
  if (state) show(state);
}

function pass(word) {
  receive(word);
  channel?.postMessage(word);
}

function listen(done) {
  let state = "menyambung";
  let worry = 0;
  let wait = 2000;
  const set = (next) => { clearTimeout(worry); state = next; pass({ state }); };
  const open = () => {
    const source = new EventSource(`${root.dataset.langsung}?tahu=${encodeURIComponent(root.dataset.tahu)}`);
    source.onopen = () => { wait = 2000; set("tersambung"); };
    source.onerror = () => {
      if (state === "tersambung") { state = "menyambung"; worry = setTimeout(set, PATIENCE_MS, "terputus"); }
      else if (state === "menyambung" && !worry) worry = setTimeout(set, PATIENCE_MS, "terputus");
      if (source.readyState !== EventSource.CLOSED) return;
      set("terputus");
      setTimeout(open, wait);
      wait = Math.min(30000, wait * 2);
    };
    for (const topic of TOPICS) {
      source.addEventListener(topic, (event) => { root.dataset.tahu = event.lastEventId || root.dataset.tahu; pass({ topic }); });
    }
    source.addEventListener("berakhir", () => { source.close(); pass({ ended: true }); done(); });
  };
  if (channel) channel.addEventListener("message", ({ data }) => { if (data.asks) channel.postMessage({ state }); });
  open();
}

if (root.dataset.langsung) {
  channel?.addEventListener("message", ({ data }) => receive(data));
  if (navigator.locks && channel) {
    channel.postMessage({ asks: true });
    navigator.locks.request("kawal-live", () => new Promise(listen));
  } else {
    listen(() => {});
  }
}
