// The recordings of the pretend office: a PBX writes them into one folder, and years of older ones lie in another. Names,
// people and pass phrases are made up.

import type {
  ArchiveWish,
  CallRow,
  ConfirmedRecording,
  DeletedRecordings,
  DeletionView,
  EncryptionPreview,
  ErrorView,
  ExportColumn,
  FilterTrialView,
  ListeningView,
  LockView,
  NamePartView,
  NameTrialView,
  NumberRecordings,
  PassPhraseView,
  RecordingCallView,
  RecordingCountsView,
  RecordingFilterShow,
  RecordingFilterView,
  RecordingFolderView,
  RecordingRow,
  RetentionPreview,
  RetentionRule,
  ScannedView,
  WrittenRecordings,
} from '../backend';

/** What the office has: no folder, a folder with nothing in it, the usual, trouble with folder and store, a great many. */
export type Recordings = 'none' | 'empty' | 'some' | 'troubled' | 'many';

const MONITOR = '/srv/pbx/monitor';
const ARCHIVE = '/mnt/archive/recordings';
const MANY = 250_000;
const BY_ANNA = 'Deleted on 2026-11-20 by anna.';

/** Calls of which there is a recording. */
const RECORDED = 140;

const SOUND = 'Its first bytes are those of sound, so it is played as it is.';
const PLAIN_ENDING = 'Its ending does not say that it is encrypted.';
const OPEN: LockView = { code: 'open', filter: null, contents: SOUND, ending: PLAIN_ENDING };
const CLOSED: LockView = {
  code: 'closed',
  filter: 'gpg',
  contents: 'Its first bytes are those of OpenPGP.',
  ending: 'Its ending .gpg says that it is encrypted.',
};
const BROKEN: LockView = {
  code: 'broken',
  filter: null,
  contents: 'Its first bytes are not those of sound.',
  ending: 'Its ending .p7m says that it is encrypted.',
};
const UNSEEN: LockView = {
  code: 'unknown',
  filter: null,
  contents: 'Its first bytes were not read.',
  ending: PLAIN_ENDING,
};

const BECAUSE: Record<string, string> = {
  id: 'An id of this call stands in its name.',
  'source-field': 'The exchange named this file in its record of the call.',
  'time-extension-number': 'Its name holds the time of this call, an extension of it and another party.',
  'time-number': 'Its name holds the time of this call and a number of it.',
  'by-hand': 'anna said on 2026-11-20 that it belongs to this call.',
};
const EVIDENCE = ['id', 'id', 'source-field', 'time-extension-number', 'id', 'time-number'] as const;

interface Office {
  calls(): CallRow[];
  /** Begins a piece of work that ends with this. */
  scan(folder: string, files: number, scanned: ScannedView): void;
  encrypt(folder: string, files: number): void;
  retire(deleted: DeletedRecordings): void;
  tell(): void;
}

export class PretendRecordings {
  folders: RecordingFolderView[];
  filters = FILTERS;
  templates: string[];
  log: ListeningView[];
  deletions: DeletionView[];
  readonly #what: Recordings;
  readonly #office: Office;
  readonly #rows: RecordingRow[];
  /** What was said of a recording, and how it was before. */
  readonly #chosen = new Map<number, { now: RecordingRow; before: RecordingRow }>();
  readonly #kept = new Set<string>();

