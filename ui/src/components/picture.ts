// A drawing on the screen as a picture that stands for itself: what the stylesheet says is written into it.

const NAMESPACE = 'http://www.w3.org/2000/svg';

/** Properties of SVG that the stylesheet of the window may set, as attributes of their own. */
const PAINTED = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linejoin',
  'paint-order',
  'font-family',
  'font-size',
  'font-weight',
] as const;

/** The markup of a drawing with its colours and letters; the ground is painted, as the letters were chosen for it. */
export function svgMarkup(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [drawing, ...drawing.querySelectorAll<SVGElement>('*')];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  copies.forEach((element, index) => {
    const original = originals[index];
    if (original) paint(element, getComputedStyle(original));
    element.removeAttribute('class');
  });
  const ground = document.createElementNS(NAMESPACE, 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', groundOf(drawing));
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

function paint(element: SVGElement, style: CSSStyleDeclaration): void {
  for (const property of PAINTED) {
    const value = style.getPropertyValue(property);
    // A pattern is named by where it is defined, which the copy has too: what stands in the attribute holds.
    if (value !== '' && !value.includes('url(')) element.setAttribute(property, value);
  }
}

/** The colour behind a drawing: that of the nearest element that has one. */
export function groundOf(drawing: Element): string {
  for (let element: Element | null = drawing; element; element = element.parentElement) {
    const colour = getComputedStyle(element).backgroundColor;
    if (colour !== '' && colour !== 'transparent' && colour !== 'rgba(0, 0, 0, 0)') return colour;
  }
  return '#ffffff';
}

/** Puts markup on the clipboard, as a picture where the system takes one, and as text. */
export async function copyPicture(markup: string): Promise<void> {
  const type = 'image/svg+xml';
  if (typeof ClipboardItem === 'function' && ClipboardItem.supports?.(type)) {
    const part = (kind: string) => new Blob([markup], { type: kind });
    await navigator.clipboard.write([
      new ClipboardItem({ [type]: part(type), 'text/plain': part('text/plain') }),
    ]);
  } else {
    await navigator.clipboard.writeText(markup);
  }
}
