// What the player decides, without a sound: pieces, silence, the tape, what is logged, where the call lies under it.

import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { CallRecordingView } from '../../backend/backend';
import { FakeBackend } from '../../backend/fake';
import { detailOf } from '../../backend/fake/detail';
import { SECRET } from '../../backend/fake/player';
import { playerActionOf } from '../../lib/shortcuts';
import { axeProblems, openApp, timesAsked } from '../../testing/app';
import { alignmentOf, transfersIn } from './alignment';
import { balanced } from './balance';
import { choicesOf } from './choices';
import { Heard } from './heard';
import { Listening } from './listening.svelte';
import { outline } from './outline';
import type { Output } from './output';
import { pieceAt, piecesOf } from './pieces';
import { afterSilence, silencesOf } from './silence';
import { Tape } from './tape';

/** A sound by its seconds: `.` is silence, `o` is speech. */
const peaksOf = (seconds: string) =>
  [...seconds].flatMap((second) => Array<number>(20).fill(second === 'o' ? 200 : 1));

const soundOf = (seconds: string, channels = 1) => ({
  milliseconds: seconds.length * 1000,
  rate: 8000,
  channels,
  peak_milliseconds: 50,
  peaks: Array.from({ length: channels }, () => peaksOf(seconds)),
});

class PretendOutput implements Output {
  at = 0;
  speed = 1;
  volume = 1;
  onended = () => undefined;
  playing = false;
  loads = 0;
  async load(_wav: ArrayBuffer, at: number) {
    this.loads += 1;
    this.at = at;
    this.playing = false;
    await Promise.resolve();
  }
  async play() {
    this.playing = true;
    await Promise.resolve();
  }
  pause() {
    this.playing = false;
  }
  clear() {
    this.playing = false;
  }
}

describe('the two sides', () => {
  const wav = (channels: number, samples: number[], bits = 16) => {
    const view = new DataView(new ArrayBuffer(44 + samples.length * 2));
    view.setUint32(12, 0x666d7420);
    view.setUint32(16, 16, true);
    view.setUint16(20, 1, true);
    view.setUint16(22, channels, true);
    view.setUint16(34, bits, true);
    view.setUint32(36, 0x64617461);
    view.setUint32(40, samples.length * 2, true);
    samples.forEach((sample, index) => view.setInt16(44 + index * 2, sample, true));
    return view.buffer;
  };
  const samples = (made: ArrayBuffer) => [...new Int16Array(made.slice(44))];

  it('are made louder and softer apart from each other, and never wrap round', () => {
    const made = balanced(wav(2, [1000, 1000, -20_000, 20_000]), { left: 2, right: 0.5 }, 'both');
    expect(samples(made)).toEqual([2000, 500, -32_768, 10_000]);
    expect(samples(balanced(wav(1, [1000, -3]), { left: 1, right: 2 }, 'right'))).toEqual([2000, -6]);
    expect(samples(balanced(wav(1, [1000, -3]), { left: 1, right: 2 }, 'left'))).toEqual([1000, -3]);
  });

  it('stay as they are where the sound is of another kind', () => {
    expect(samples(balanced(wav(2, [7, 7], 24), { left: 2, right: 2 }, 'both'))).toEqual([7, 7]);
    expect(balanced(new ArrayBuffer(3), { left: 2, right: 2 }, 'both').byteLength).toBe(3);
  });
});

describe('pieces', () => {
  it('of a short sound are one', () => {
    expect(piecesOf(soundOf('ooo'))).toEqual([{ from: 0, to: 3000 }]);
  });

  it('of an hour join without gaps, and end where it is quiet', () => {
    const hour = Array.from({ length: 3600 }, (_, second) => (second % 7 === 6 ? '.' : 'o')).join('');
    const sound = soundOf(hour);
    const pieces = piecesOf(sound);
    expect(pieces.length).toBeGreaterThan(60);
    expect(pieces[0]?.from).toBe(0);
    expect(pieces.at(-1)?.to).toBe(3_600_000);
    pieces.slice(1).forEach((piece, index) => {
      expect(piece.from).toBe(pieces[index]?.to);
      expect(piece.to - piece.from).toBeLessThanOrEqual(60_000);
      // In the quiet second, not at its edge.
      expect(Math.floor(piece.from / 1000) % 7).toBe(6);
    });
    expect(pieceAt(pieces, 0)).toBe(0);
    expect(pieceAt(pieces, pieces[3]?.from ?? 0)).toBe(3);
    expect(pieceAt(pieces, 9e9)).toBe(pieces.length - 1);
  });

  it('are shorter where there are more samples', () => {
    const studio = { ...soundOf('o'.repeat(300), 2), rate: 48_000 };
    expect(piecesOf(studio).every(({ from, to }) => to - from <= 15_000)).toBe(true);
  });
});