  constructor(what: Recordings, office: Office) {
    this.#what = what;
    this.#office = office;
    this.folders = foldersOf(what);
    const empty = what === 'none' || what === 'empty';
    this.#rows = empty ? [] : rowsOf(office.calls());
    this.templates = empty ? [] : ['{date}-{time}_{from}-{to}'];
    this.log = empty ? [] : logOf(this.#rows);
    this.deletions = empty ? [] : deletionsOf(this.#rows);
    if (!empty) this.#kept.add('gpg');
  }

  counts(): RecordingCountsView {
    const of = (show: RecordingFilterShow) => this.#count(show);
    return {
      all: of('all'),
      matched: of('matched'),
      ambiguous: of('ambiguous'),
      unmatched: of('unmatched'),
      too_new: of('too-new'),
      empty: of('empty'),
      unreadable: of('unreadable'),
      gone: of('gone'),
    };
  }

  list(show: RecordingFilterShow, offset: number, limit: number): RecordingRow[] {
    const known = this.#shown(show);
    const total = this.#count(show);
    const length = Math.max(0, Math.min(limit, total - offset));
    return Array.from({ length }, (_, at) => {
      const index = offset + at;
      const row = known[index % known.length];
      if (!row) throw new Error('no such recording');
      return index < known.length ? row : { ...row, id: index + 10_000 };
    });
  }

  recording(id: number): RecordingRow {
    const row = this.#all().find((known) => known.id === id);
    if (!row) throw fault('recording-unknown', `There is no recording ${id}.`);
    return row;
  }

  scan(): void {
    const files = this.#count('all');
    const folders = this.folders.map(({ path, unreachable }, index) => ({
      path,
      unreachable,
      recordings: unreachable === null && index === 0 ? files : 0,
      new: index === 0 ? 3 : 0,
      changed: 0,
      gone: index === 0 ? 1 : 0,
      barred: index === 0 ? 2 : 0,
      barred_first: index === 0 ? 'private: permission denied' : null,
    }));
    this.#office.scan(this.folders[0]?.path ?? MONITOR, files, { folders, asked: 3 });
  }

  choose(id: number, call: string | null): RecordingRow {
    const before = this.recording(id);
    const found = this.#office.calls().find((known) => known.id === call);
    if (call !== null && !found) throw fault('call-not-found', 'This call is not in the ledger any more.');
    const now: RecordingRow = {
      ...before,
      verdict: found ? 'matched' : 'unmatched',
      reason: found ? null : 'by-hand',
      because: found ? (BECAUSE['by-hand'] ?? '') : 'Somebody said that it belongs to no call.',
      calls: found ? [callOf(found, 'by-hand', before.sound_milliseconds)] : [],
    };
    this.#chosen.set(id, { now, before: this.#chosen.get(id)?.before ?? before });
    this.#office.tell();
    return now;
  }

  undo(id: number): RecordingRow {
    const chosen = this.#chosen.get(id);
    if (!chosen) throw fault('recording-not-chosen', 'Nobody has said which call this recording belongs to.');
    this.#chosen.delete(id);
    this.#office.tell();
    return chosen.before;
  }

  /** `null`: it may be deleted again. */
  hold(id: number, why: string | null): RecordingRow {
    const hold = why === null ? null : { who: 'anna', at: '2026-11-20T11:42:09Z', why };
    return this.#put({ ...this.recording(id), hold });
  }

  delete(recordings: ConfirmedRecording[]): DeletedRecordings {
    const deleted: DeletedRecordings = { files: 0, bytes: 0, kept: [] };
    for (const { id, file } of recordings) {
      const found = this.recording(id);
      if (found.file !== file || found.hold !== null) {
        deleted.kept.push({ file, why: fault('recording-held', `${file} is held and was not deleted.`) });
        continue;
      }
      deleted.files += 1;
      deleted.bytes += found.size_bytes;
      const because = 'It is not there any more.';
      this.#put({ ...found, state: 'gone', because, deleted: BY_ANNA });
      this.deletions = [
        {
          id: (this.deletions[0]?.id ?? 0) + 1,
          at: '2026-11-20T11:42:09Z',
          who: 'anna',
          file: `${found.folder}/${found.file}`,
          bytes: found.size_bytes,
          rule: null,
          result: 'done',
          calls: found.calls.map(({ call }) => call),
          sentence: BY_ANNA,
        },
        ...this.deletions,
      ];
    }
    return deleted;
  }

  deleted(before: number | null, limit: number): DeletionView[] {
    return this.deletions.filter(({ id }) => before === null || id < before).slice(0, limit);
  }

  ofNumber(said: string): NumberRecordings {
    const number = said.trim();
    if (number === '') throw fault('incomplete', 'Say whose recordings are meant.');
    const isOf = ({ caller, called, answered_by }: Pick<CallRow, 'caller' | 'called' | 'answered_by'>) =>
      answered_by === number ||
      [caller, called].some((party) => [party.number, party.name, party.extension].includes(number));
    const calls = this.#office.calls().filter(isOf);
    const ids = new Set(calls.map(({ id }) => id));
    const rows = this.#all()
      .filter(({ state, verdict, calls: of }) => {
        return state !== 'gone' && verdict === 'matched' && of.some(({ call }) => ids.has(call));
      })
      .reverse();
    return {
      number,
      calls: calls.length,
      bytes: rows.reduce((sum, { size_bytes }) => sum + size_bytes, 0),
      locked: rows.filter(({ lock }) => lock.code === 'closed' || lock.code === 'broken').length,
      rows,
    };
  }

  /** Without the pass phrase what is locked cannot be written as WAV. */
  write({ recordings: chosen, form }: ArchiveWish, secret: string | null): WrittenRecordings {
    const isKept = ({ id }: ConfirmedRecording) =>
      form === 'wav' && secret === null && this.recording(id).lock.code !== 'open';
    const written = chosen.filter((each) => !isKept(each));
    return {
      files: written.length,
      bytes: written.reduce((sum, { id }) => sum + this.recording(id).size_bytes, 0),
      failed: chosen.filter(isKept).map(({ file }) => ({
        file,
        why: fault('secret-needed', 'The filter GnuPG with a pass phrase needs its pass phrase.'),
      })),
    };
  }

  readAs(id: number, law: string | null): RecordingFolderView {
    this.folders = this.folders.map((folder) => (folder.id === id ? { ...folder, law } : folder));
    const folder = this.folders.find((known) => known.id === id);
    if (!folder) throw fault('recording-folder-unknown', 'This is not a folder of recordings.');
    return folder;
  }

  keepFor(id: number, retention: RetentionRule | null): RecordingFolderView {
    this.folders = this.folders.map((folder) => (folder.id === id ? { ...folder, retention } : folder));
    const folder = this.folders.find((known) => known.id === id);
    if (!folder) throw fault('recording-folder-unknown', 'This is not a folder of recordings.');
    return folder;
  }

  /** The rules of the pretend office find the last dozen too old. */
  due(): RetentionPreview {
    const ruled = this.folders.some(({ retention }) => retention !== null);
    const rows = ruled ? this.#shown('matched').slice(-12) : [];
    return {
      token: `due-${rows.length}`,
      files: rows.length,
      bytes: rows.reduce((sum, { size_bytes }) => sum + size_bytes, 0),
      held: ruled ? 1 : 0,
      only_copies: ruled ? 3 : 0,
      rows: rows.map(({ id, folder, file, size_bytes, modified, calls }) => ({
        id,
        folder,
        file,
        bytes: size_bytes,
        modified,
        call: calls[0]?.call ?? null,
        rule: 'Older than 90 days.',
      })),
    };
  }

  deleteDue(token: string): void {
    const due = this.due();
    if (due.token !== token) throw fault('retention-changed', 'The list is another one by now.');
    this.#office.retire(this.delete(due.rows.map(({ id, file }) => ({ id, file }))));
  }

  plain(id: number): EncryptionPreview {
    const files = id === 1 ? this.#all().filter(({ lock }) => lock.code === 'open').length : 0;
    return { files, bytes: files * 512_000 };
  }

  encrypt(id: number): void {
    this.#office.encrypt(this.folders.find((folder) => folder.id === id)?.path ?? '', this.plain(id).files);
  }

  copy(id: number): string {
    const { file } = this.recording(id);
    return `/home/anna/Documents/${file.slice(file.lastIndexOf('/') + 1)}`;
  }

  addFolder(path: string): number {
    const id = Math.max(0, ...this.folders.map((folder) => folder.id)) + 1;
    this.folders = [...this.folders, folderAt(id, path)];
    this.#office.tell();
    return id;
  }

  removeFolder(id: number): void {
    this.folders = this.folders.filter((folder) => folder.id !== id);
    this.#office.tell();
  }

  saveFilters(filters: RecordingFilterView[]): RecordingFilterView[] {
    const left = FILTERS.filter((ready) => !filters.some(({ id }) => id === ready.id));
    this.filters = [...filters, ...left];
    return this.filters;
  }

  passPhrases(): PassPhraseView[] {
    const store = this.#what !== 'troubled';
    return this.filters.map(({ id, program, given }) => {
      if (program !== null && given !== 'pass-phrase')
        return { filter: id, state: 'not-needed', because: null };
      if (!store) {
        const because =
          'This computer has no credential store that can be reached, so pass phrases are asked for each time and never kept in plain text.';
        return { filter: id, state: 'no-store', because };
      }
      return { filter: id, state: this.#kept.has(id) ? 'kept' : 'none', because: null };
    });
  }

  keepPassPhrase(filter: string): void {
    this.#kept.add(filter);
  }

  forgetPassPhrase(filter: string): void {
    this.#kept.delete(filter);
  }

  /** Files that lie where their ending says are opened; others are not what they seem. */
  try(filter: string, file: string): FilterTrialView {
    const found = this.filters.find(({ id }) => id === filter);
    if (!found) throw fault('filter-unknown', `There is no filter ${filter}.`);
    const fits = found.endings.some((ending) => file.endsWith(`.${ending}`));
    return {
      filter,
      file,
      fits,
      result: fits ? 'done' : 'not-sound',
      ended: fits
        ? 'It ended well, and what it gave is sound.'
        : 'It ended well, but what it gave cannot be played: this is not sound.',
      bytes: fits ? 1_184_044 : 2_048,
      first_bytes: fits
        ? '52 49 46 46 04 11 12 00 57 41 56 45 66 6d 74 20'
        : '9c 41 f0 03 77 d2 18 5b aa 01 ee 90 3c 62 0d f1',
      format: fits ? 'WAV' : null,
      milliseconds: fits ? 74_000 : null,
      notices_tampering: found.notices_tampering,
      said: fits ? null : 'gpg: no valid OpenPGP data found.',
    };
  }

  tryTemplate(pattern: string): NameTrialView {
    if (/\{[^}]*$/.test(pattern)) throw fault('template-not-closed', 'An opening { has no } that closes it.');
    const names = this.#all()
      .filter(({ state }) => state !== 'gone')
      .slice(0, 200);
    const rows = names.map(({ file, calls }, index) => {
      const [call] = calls;
      const reading = `2026-11-20 09:12:41; from ${call?.caller?.number ?? '01632960147'}; to 11`;
      if (!/^out|^in|\d{8}-\d{6}/.test(file.slice(file.lastIndexOf('/') + 1))) return { file, readings: [] };
      return { file, readings: index % 40 === 7 ? [reading, reading.replace('to 11', 'to 1')] : [reading] };
    });
    return {
      rows,
      hits: rows.filter(({ readings }) => readings.length === 1).length,
      misses: rows.filter(({ readings }) => readings.length === 0).length,
      ambiguous: rows.filter(({ readings }) => readings.length > 1).length,
    };
  }

  listened(before: number | null, limit: number): ListeningView[] {
    return this.log.filter(({ id }) => before === null || id < before).slice(0, limit);
  }

  exportLog(columns: ExportColumn[]): string {
    return columns.length > 0 ? '/home/anna/Documents/listening log.csv' : '';
  }

  #all(): RecordingRow[] {
    return this.#rows.map((row) => this.#chosen.get(row.id)?.now ?? row);
  }

  #put(now: RecordingRow): RecordingRow {
    const before = this.#chosen.get(now.id)?.before ?? this.recording(now.id);
    this.#chosen.set(now.id, { now, before });
    this.#office.tell();
    return now;
  }

  #shown(show: RecordingFilterShow): RecordingRow[] {
    return this.#all().filter((row) => fits(row, show));
  }

