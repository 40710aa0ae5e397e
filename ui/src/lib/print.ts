/**
 * Prints one part of the window: the element marked `data-printed`, without what is marked `data-unprinted`. The
 * stylesheet does it (styles/print.css).
 */
export function printPart(): void {
  const root = document.documentElement;
  root.dataset.printing = '';
  window.addEventListener('afterprint', () => delete root.dataset.printing, { once: true });
  window.print();
}