describe('silence', () => {
  it('is skipped to shortly before the next word, and only where it is long', () => {
    const silences = silencesOf(soundOf('oo.oo....oo'));
    expect(silences).toEqual([{ from: 5250, to: 8750 }]);
    expect(afterSilence(silences, 6000)).toBe(8750);
    expect(afterSilence(silences, 5000)).toBe(5000);
    expect(afterSilence(silences, 8750)).toBe(8750);
  });

  it('is that of the side which is heard', () => {
    const sound = { ...soundOf('oooooo', 2), peaks: [peaksOf('oo....'), peaksOf('oooooo')] };
    expect(silencesOf(sound)).toEqual([]);
    expect(silencesOf(sound, 0)).toEqual([{ from: 2250, to: 5750 }]);
  });
});

describe('what was heard', () => {
  it('is told every few seconds, and once more when it ends', () => {
    const told: unknown[] = [];
    const heard = new Heard((...stretch) => told.push(stretch));
    heard.begin(1000);
    for (let at = 1000; at <= 7200; at += 50) heard.reach(at);
    heard.end();
    heard.end();
    expect(told).toEqual([
      [1000, 6000, false],
      [1000, 7200, true],
    ]);
  });

  it('is nothing where nobody listened, and one stretch where a passage is repeated', () => {
    const told: unknown[] = [];
    const heard = new Heard((...stretch) => told.push(stretch));
    heard.reach(500);
    heard.begin(500);
    heard.end();
    heard.begin(2000);
    for (const at of [2500, 3000, 2000, 2900]) heard.reach(at);
    heard.end();
    expect(told).toEqual([[2000, 3000, true]]);
  });
});

describe('the tape', () => {
  const PIECES = [
    { from: 0, to: 60_000 },
    { from: 60_000, to: 110_000 },
    { from: 110_000, to: 170_000 },
  ];

  function tape() {
    const outputs: [PretendOutput, PretendOutput] = [new PretendOutput(), new PretendOutput()];
    const fetched: number[] = [];
    const fetch = ({ from }: { from: number }) => {
      fetched.push(from);
      return Promise.resolve(new ArrayBuffer(0));
    };
    return { tape: new Tape(PIECES, fetch, outputs), outputs, fetched };
  }

  it('begins with the first piece and has the second ready', async () => {
    const { tape: own, outputs, fetched } = tape();
    await own.play();
    await vi.waitFor(() => expect(fetched).toEqual([0, 60_000]));
    expect(outputs.filter(({ playing }) => playing)).toHaveLength(1);
  });

  it('goes over to the next piece at the end of one, and ends at the last', async () => {
    const { tape: own, outputs, fetched } = tape();
    const ended = vi.fn();
    own.onended = ended;
    await own.play();
    for (const begin of [60_000, 110_000]) {
      outputs.find(({ playing }) => playing)?.onended();
      await vi.waitFor(() => expect(own.at).toBe(begin));
      await vi.waitFor(() => expect(outputs.filter(({ playing }) => playing)).toHaveLength(1));
    }
    expect(fetched).toEqual([0, 60_000, 110_000]);
    expect(ended).not.toHaveBeenCalled();
    outputs.find(({ playing }) => playing)?.onended();
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce());
  });

  it('goes anywhere, and of many wishes to the last', async () => {
    const { tape: own, outputs } = tape();
    await own.play();
    void own.seek(150_000);
    void own.seek(20_000);
    expect(own.at).toBe(20_000);
    await own.seek(120_500);
    expect(own.at).toBe(120_500);
    expect(outputs.filter(({ playing }) => playing)).toHaveLength(1);
    own.pause();
    expect(outputs.filter(({ playing }) => playing)).toHaveLength(0);
    await own.seek(9e9);
    expect(own.at).toBe(170_000);
  });

  it('fetches anew when another side is to be heard, and stays where it is', async () => {
    const { tape: own, fetched } = tape();
    await own.play();
    await own.seek(70_000);
    fetched.length = 0;
    await own.refetch();
    expect(own.at).toBe(70_000);
    expect(fetched[0]).toBe(60_000);
  });

  it('is cut anew behind what is heard without disturbing it', async () => {
    const { tape: own, outputs, fetched } = tape();
    await own.play();
    await vi.waitFor(() => expect(fetched).toEqual([0, 60_000]));
    const heard = outputs.find(({ playing }) => playing);
    await own.recut([...PIECES.slice(0, 2), { from: 110_000, to: 150_000 }, { from: 150_000, to: 165_000 }]);
    expect(fetched).toEqual([0, 60_000]);
    expect(heard?.playing).toBe(true);
    expect(own.length).toBe(165_000);

    // What is heard now is cut otherwise: it is fetched again, and goes on from where it was.
    await own.seek(155_000);
    fetched.length = 0;
    await own.recut(PIECES);
    expect(own.at).toBe(155_000);
    expect(fetched[0]).toBe(110_000);
    expect(outputs.filter(({ playing }) => playing)).toHaveLength(1);
  });

  it('says that a piece could not be fetched', async () => {
    const failed = vi.fn();
    const own = new Tape(PIECES, () => Promise.reject(new Error('gone')), [
      new PretendOutput(),
      new PretendOutput(),
    ]);
    own.onfailed = failed;
    await own.play();
    expect(failed).toHaveBeenCalledOnce();
  });
});