  #count(show: RecordingFilterShow): number {
    const count = this.#shown(show).length;
    return this.#what === 'many' && count > 20 ? MANY - (show === 'all' ? 0 : 1_200) : count;
  }
}

function fits({ state, verdict }: RecordingRow, show: RecordingFilterShow): boolean {
  switch (show) {
    case 'all':
      return true;
    case 'matched':
    case 'ambiguous':
      return verdict === show && state !== 'gone';
    case 'unmatched':
      return verdict === show && state !== 'gone' && state !== 'too-new';
    case 'empty':
      return state === 'empty' || state === 'header-only';
    default:
      return state === show;
  }
}

function callOf(call: CallRow, evidence: string, sound: number | null): RecordingCallView {
  const talk = call.talk_seconds;
  const apart = sound === null || talk === null ? 0 : Math.round(Math.abs(sound / 1000 - talk));
  const longer = sound !== null && talk !== null && sound / 1000 > talk;
  return {
    call: call.id,
    start: call.start,
    caller: call.caller,
    called: call.called,
    evidence,
    because: BECAUSE[evidence] ?? '',
    after_start: evidence === 'by-hand' ? null : 6,
    talk_seconds: talk,
    length: apart > 2 ? `The recording is ${apart} s ${longer ? 'longer' : 'shorter'} than the talk.` : null,
  };
}

