// The map: our own polygons, no tiles. It says nothing that the list beside it does not say in words.
const L = window.L;
const SHAPES = {
  aman: '<circle cx="6" cy="6" r="5"/>',
  perhatian: '<path d="M6 .8 11.6 11H.4Z"/>',
  bahaya: '<path d="M6 0 12 6 6 12 0 6Z"/>',
  "tidak-diketahui": '<path d="M1 1h10v10H1Z"/>',
  kosong: '<circle cx="6" cy="6" r="3.500" fill="none"/>',
};
for (const n of [1, 2, 3]) SHAPES[`prioritas-${n}`] = `<circle class="mark-ring" cx="6" cy="6" r="6"/><text class="mark-number" x="6" y="9.2" text-anchor="middle">${n}</text>`;
const MOST_MARKERS = 300;
const MARK = 15;
const slug = (look) => look.replace(" ", "-");

// A colour as the theme has it now: the canvas knows no variables.
function colour(look) {
  const probe = document.createElement("span");
  if (look) { probe.className = "site-mark"; probe.dataset.look = look; } else probe.className = "ground-mark";
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

// A point on the canvas in the shape of its look.
const Spot = L.CircleMarker.extend({
  _updatePath() {
    const pen = this._renderer._ctx;
    if (!this._renderer._drawing || this._empty()) return;
    const { x, y } = this._point;
    const size = this.options.radius;
    pen.beginPath();
    if (this.options.look === "aman") pen.arc(x, y, size, 0, Math.PI * 2);
    else if (this.options.look === "perhatian") { pen.moveTo(x, y - size); pen.lineTo(x + size, y + size * 0.9); pen.lineTo(x - size, y + size * 0.9); }
    else if (this.options.look === "bahaya") { pen.moveTo(x, y - size * 1.2); pen.lineTo(x + size * 1.2, y); pen.lineTo(x, y + size * 1.2); pen.lineTo(x - size * 1.2, y); }
    else pen.rect(x - size * 0.85, y - size * 0.85, size * 1.7, size * 1.7);
    pen.closePath();
    this._renderer._fillStroke(pen, this);
  },
});

const place = document.getElementById("peta");
if (place) draw(place);

function draw(place) {
  const map = L.map(place, { attributionControl: false, zoomControl: false, scrollWheelZoom: false, zoomSnap: 0.25, keyboard: false });
  L.control.zoom({ position: "topright", zoomInTitle: place.dataset.zoomIn, zoomOutTitle: place.dataset.zoomOut }).addTo(map);
  for (const [name, level] of [["wilayah", 300], ["nama", 450], ["titik", 420], ["tanda", 600]]) map.createPane(name).style.zIndex = level;
  map.getPane("nama").style.pointerEvents = "none";
  const layers = { areas: null, spots: L.layerGroup().addTo(map), marks: L.layerGroup().addTo(map), names: L.layerGroup().addTo(map) };
  const tools = { lines: L.svg({ pane: "wilayah", padding: 1 }), points: L.canvas({ pane: "titik", padding: 0.5 }) };
  let known = null;
  const load = async () => {
    let answer;
    try { answer = await fetch(place.dataset.url, { headers: { Accept: "application/geo+json" } }); } catch { return; }
    if (!answer.ok) return;
    const text = await answer.text();
    if (text === known) return;
    const isFirst = known === null;
    known = text;
    show(map, layers, tools, JSON.parse(text));
    if (isFirst) fit(map, layers);
    name(map, layers);
  };
  map.setView([0, 118], 5);
  load();
  document.body.addEventListener("komando", load);
  const repaint = () => layers.spots.eachLayer((spot) => spot.setStyle({ fillColor: colour(spot.options.look), color: colour("") }));
  document.addEventListener("tampilan", repaint);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  map.on("zoomend", () => name(map, layers));
  new ResizeObserver(() => { map.invalidateSize({ animate: false }); fit(map, layers); name(map, layers); }).observe(place);
}

function fit(map, layers) {
  const bounds = layers.areas?.getBounds();
  if (bounds?.isValid()) map.fitBounds(bounds, { padding: [18, 22], animate: false });
}

function show(map, layers, tools, found) {
  const areas = found.features.filter((one) => one.geometry.type !== "Point");
  const sites = found.features.filter((one) => one.geometry.type === "Point");
  layers.areas?.remove();
  layers.areas = L.geoJSON(areas, {
    pane: "wilayah", renderer: tools.lines, style: (one) => ({ className: "area", fillOpacity: 1, fillColor: `url(#corak-${slug(one.properties.look)})` }),
    onEachFeature: (one, layer) => layer
      .bindTooltip(words(`${one.properties.name}. ${one.properties.says}`), { sticky: true })
      .on("click", () => location.assign(one.properties.url))
      .on("add", () => layer.getElement()?.setAttribute("data-look", slug(one.properties.look))),
  }).addTo(map);
  layers.areas.eachLayer((layer) => layer.getElement()?.setAttribute("data-look", slug(layer.feature.properties.look)));
  layers.spots.clearLayers();
  layers.marks.clearLayers();
  const marked = sites.filter((one) => one.properties.is_marked).slice(0, MOST_MARKERS);
  const drawn = new Set(marked);
  for (const one of sites) (drawn.has(one) ? mark : spot)(one, layers, tools);
}

function words(text) {
  const line = document.createElement("span");
  line.textContent = text;
  return line;
}

function at(one) { return [one.geometry.coordinates[1], one.geometry.coordinates[0]]; }

function spot(one, layers, tools) {
  const look = slug(one.properties.look);
  layers.spots.addLayer(new Spot(at(one), {
    pane: "titik", renderer: tools.points, look, radius: look === "aman" ? 2.5 : 4, weight: 1, color: colour(""), fillColor: colour(look), fillOpacity: 1, interactive: false,
  }));
}

function mark(one, layers) {
  const look = slug(one.properties.look);
  const html = document.createElement("span");
  html.className = "site-mark";
  html.dataset.look = look;
  html.innerHTML = `<svg viewBox="-1 -1 14 14" aria-hidden="true">${SHAPES[look] ?? SHAPES.kosong}</svg>`;
  const size = one.properties.kind === "ppk" ? MARK : MARK + 5;
  const marker = L.marker(at(one), { pane: "tanda", interactive: false, keyboard: false, icon: L.divIcon({ html, className: "site", iconSize: [size, size] }) });
  marker.on("add", () => {
    const element = marker.getElement();
    element.setAttribute("role", "img");
    element.setAttribute("aria-label", one.properties.says);
  });
  layers.marks.addLayer(marker);
}

// Marks at one spot stand side by side.
function spread(map, layers) {
  const taken = [];
  layers.marks.eachLayer((one) => {
    const p = map.latLngToLayerPoint(one.getLatLng());
    let x = p.x;
    while (taken.some(([other, y]) => Math.abs(other - x) < MARK && Math.abs(y - p.y) < MARK)) x += MARK + 2;
    taken.push([x, p.y]);
    one.aside = x - p.x;
    one.getElement().style.marginLeft = `${one.aside - one.options.icon.options.iconSize[0] / 2}px`;
  });
}

// Names stand where they hide neither a marker nor each other; one that finds no room is in the list.
function name(map, layers) {
  layers.names.clearLayers();
  if (!layers.areas) return;
  spread(map, layers);
  const taken = [];
  layers.marks.eachLayer((one) => {
    const p = map.latLngToLayerPoint(one.getLatLng());
    taken.push([p.x + one.aside - 9, p.y - 9, p.x + one.aside + 9, p.y + 9]);
  });
  const areas = [];
  layers.areas.eachLayer((layer) => areas.push({ ...layer.feature.properties, rings: rings(map, layer.getLatLngs()) }));
  areas.sort((a, b) => (b.look === "bahaya") - (a.look === "bahaya") || b.boxes - a.boxes);
  for (const { name: said, at: centre, rings: own } of areas) {
    const others = areas.filter((one) => one.rings !== own);
    const p = map.latLngToLayerPoint(centre);
    const free = [...places([said]), ...places(said.split(" "))].find(({ x, y, half, high }) => {
      const box = [p.x + x - half, p.y + y - high, p.x + x + half, p.y + y + high];
      const spot = { x: p.x + x, y: p.y + y };
      // A name on a neighbour's ground would be taken for the neighbour's.
      if (!holds(own, spot) && others.some((one) => holds(one.rings, spot))) return false;
      return inside(map, box) && !taken.some((other) => meets(box, other)) && taken.push(box);
    });
    if (!free) continue;
    const html = document.createElement("span");
    html.innerText = free.lines.join("\n");
    const icon = L.divIcon({ html, className: "area-label", iconSize: [0, 0], iconAnchor: [-free.x, -free.y] });
    layers.names.addLayer(L.marker(centre, { pane: "nama", interactive: false, keyboard: false, icon }));
  }
}

// Where a name of these lines may stand, seen from its point; the nearest first.
function places(lines) {
  const half = Math.max(...lines.map((line) => line.length)) * 3.3 + 2;
  const high = lines.length * 7;
  const [up, side] = [high + 11, half + 11];
  return [[0, up], [0, -up], [side, 0], [-side, 0], [0, up + 12], [0, -up - 12], [side + 14, 6], [-side - 14, 6]].map(([x, y]) => ({ x, y, half, high, lines }));
}

// The corners of an area on the screen, as rings, whether it is one polygon or several.
function rings(map, shape) {
  return Array.isArray(shape[0]) ? shape.flatMap((one) => rings(map, one)) : [shape.map((corner) => map.latLngToLayerPoint(corner))];
}

function holds(shape, { x, y }) {
  let is = false;
  for (const ring of shape) {
    ring.forEach((a, place) => {
      const b = ring.at(place - 1);
      if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) is = !is;
    });
  }
  return is;
}

function inside(map, [left, top, right, bottom]) {
  const from = map.containerPointToLayerPoint([0, 0]);
  const size = map.getSize();
  return left >= from.x && top >= from.y && right <= from.x + size.x && bottom <= from.y + size.y;
}

function meets(a, b) { return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]; }