describe('where a recording lies in its call', () => {
  const fake = new FakeBackend();
  const transferred = fake.calls.find(
    ({ transfers, outcome, talk_seconds }) =>
      transfers > 0 && outcome === 'answered' && (talk_seconds ?? 0) > 60,
  );
  if (!transferred) throw new Error('no call was handed on');
  const detail = detailOf(transferred);
  const wait = transferred.wait_seconds ?? 0;
  const talk = transferred.talk_seconds ?? 0;
  const recording = (after_start: number | null) =>
    ({ recording: { calls: [{ call: transferred.id, after_start }] } }) as unknown as CallRecordingView;

  it('is known by its name, else by its length, else not', () => {
    expect(alignmentOf(detail, recording(6), 1000)).toEqual({ begins: 6, by: 'name' });
    expect(alignmentOf(detail, recording(-1), 1000)).toEqual({ begins: 0, by: 'name' });
    expect(alignmentOf(detail, recording(null), talk * 1000 + 900)).toEqual({ begins: wait, by: 'length' });
    expect(alignmentOf(detail, recording(99_999), talk * 1000)).toEqual({ begins: wait, by: 'length' });
    expect(alignmentOf(detail, recording(null), 1000)).toBeNull();
  });

  it('tells when the call was handed on', () => {
    expect(transfersIn(detail, { begins: wait, by: 'name' }, talk * 1000)).toEqual([21_000]);
    expect(transfersIn(detail, { begins: wait, by: 'name' }, 5000)).toEqual([]);
  });
});

describe('choices', () => {
  const one = (id: number, label: string, state = 'found') =>
    ({ recording: { id, state }, label, part: null, shared: false }) as unknown as CallRecordingView;

  it('join two sides, and name what is silent', () => {
    const joined = choicesOf([one(1, 'caller-side'), one(2, 'called-side'), one(3, 'part', 'header-only')]);
    expect(joined.map(({ label, silent }) => [label, silent])).toEqual([
      ['both-sides', false],
      ['part', true],
    ]);
    const apart = choicesOf([one(1, 'caller-side'), one(2, 'called-side', 'gone')]);
    expect(apart.map(({ label }) => label)).toEqual(['caller-side', 'called-side']);
  });
});

it('draws one stroke for each pixel with sound', () => {
  expect(outline([0, 255, 0, 255], 2, 10, 8)).toBe('M0.5 2v16M1.5 2v16');
  expect(outline([], 100, 10, 8)).toBe('');
});