const digits = (text: string) => text.slice(0, 19).replace(/\D/g, '');

/** As the PBX names its files: the day and time of the call, who called and who was called. */
function fileOf(call: CallRow, index: number): string {
  const time = digits(call.start);
  const [year, month, day] = [time.slice(0, 4), time.slice(4, 6), time.slice(6, 8)];
  const name = `${time.slice(0, 8)}-${time.slice(8)}_${call.caller.number ?? call.caller.extension ?? 'anonymous'}-${call.called.extension ?? call.called.number ?? '11'}`;
  return `${year}/${month}/${day}/${name}.wav${index % 9 === 4 ? '.gpg' : ''}`;
}

function row(id: number, call: CallRow, change: Partial<RecordingRow>): RecordingRow {
  const file = change.file ?? fileOf(call, id);
  const sound = (call.talk_seconds ?? 20) * 1000 + (id % 23 === 6 ? 41_000 : 300);
  const evidence = EVIDENCE[id % EVIDENCE.length] ?? 'id';
  const locked = file.endsWith('.gpg');
  return {
    id,
    folder: MONITOR,
    file,
    size_bytes: 44 + Math.round(sound * 16),
    modified: `${call.start.slice(0, 19)}Z`,
    state: 'found',
    verdict: 'matched',
    reason: null,
    because: BECAUSE[evidence] ?? '',
    sound_milliseconds: locked ? null : sound,
    channels: locked ? null : id % 5 === 0 ? 2 : 1,
    lock: locked ? CLOSED : OPEN,
    calls: [callOf(call, evidence, locked ? null : sound)],
    hold: null,
    deleted: null,
    ...change,
  };
}

