// Time as the post counts it: the clock runs and every age grows between two answers of the server.
let shownAt = 0;
let base = 0;
let speed = 1;
let offset = 0;
let day = null;

function readClock() {
  const face = document.querySelector(".clock");
  const mark = `${face?.dataset.now} ${face?.dataset.speed}`;
  if (!face || face.dataset.read === mark) return face;
  face.dataset.read = mark;
  [base, speed, offset] = [face.dataset.now, face.dataset.speed, face.dataset.offset].map(Number);
  shownAt = performance.now();
  return face;
}

const now = () => base + (speed * (performance.now() - shownAt)) / 1000;
const two = (number) => String(number).padStart(2, "0");

// As kawal.ledger.clock.duration writes it.
function lasting(seconds) {
  const [hour, minute, days] = document.documentElement.lang === "en" ? ["h", "min", "d"] : ["j", "mnt", "hr"];
  const minutes = Math.floor(Math.max(0, seconds) / 60);
  if (minutes < 60) return `${minutes} ${minute}`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} ${hour} ${two(minutes % 60)} ${minute}`;
  return `${Math.floor(minutes / 1440)} ${days} ${Math.floor((minutes % 1440) / 60)} ${hour}`;
}

const say = (place, words) => { if (place && place.textContent !== words) place.textContent = words; };

function tick() {
  const face = readClock();
  if (!face) return;
  const at = now();
  const local = new Date((at + offset) * 1000);
  say(face.querySelector(".clock-hour"), `${two(local.getUTCHours())}.${two(local.getUTCMinutes())}`);
  if (day !== null && day !== local.getUTCDate()) document.body.dispatchEvent(new CustomEvent("hari"));
  day = local.getUTCDate();
  for (const age of document.querySelectorAll("time.age[data-at]")) say(age, lasting(at - Number(age.dataset.at)));
  const stale = document.getElementById("usang");
  if (stale && Number(stale.dataset.judged)) {
    const is = at - Number(stale.dataset.judged) > Number(stale.dataset.limit);
    if (stale.hidden === is) stale.hidden = !is;
  }
}

tick();
setInterval(tick, 1000);