describe('keys', () => {
  const deck = document.createElement('div');
  deck.innerHTML = '<button></button><div class="free"></div><input>';
  const outside = document.createElement('div');
  const press = (key: string, target: Element, more = {}) => ({
    key,
    target,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    ...more,
  });
  const free = deck.querySelector('.free') as Element;

  it('belong to the player in it, but not to its fields and buttons', () => {
    expect(playerActionOf(press(' ', free), deck, false)).toBe('toggle');
    expect(playerActionOf(press('ArrowLeft', free), deck, true)).toBe('back');
    expect(playerActionOf(press(' ', deck.querySelector('button') as Element), deck, true)).toBeNull();
    expect(playerActionOf(press('m', deck.querySelector('button') as Element), deck, true)).toBe('mark');
    expect(playerActionOf(press('m', deck.querySelector('input') as Element), deck, true)).toBeNull();
    expect(playerActionOf(press('l', free, { ctrlKey: true }), deck, true)).toBeNull();
  });

  it('work elsewhere where nothing else uses them', () => {
    expect(playerActionOf(press('m', outside), deck, true)).toBe('mark');
    expect(playerActionOf(press('m', outside), deck, false)).toBeNull();
    expect(playerActionOf(press('ArrowLeft', outside), deck, true)).toBeNull();
    outside.setAttribute('role', 'grid');
    expect(playerActionOf(press(' ', outside), deck, true)).toBeNull();
    expect(playerActionOf(press(']', outside), deck, true)).toBe('faster');
  });
});