function rowsOf(calls: CallRow[]): RecordingRow[] {
  const answered = calls.filter(({ talk_seconds }) => (talk_seconds ?? 0) > 5).slice(0, RECORDED);
  const rows = answered.map((call, index) => row(index + 1, call, {}));
  const [first, second, third] = answered;
  if (!first || !second || !third) return rows;
  const no: Partial<RecordingRow> = { verdict: 'unmatched', calls: [] };
  const special: Partial<RecordingRow>[] = [
    {
      file: '2026/11/20/20261120-114150_01632960147-11.wav',
      state: 'too-new',
      verdict: 'not-asked',
      because: 'It was written to a moment ago and may not be whole yet.',
      calls: [],
      sound_milliseconds: null,
      lock: UNSEEN,
    },
    {
      file: 'ondemand/recording of the meeting.wav',
      verdict: 'ambiguous',
      because: 'Several calls fit equally well: choose one.',
      calls: [callOf(first, 'time-number', 96_000), callOf(second, 'time-number', 96_000)],
      sound_milliseconds: 96_000,
    },
    {
      ...no,
      file: '2026/11/19/q-600-anonymous-20261119-161204.wav',
      reason: 'numbers-hidden',
      because: 'Its numbers are hidden, and nothing else in its name tells a call.',
    },
    {
      ...no,
      file: 'old/Gr\\xfc\\xdfe zum Neujahr.mp3',
      reason: 'no-id-nor-number',
      because: 'There is neither an id nor a number in its name.',
    },
    {
      ...no,
      file: '2026/11/18/20261118-070211_02079460112-21.wav.p7m',
      reason: 'nobody-called',
      because: 'Nobody called at its time.',
      sound_milliseconds: null,
      channels: null,
      lock: BROKEN,
    },
    {
      ...no,
      file: '2026/11/18/20261118-112001_07700900771-14.wav',
      state: 'header-only',
      reason: 'other-numbers',
      because: 'There is no sound in it: 44 bytes of header alone. The calls at its time have other numbers.',
      size_bytes: 44,
      sound_milliseconds: 0,
    },
    {
      ...no,
      file: '2026/11/17/20261117-150940_01632960822-12.wav',
      state: 'unreadable',
      reason: 'id-not-among-calls',
      because: 'It cannot be read: permission denied. The id in its name is that of no call.',
      sound_milliseconds: null,
      lock: UNSEEN,
    },
    {
      file: '2026/11/16/20261116-093312_02079460655-11.wav',
      state: 'gone',
      because: 'It is not there any more.',
    },
  ];
  const call = (index: number) => [first, second, third][index % 3] ?? first;
  return [...special.map((change, index) => row(900 + index, call(index), change)), ...rows];
}

