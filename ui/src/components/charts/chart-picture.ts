// A chart as a picture for other programs: its title, what its series are, and the drawing, painted twice as fine.

import { groundOf, svgMarkup } from '../picture';

const FINE = 2;
const EDGE = 16;
const TITLE = 17;
const SMALL = 13;
const LINE = 1.5;

interface Words {
  title: string;
  /** Period and filters. */
  note: string;
}

/** The PNG of what ChartFrame draws inside `figure`. */
export async function chartPicture(figure: Element, { title, note }: Words): Promise<Blob> {
  const drawing = figure.querySelector<SVGSVGElement>('[data-testid="chart"] svg');
  if (!drawing) throw new Error('no drawing in the chart');
  const signs = [...figure.querySelectorAll<HTMLElement>('[data-legend]')];
  const picture = await imageOf(drawing);
  const keys = await Promise.all(
    signs.map(async (sign) => ({ text: sign.innerText, ...(await keyOf(sign)) })),
  );

  const style = getComputedStyle(figure);
  const width = picture.width + 2 * EDGE;
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context) throw new Error('nothing to paint on');
  const font = (size: number, weight: number) => `${weight} ${size}px ${style.fontFamily}`;
  context.font = font(SMALL, 400);
  const lines = keyLines(keys, (text) => context.measureText(text).width, width - 2 * EDGE);
  const top = EDGE + TITLE * LINE + (note === '' ? 0 : SMALL * LINE) + lines.length * SMALL * LINE + EDGE / 2;
  canvas.width = Math.ceil(width * FINE);
  canvas.height = Math.ceil((top + picture.height + EDGE) * FINE);

  context.scale(FINE, FINE);
  context.fillStyle = groundOf(figure);
  context.fillRect(0, 0, width, top + picture.height + EDGE);
  context.textBaseline = 'top';
  context.fillStyle = style.color;
  context.font = font(TITLE, 650);
  context.fillText(title, EDGE, EDGE, width - 2 * EDGE);
  context.font = font(SMALL, 400);
  let y = EDGE + TITLE * LINE;
  if (note !== '') {
    context.fillText(note, EDGE, y, width - 2 * EDGE);
    y += SMALL * LINE;
  }
  for (const line of lines) {
    for (const { x, image, text } of line) {
      if (image) context.drawImage(image.source, EDGE + x, y, image.width, image.height);
      context.fillText(text, EDGE + x + (image?.width ?? 0) + 6, y);
    }
    y += SMALL * LINE;
  }
  context.drawImage(picture.source, EDGE, top, picture.width, picture.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture came of it'))), 'image/png'),
  );
}

interface Painted {
  source: HTMLImageElement;
  width: number;
  height: number;
}

interface Key {
  text: string;
  image: Painted | null;
}

async function keyOf(sign: HTMLElement): Promise<{ image: Painted | null }> {
  const drawing = sign.querySelector('svg');
  return { image: drawing ? await imageOf(drawing) : null };
}

/** What the series are, as many beside each other as there is room for. */
function keyLines(keys: Key[], measure: (text: string) => number, room: number): (Key & { x: number })[][] {
  const lines: (Key & { x: number })[][] = [];
  let x = Infinity;
  for (const key of keys) {
    const wide = (key.image?.width ?? 0) + 6 + measure(key.text) + EDGE;
    if (x + wide > room) {
      lines.push([]);
      x = 0;
    }
    lines.at(-1)?.push({ ...key, x });
    x += wide;
  }
  return lines;
}

/** A data address, because the window may load pictures from nowhere else. */
async function imageOf(drawing: SVGSVGElement): Promise<Painted> {
  const { width, height } = drawing.getBoundingClientRect();
  const source = new Image();
  source.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgMarkup(drawing))}`;
  await source.decode();
  return { source, width, height };
}