describe('listening', () => {
  let fake: FakeBackend;
  let outputs: PretendOutput[];

  async function listening(script = {}) {
    fake = new FakeBackend(script);
    outputs = [];
    const call = fake.calls.find(({ id }) => fake.player.recorded([id]).length > 0);
    const [recording] = await fake.recordingsOfCall(call?.id ?? '');
    if (!call || !recording) throw new Error('no recording');
    return new Listening(fake, call.id, recording, () => {
      const output = new PretendOutput();
      outputs.push(output);
      return output;
    });
  }

  const front = () => outputs.find(({ playing }) => playing);

  beforeEach(() => void vi.useFakeTimers());

  it('opens when somebody wants to hear it, and logs what they heard', async () => {
    const own = await listening();
    expect(timesAsked(fake, 'openSound')).toBe(0);
    expect(await own.open()).toBe(true);
    expect(own.playing).toBe(true);
    const output = front();
    if (!output) throw new Error('nothing sounds');
    output.at = 3200;
    await vi.advanceTimersByTimeAsync(60);
    expect(own.at).toBe(3200);
    await own.seek(8000);
    output.at = 9000;
    own.pause();
    await vi.advanceTimersByTimeAsync(1);
    expect(fake.player.log).toEqual([
      [0, 3200],
      [8000, 9000],
    ]);
    await own.play();
    output.at = 9500;
    own.close();
    await vi.advanceTimersByTimeAsync(1);
    expect(fake.player.log.at(-1)).toEqual([9000, 9500]);
    expect(fake.player.openSounds).toBe(0);
  });

  it('is heard from its beginning while the rest is decoded', async () => {
    const own = await listening();
    let decoded: () => void = () => undefined;
    const { openSound, wholeSound } = fake;
    fake.openSound = async (...asked) => {
      const sound = await openSound(...asked);
      return { ...sound, peaks: sound.peaks.map((row) => row.slice(0, 100)), whole: false };
    };
    fake.wholeSound = async (handle) => {
      await new Promise<void>((resolve) => (decoded = resolve));
      return wholeSound(handle);
    };
    await own.open();
    expect(own.playing).toBe(true);
    expect(own.sound?.peaks[0]).toHaveLength(100);
    const { length } = own;
    decoded();
    await vi.advanceTimersByTimeAsync(1);
    expect(own.sound?.whole).toBe(true);
    expect(own.sound?.peaks[0]?.length).toBeGreaterThan(100);
    expect(own.length).toBe(length);
    expect(own.playing).toBe(true);
    own.close();
  });

  it('says that a place takes long to come, and goes elsewhere meanwhile', async () => {
    const own = await listening();
    let come: () => void = () => undefined;
    const { soundPiece } = fake;
    await own.open();
    expect(own.length).toBeGreaterThan(420_000);
    fake.soundPiece = async (...asked) => {
      await new Promise<void>((resolve) => (come = resolve));
      return soundPiece(...asked);
    };
    void own.seek(400_000);
    await vi.advanceTimersByTimeAsync(200);
    expect([own.at, own.waiting]).toEqual([400_000, false]);
    await vi.advanceTimersByTimeAsync(400);
    expect([own.playing, own.waiting]).toEqual([true, true]);
    own.pause();
    expect(own.waiting).toBe(false);
    void own.play();
    await vi.advanceTimersByTimeAsync(600);
    expect(own.waiting).toBe(true);
    come();
    await vi.advanceTimersByTimeAsync(60);
    expect([own.playing, own.waiting]).toEqual([true, false]);
    // Another wish is heard while one is waited for.
    void own.seek(200_000);
    await vi.advanceTimersByTimeAsync(600);
    expect(own.waiting).toBe(true);
    void own.seek(400_000);
    await vi.advanceTimersByTimeAsync(600);
    expect([own.at >= 400_000, own.playing]).toEqual([true, true]);
    own.close();
    expect(own.waiting).toBe(false);
  });

  it('repeats a passage and skips silence', async () => {
    const own = await listening();
    await own.open();
    const output = front();
    if (!output) throw new Error('nothing sounds');
    output.at = 2000;
    await vi.advanceTimersByTimeAsync(60);
    own.stepLoop();
    output.at = 3500;
    await vi.advanceTimersByTimeAsync(60);
    own.stepLoop();
    await vi.advanceTimersByTimeAsync(60);
    expect(output.at).toBe(2000);
    own.stepLoop();
    expect(own.loop).toBeNull();
    own.skips = true;
    // The fourth turn of the made-up talk is silent.
    output.at = 14_000;
    await vi.advanceTimersByTimeAsync(60);
    expect(output.at).toBeGreaterThan(16_000);
    own.close();
  });

  it('keeps to its speeds, and remembers them', async () => {
    const own = await listening();
    own.stepSpeed(1);
    expect(own.speed).toBe(1.25);
    for (let step = 0; step < 20; step += 1) own.stepSpeed(1);
    expect(own.speed).toBe(3);
    expect((await listening()).speed).toBe(3);
    for (let step = 0; step < 20; step += 1) own.stepSpeed(-1);
    expect(own.speed).toBe(0.5);
  });

  it('is quiet when nobody waits any more, and lets go of what comes then', async () => {
    const own = await listening();
    const opening = own.open();
    own.cancel();
    await opening;
    expect(own.phase).toBe('closed');
    expect(timesAsked(fake, 'cancelOpening')).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(fake.player.openSounds).toBe(0);
  });

  it('stops when what is heard cannot be logged', async () => {
    const own = await listening();
    await own.open();
    const output = front();
    if (!output) throw new Error('nothing sounds');
    fake.script.failing.heard = { code: 'ledger-locked', message: 'No.', hint: null };
    output.at = 6000;
    await vi.advanceTimersByTimeAsync(60);
    expect(own.phase).toBe('failed');
    expect(own.error?.message).toBe('No.');
    expect(front()).toBeUndefined();
  });

  it('asks for a pass phrase, says that one is wrong, and opens with the right one', async () => {
    const own = await listening({ player: 'secret' });
    expect(await own.open()).toBe(false);
    expect([own.asks, own.error?.code]).toEqual([true, 'secret-needed']);
    expect(await own.open('battery')).toBe(false);
    expect([own.asks, own.error?.code]).toEqual([true, 'secret-wrong']);
    expect(await own.open(SECRET)).toBe(true);
    expect([own.asks, own.phase]).toEqual([false, 'open']);
    own.close();
  });
});

