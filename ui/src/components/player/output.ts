// What sounds: one piece of a recording at a time. The web view plays WAV from a Blob (WebKitGTK plays nothing from a
// scheme of ours) and keeps the pitch at other speeds.

import type { ErrorView } from '../../backend/backend';
import { t } from '../../lib/messages';

export interface Output {
  /** Puts a WAV file in, ready to sound from a moment of it in milliseconds. */
  load(wav: ArrayBuffer, at: number): Promise<void>;
  play(): Promise<void>;
  pause(): void;
  /** Milliseconds of the piece. */
  at: number;
  /** 1 is as it was spoken. */
  speed: number;
  /** 0 to 1. */
  volume: number;
  /** Called at the end of the piece. */
  onended: () => void;
  /** Lets the piece go. */
  clear(): void;
}

export class AudioOutput implements Output {
  onended: () => void = () => undefined;
  readonly #audio = new Audio();
  #url: string | null = null;
  #speed = 1;

  constructor() {
    this.#audio.preload = 'auto';
    this.#audio.preservesPitch = true;
    this.#audio.addEventListener('ended', () => this.onended());
  }

  async load(wav: ArrayBuffer, at: number): Promise<void> {
    this.clear();
    const url = URL.createObjectURL(new Blob([wav], { type: 'audio/wav' }));
    this.#url = url;
    this.#audio.src = url;
    await new Promise<void>((resolve, reject) => {
      const done = () => {
        this.#audio.removeEventListener('loadedmetadata', done);
        this.#audio.removeEventListener('error', failed);
        resolve();
      };
      const failed = () => {
        this.#audio.removeEventListener('loadedmetadata', done);
        this.#audio.removeEventListener('error', failed);
        // Another piece was put in meanwhile: nobody waits for this one.
        if (this.#url === url) reject(cannotSound());
        else resolve();
      };
      this.#audio.addEventListener('loadedmetadata', done);
      this.#audio.addEventListener('error', failed);
    });
    // A new source plays at the usual speed.
    this.#audio.playbackRate = this.#speed;
    if (at > 0) this.at = at;
  }

  async play(): Promise<void> {
    try {
      await this.#audio.play();
    } catch (reason) {
      // Paused, or another piece put in, before it had begun.
      if (!(reason instanceof DOMException && reason.name === 'AbortError')) throw cannotSound();
    }
  }

  pause(): void {
    this.#audio.pause();
  }

  get at(): number {
    return this.#audio.currentTime * 1000;
  }

  set at(milliseconds: number) {
    this.#audio.currentTime = milliseconds / 1000;
  }

  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
    this.#speed = speed;
    this.#audio.defaultPlaybackRate = speed;
    this.#audio.playbackRate = speed;
  }

  get volume(): number {
    return this.#audio.volume;
  }

  set volume(volume: number) {
    this.#audio.volume = volume;
  }

  clear(): void {
    if (this.#url === null) return;
    this.#audio.pause();
    this.#audio.removeAttribute('src');
    this.#audio.load();
    URL.revokeObjectURL(this.#url);
    this.#url = null;
  }
}

/** The web view has nothing to play a WAV file with, or nothing to play it on. */
function cannotSound(): ErrorView {
  return { code: 'sound-not-played', message: t('player.not-played'), hint: t('player.not-played-hint') };
}
