// Draws countries.json: the map of the report of countries, as the window and paper have it. The drawing is committed; run this
// after changing anything here: node src-tauri/crates/reports/world/make.mjs
//
// The shapes are Natural Earth's (public domain, naturalearthdata.com), as the package world-atlas has them: what is land on
// a map of the world by its coarse drawing, and countries too small for that as points of its fine one.

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const tools = createRequire(new URL('../../../../ui/package.json', import.meta.url));
const { geoArea, geoCentroid, geoEqualEarth, geoPath } = await import(tools.resolve('d3-geo'));
const { feature } = await import(tools.resolve('topojson-client'));

const WIDTH = 2000;
/** Nobody telephones there, and it would take a fifth of the height. */
const LEFT_OUT = ['AQ'];
/** Parts that the map has with a country, but which have a numbering plan, and so a code, of their own. */
const PARTS = [
  { of: 'FR', code: 'GF', has: ([east]) => east < -40 },
  { of: 'NO', code: 'SJ', has: ([, north]) => north > 74 },
];
/** Without a number of ISO 3166, but with a code that is in use and a numbering plan. */
const UNNUMBERED = { Kosovo: 'XK' };

const atlas = (name) => {
  const topology = JSON.parse(readFileSync(tools.resolve(`world-atlas/${name}.json`), 'utf8'));
  return feature(topology, topology.objects.countries).features.filter(({ geometry }) => geometry !== null);
};

/** The letters of a country by its number: both are in the Unicode locale data that comes with Node. */
function codeOf({ id, properties }) {
  if (id === undefined) return UNNUMBERED[properties.name] ?? null;
  const code = new Intl.Locale(`und-${id}`).region;
  return /^[A-Z]{2}$/.test(code ?? '') ? code : null;
}

/** Each with its rings; holes are left out, because what lies in them is drawn above. */
function landOf(countries) {
  const land = new Map();
  for (const country of countries) {
    const { type, coordinates } = country.geometry;
    for (const [ring] of type === 'Polygon' ? [coordinates] : coordinates) {
      const polygon = { type: 'Polygon', coordinates: [ring] };
      const whole = codeOf(country);
      const part = PARTS.find(({ of, has }) => of === whole && has(geoCentroid(polygon)));
      const code = part?.code ?? whole ?? '';
      if (LEFT_OUT.includes(code)) continue;
      land.set(code, [...(land.get(code) ?? []), polygon]);
    }
  }
  return land;
}

/** Corners as they come out on the map, one after the other: x, y, x, y. */
function ringsOf(polygon, projection) {
  const rings = [];
  const push = (x, y) => {
    const ring = rings.at(-1);
    const corner = [Math.round(x), Math.round(y)];
    if (ring.length > 0 && ring.at(-2) === corner[0] && ring.at(-1) === corner[1]) return;
    ring.push(...corner);
  };
  const context = {
    moveTo: (x, y) => (rings.push([]), push(x, y)),
    lineTo: push,
    closePath: () => undefined,
  };
  geoPath(projection, context)(polygon);
  return rings.filter((ring) => ring.length >= 6);
}

export function world() {
  const land = landOf(atlas('countries-110m'));
  const all = { type: 'GeometryCollection', geometries: [...land.values()].flat() };
  const projection = geoEqualEarth().rotate([-11, 0]).fitWidth(WIDTH, all);
  const height = Math.ceil(geoPath(projection).bounds(all)[1][1]);

  const countries = [...land]
    .map(([code, polygons]) => ({
      code,
      size: polygons.reduce((sum, polygon) => sum + geoArea(polygon), 0),
      rings: polygons.flatMap((polygon) => ringsOf(polygon, projection)),
    }))
    // What lies in another is drawn after it.
    .sort((one, other) => other.size - one.size)
    .map(({ code, rings }) => ({ code, rings }));
  const points = atlas('countries-10m')
    .map((country) => ({ code: codeOf(country), at: projection(geoCentroid(country)).map(Math.round) }))
    .filter(({ code }) => code !== null && !land.has(code) && !LEFT_OUT.includes(code))
    .filter(({ code }, place, each) => each.findIndex((other) => other.code === code) === place)
    .sort((one, other) => one.code.localeCompare(other.code, 'en'));
  return { width: WIDTH, height, countries, points };
}

/** One country a line, so that a change of the map can be read. */
export function written({ width, height, countries, points }) {
  const lines = (each) => each.map((one) => `    ${JSON.stringify(one)}`).join(',\n');
  return `{\n  "width": ${width},\n  "height": ${height},\n  "countries": [\n${lines(countries)}\n  ],\n  "points": [\n${lines(points)}\n  ]\n}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('countries.json', import.meta.url), written(world()));
}