function logOf(rows: RecordingRow[]): ListeningView[] {
  const heard = rows.filter(({ verdict }) => verdict === 'matched');
  const count = 260;
  return Array.from({ length: count }, (_, index) => {
    const of = heard[index % heard.length];
    const failed = index % 11 === 3;
    const played = index % 2 === 0 && !failed;
    const minutes = 11 * 60 + 30 - index * 7;
    const day = 20 - Math.max(0, Math.ceil(-minutes / 1440));
    const minute = ((minutes % 1440) + 1440) % 1440;
    const two = (value: number) => String(value).padStart(2, '0');
    return {
      id: count - index,
      at: `2026-11-${two(day)}T${two(Math.floor(minute / 60))}:${two(minute % 60)}:12Z`,
      who: index % 3 === 0 ? 'tom' : 'anna',
      what: failed ? 'opened' : index % 17 === 5 ? 'exported' : played ? 'played' : 'opened',
      file: `${MONITOR}/${of?.file ?? ''}`,
      call: of?.calls[0]?.call ?? null,
      from_milliseconds: played ? (index % 4) * 5_000 : null,
      to_milliseconds: played ? 30_000 + (index % 9) * 11_000 : null,
      filter: of?.lock.filter ?? (failed ? 'gpg' : null),
      result: failed ? (index % 2 === 0 ? 'secret-wrong' : 'filter-timed-out') : 'done',
      bytes: failed ? null : 1_184_044,
      took_milliseconds: played ? null : 212 + index,
    };
  });
}

