// What jsdom lacks and the window needs, as little of it as the tests can do with.

import { beforeEach } from 'vitest';

// jsdom knows <dialog> but cannot open one.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close() {
  this.open = false;
  this.dispatchEvent(new Event('close'));
};

// jsdom lays nothing out, so there is nowhere to scroll to.
Element.prototype.scrollIntoView = () => undefined;

// axe draws letters to tell icon fonts from words; there is nothing to draw on.
HTMLCanvasElement.prototype.getContext = () => null;

// jsdom lays nothing out, so there is no size to watch; components fall back to a usual one.
window.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

beforeEach(() => {
  window.localStorage.clear();
  window.history.replaceState(null, '', '#/today');
  delete document.documentElement.dataset.theme;
});