describe('beside the call', () => {
  beforeEach(() => {
    vi.useRealTimers();
    // jsdom neither plays nor keeps blobs.
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
    vi.spyOn(HTMLMediaElement.prototype, 'pause').mockReturnValue();
    vi.spyOn(HTMLMediaElement.prototype, 'load').mockReturnValue();
    URL.createObjectURL = () => 'blob:pretend';
    URL.revokeObjectURL = () => undefined;
    vi.spyOn(HTMLMediaElement.prototype, 'src', 'set').mockImplementation(function set(
      this: HTMLMediaElement,
    ) {
      queueMicrotask(() => this.dispatchEvent(new Event('loadedmetadata')));
    });
  });

  async function open(script = {}) {
    const fake = new FakeBackend(script);
    const call = fake.calls.find(({ id }) => fake.player.recorded([id]).length > 0);
    const opened = openApp(fake, `#/calls?period=month&call=${call?.id}`);
    await screen.findByTestId('player');
    return { ...opened, call };
  }

  it('shows the player with its lock, and plays on a click', async () => {
    const { user, fake } = await open();
    expect(timesAsked(fake, 'openSound')).toBe(0);
    await user.click(screen.getByTestId('listen'));
    await screen.findByTestId('play');
    expect(screen.getByTestId('position')).toHaveProperty('role', 'slider');
    expect(await axeProblems()).toEqual([]);
    await user.click(screen.getByTestId('back'));
    expect(screen.getByTestId('lock')).toBeTruthy();
  });

  it('keeps markers with notes, and brings a deleted one back', async () => {
    const { user } = await open();
    await user.click(screen.getByTestId('listen'));
    await user.click(await screen.findByTestId('mark'));
    const field = await screen.findByTestId('marker-text');
    expect(document.activeElement).toBe(field);
    await user.type(field, 'the price, m and all{Enter}');
    await waitFor(() => expect(screen.getByTestId('markers').textContent).toContain('the price, m and all'));
    // What was typed was nobody's key.
    expect(within(screen.getByTestId('markers')).getAllByRole('listitem')).toHaveLength(1);
    await user.click(screen.getByTestId('marker-delete'));
    await waitFor(() => expect(screen.queryByTestId('markers')).toBeNull());
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(screen.getByTestId('markers').textContent).toContain('the price'));
  });

  it('asks for the pass phrase in a dialog and keeps it only when told to', async () => {
    const { user, fake } = await open({ player: 'secret' });
    await user.click(screen.getByTestId('listen'));
    await user.type(await screen.findByTestId('secret'), 'battery{Enter}');
    await waitFor(() => expect(screen.getByTestId('secret-error').textContent).toContain('does not fit'));
    expect(screen.getByTestId<HTMLInputElement>('secret').value).toBe('');
    await user.type(screen.getByTestId('secret'), SECRET);
    await user.click(screen.getByTestId('keep-secret'));
    await user.click(screen.getByTestId('secret-open'));
    await screen.findByTestId('play');
    expect(screen.queryByTestId('pass-phrase')).toBeNull();
    await waitFor(() => expect(timesAsked(fake, 'keepPassPhrase')).toBe(1));
    const kept = JSON.stringify({ ...window.localStorage });
    expect(kept).not.toContain(SECRET);
  });

  it('offers no keeping where there is no store', async () => {
    const { user } = await open({ player: 'secret', recordings: 'troubled' });
    await user.click(screen.getByTestId('listen'));
    await waitFor(() => expect(screen.getByTestId('no-store').textContent).toContain('no credential store'));
    expect(screen.queryByTestId('keep-secret')).toBeNull();
  });

  it('asks before a copy leaves', async () => {
    const { user, fake } = await open();
    await user.click(screen.getByTestId('listen'));
    await user.click(await screen.findByTestId('copy-menu'));
    await user.click(screen.getByTestId('copy-wav'));
    expect(timesAsked(fake, 'exportSound')).toBe(0);
    await user.click(await screen.findByTestId('copy-now'));
    await waitFor(() => expect(timesAsked(fake, 'exportSound')).toBe(1));
  });

  it('goes to the recording of the next call and plays it', async () => {
    const { user, fake, call } = await open();
    await user.click(screen.getByTestId('listen'));
    await user.click(await screen.findByTestId('next-recording'));
    await waitFor(() => expect(window.location.hash).not.toContain(`call=${call?.id}`));
    await waitFor(() => expect(timesAsked(fake, 'openSound')).toBe(2));
    const place = new URLSearchParams(window.location.hash.split('?')[1]).get('call') ?? '';
    expect(fake.player.recorded([place])).toEqual([place]);
  });
});