function deletionsOf(rows: RecordingRow[]): DeletionView[] {
  const count = 130;
  return Array.from({ length: count }, (_, index) => {
    const of = rows[index % rows.length];
    const day = String(19 - Math.floor(index / 10)).padStart(2, '0');
    const byRule = index % 10 !== 4;
    const refused = index % 23 === 8;
    const who = byRule ? 'tom' : 'anna';
    return {
      id: count - index,
      at: `2026-11-${day}T18:${String(59 - (index % 10)).padStart(2, '0')}:00Z`,
      who,
      file: `${ARCHIVE}/2025/${of?.file.slice(of.file.indexOf('/') + 1) ?? ''}`,
      bytes: of?.size_bytes ?? 0,
      rule: byRule ? 'Older than 365 days.' : null,
      result: refused ? 'file' : index === 61 ? 'begun' : 'done',
      calls: index % 3 === 0 ? (of?.calls ?? []).map(({ call }) => call) : [],
      sentence: `Deleted on 2026-11-${day} by ${who}.`,
    };
  });
}

function foldersOf(what: Recordings): RecordingFolderView[] {
  if (what === 'none') return [];
  if (what === 'empty') return [folderAt(1, MONITOR)];
  const monitor = {
    ...folderAt(1, MONITOR),
    clocks: ['Its names are 8 h ahead of the calls; 1204 of 1206 agree.'],
  };
  const archive = folderAt(2, ARCHIVE);
  const unreachable =
    'This folder cannot be reached now: it is not there; perhaps its disk or network folder is not connected. What was found in it before is still listed.';
  return [monitor, what === 'troubled' ? { ...archive, unreachable } : archive];
}

function folderAt(id: number, path: string): RecordingFolderView {
  return { id, path, unreachable: null, clocks: [], law: null, retention: null };
}

const filter = (
  id: string,
  label: string,
  program: string | null,
  words: string,
  given: string,
  endings: string[],
  notices_tampering = true,
): RecordingFilterView => ({
  id,
  label,
  program,
  arguments: words === '' ? [] : words.split(' '),
  given,
  endings,
  notices_tampering,
  seconds: 30,
  seconds_per_megabyte: 2,
  most_megabytes: 1024,
  ready_made: true,
});

const FILTERS: RecordingFilterView[] = [
  filter('age', 'age', null, '', 'pass-phrase', ['age']),
  filter(
    'gpg',
    'GnuPG with a pass phrase',
    'gpg',
    '--batch --no-tty --quiet --pinentry-mode loopback --passphrase-fd 0 --decrypt -- {file}',
    'pass-phrase',
    ['gpg', 'pgp', 'asc'],
  ),
  filter(
    'gpg-agent',
    'GnuPG with the keys of its agent',
    'gpg',
    '--batch --no-tty --quiet --decrypt -- {file}',
    'nothing',
    ['gpg', 'pgp', 'asc'],
  ),
  filter(
    'openssl',
    'OpenSSL, AES-256-CBC with PBKDF2',
    'openssl',
    'enc -d -aes-256-cbc -pbkdf2 -pass stdin -in {file}',
    'pass-phrase',
    ['enc', 'aes'],
    false,
  ),
  filter('zip', 'ZIP with a password', '7z', 'x -so -bd -- {file}', 'pass-phrase', ['zip']),
];

export const NAME_PARTS: NamePartView[] = [
  {
    name: 'date',
    meaning: 'A day: 20240229, 2024-02-29 or 240229. Another order is written out: {date:DDMMYYYY}.',
    example: '20240229',
  },
  {
    name: 'time',
    meaning: 'A time of day, with or without seconds. Written out: {time:HHMM}.',
    example: '120000',
  },
  { name: 'from', meaning: 'The number of whoever called.', example: '02079460018' },
  { name: 'to', meaning: 'The number that was called.', example: '101' },
  { name: 'id', meaning: 'The id of a call: a unique id or a uuid.', example: '1709208000.17' },
  { name: 'text', meaning: 'Anything else up to what comes next; may be empty.', example: 'Front desk' },
];

function fault(code: string, message: string): ErrorView {
  return { code, message, hint: null };
}
