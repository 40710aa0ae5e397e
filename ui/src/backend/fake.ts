// A pretend office behind the Backend interface: for component tests, for screenshots, for working on the window
// without a PBX. A script makes it empty, slow, failing or huge; `ring`, `tick` and `print` make it live.

import type {
  ArchiveWish,
  Backend,
  BatchView,
  CallDetail,
  CallFilter,
  CallPage,
  CallRow,
  Changed,
  ConfirmedRecording,
  Contact,
  ContactImport,
  CorrectedRow,
  DialRules,
  EncryptionWish,
  ErrorView,
  ExportColumn,
  ExportWish,
  ExtensionEntry,
  ImportFile,
  ImportOptions,
  JobView,
  LedgerView,
  MappingView,
  MonitorLine,
  NewSerialSource,
  NoteView,
  OutcomeCodeEntry,
  Overview,
  PortView,
  CallQuery,
  Question,
  RecordingFilterShow,
  RecordingFilterView,
  RejectedLine,
  ReportFile,
  ReportQuery,
  RetentionRule,
  RingBackSettings,
  RingBackState,
  SavedReport,
  SavedView,
  SerialSettings,
  SourceView,
  TagView,
  WatchedFolder,
} from './backend';
import { PretendContacts } from './fake/contacts';
import { detailOf } from './fake/detail';
import { EXPORTS, PretendImports } from './fake/import';
import { hex, monitorLines, rejectedLines } from './fake/lines';
import { BRANCH_RULES, changesOf, COUNTRIES, RULES, trace } from './fake/numbers';
import { callsUpTo, NOW_SECONDS, at, ringing, TODAY } from './fake/office';
import { peopleOf } from './fake/people';
import { dayView, order, select, totalsOf } from './fake/questions';
import { PretendPlayer, type Players } from './fake/player';
import { NAME_PARTS, PretendRecordings, type Recordings } from './fake/recordings';
import { PretendRemarks, type Remarks } from './fake/remarks';
import { GALLERY, reportOf } from './fake/reports';
import { PretendRingBack } from './fake/ring-back';
import { FORMATS, PORTS, sourceIn, stateOf } from './fake/sources';
import { KEPT_REPORTS, KEPT_VIEWS, PretendKept } from './fake/views';

export interface Script {
  /** Newest first. */
  calls: CallRow[];
  sources: SourceView[];
  ports: PortView[];
  rejected: RejectedLine[];
  sample: boolean;
  collectedElsewhere: string | null;
  /** Names of the files that the open dialog brings; none when the person cancels it. */
  chosen: string[];
  /** Files were imported before, and folders are watched. */
  imports: 'none' | 'some' | 'troubled';
  recordings: Recordings;
  /** How calls were recorded. */
  player: Players;
  /** Two exchanges instead of one. */
  branch: boolean;
  /** Contacts besides the regular customers; none at all, and no directory, when 0. */
  contacts: number;
  /** Calls with a tale of their own; the others' is made up from the row. */
  stories: CallDetail[];
  /** What was put to calls. */
  remarks: Record<string, Remarks>;
  views: SavedView[];
  reports: SavedReport[];
  /** Milliseconds before a page of calls comes. */
  delay: number;
  /** Questions that fail, and how. */
  failing: Partial<Record<Question, ErrorView>>;
  /** Questions that are never answered. */
  silent: Question[];
}

export class FakeBackend implements Backend {
  calls: CallRow[];
  sources: SourceView[];
  rejected: RejectedLine[];
  readonly script: Script;
  /** Every question, in order, with its arguments. */
  readonly asked: { question: Question; with: unknown[] }[] = [];

  rules: DialRules[];
  readonly imports: PretendImports;
  readonly contacts: PretendContacts;
  readonly recordings: PretendRecordings;
  readonly player: PretendPlayer;
  readonly toRing = new PretendRingBack();
  readonly remarks: PretendRemarks;
  readonly views: PretendKept<SavedView>;
  readonly reports: PretendKept<SavedReport>;

  #lines: MonitorLine[];
  #pending: MonitorLine | null = null;
  #printed = false;
  #removed: SourceView[] = [];
  readonly #dropListeners = new Set<(paths: string[]) => void>();
  readonly #overListeners = new Set<(over: boolean) => void>();
  readonly #listeners = new Set<(changed: Changed) => void>();

  constructor(script: Partial<Script> = {}) {
    this.script = {
      calls: script.calls ?? callsUpTo(TODAY, 30).filter((call) => call.start <= at(TODAY, NOW_SECONDS)),
      sources: [sourceIn('listening')],
      ports: PORTS,
      rejected: rejectedLines(7),
      sample: false,
      collectedElsewhere: null,
      chosen: ['Master.csv'],
      imports: 'none',
      recordings: script.calls?.length === 0 ? 'none' : 'some',
      player: 'usual',
      branch: false,
      contacts: 240,
      stories: [],
      remarks: {},
      views: KEPT_VIEWS,
      reports: KEPT_REPORTS,
      delay: 0,
      failing: {},
      silent: [],
      ...script,
    };
    const stories = this.script.stories.map(({ call }) => call);
    this.calls =
      stories.length === 0
        ? this.script.calls
        : [...stories, ...this.script.calls].sort((a, b) => (a.start < b.start ? 1 : -1));
    this.remarks = new PretendRemarks({
      change: (id, changes) => this.#changeCall(id, changes),
      calls: () => this.calls,
    });
    this.views = new PretendKept(this.script.views);
    this.reports = new PretendKept(this.script.reports);
    for (const [call, remarks] of Object.entries(this.script.remarks)) this.remarks.begin(call, remarks);
    this.sources = this.script.sources;
    this.rejected = this.script.rejected;
    this.contacts = new PretendContacts(this.script.contacts);
    this.rules = this.script.branch ? [RULES, BRANCH_RULES] : [RULES];
    const imported = new Map<number, CallRow[]>();
    this.imports = new PretendImports(this.script.imports !== 'none', this.script.imports === 'troubled', {
      tell: (calls) => this.changed({ calls, sources: calls, jobs: true }),
      take: (batch, calls) => {
        imported.set(batch, calls);
        this.calls = [...this.calls, ...calls];
      },
      drop: (batch) => {
        const gone = new Set(imported.get(batch));
        this.calls = this.calls.filter((call) => !gone.has(call));
      },
    });
    this.player = new PretendPlayer(this.script.player, {
      calls: () => this.calls,
      rows: () => this.recordings.list('all', 0, 2_000),
      keeps: (filter) =>
        this.recordings.passPhrases().some((known) => known.filter === filter && known.state === 'kept'),
    });
    this.recordings = new PretendRecordings(this.script.recordings, {
      calls: () => this.calls,
      scan: (folder, files, scanned) => this.imports.scan(folder, files, scanned),
      encrypt: (folder, files) => this.imports.encrypt(folder, files),
      retire: (deleted) => this.imports.retire(deleted),
      tell: () => this.changed({ calls: true, jobs: true, recordings: true }),
    });
    this.#lines = this.calls.length === 0 ? [] : monitorLines(this.calls.slice(0, 60), 48_148);
  }

  overview = () =>
    this.#answer('overview', [], (): Overview => ({
      ledger: this.#ledger(),
      sources: this.sources,
      first_start: this.calls.length === 0 && this.sources.length === 0,
      collected_elsewhere: this.script.collectedElsewhere,
      today: TODAY,
    }));

  today = (day: string | null) => this.#answer('today', [day], () => dayView(this.calls, day ?? TODAY));

  listCalls = (query: CallQuery) =>
    this.#answer('listCalls', [query], (): CallPage => {
      const rows = order(select(this.calls, query.filter), query.sort);
      const totals = totalsOf(rows);
      return {
        rows: this.#marked(rows.slice(query.offset, query.offset + query.limit)),
        total: rows.length,
        offset: query.offset,
        legs: totals.legs,
        handed_on: totals.transfers,
      };
    });

  callDetail = (id: string) =>
    this.#answer('callDetail', [id], () => {
      const call = this.calls.find((known) => known.id === id);
      if (!call) throw fault('call-not-found', 'This call is not in the ledger any more.');
      const story = this.script.stories.find((known) => known.call.id === id);
      return this.remarks.told(story ? { ...story, call } : detailOf(call));
    });

  callPlace = (query: CallQuery, day: string) =>
    this.#answer('callPlace', [query, day], () => {
      const rows = order(select(this.calls, query.filter), query.sort);
      const { descending } = query.sort;
      const at = rows.findIndex((call) => {
        const of = call.start.slice(0, 10);
        return descending ? of <= day : of >= day;
      });
      return at < 0 ? Math.max(0, rows.length - 1) : at;
    });
  callTotals = (filter: CallFilter) =>
    this.#answer('callTotals', [filter], () => totalsOf(select(this.calls, filter)));
  reportGallery = () => this.#answer('reportGallery', [], () => GALLERY);
  report = (id: string, query: ReportQuery) =>
    this.#answer('report', [id, query], () => reportOf(this.calls, id, query));
  exportReport = (id: string, query: ReportQuery, kind: ReportFile) =>
    this.#answer('exportReport', [id, query, kind], (): string | null => `/home/anna/${id}.${kind}`);
  savedReports = () => this.#answer('savedReports', [], (): SavedReport[] => this.reports.list);
  saveReport = (report: SavedReport) => this.#answer('saveReport', [report], () => this.reports.save(report));
  deleteSavedReport = (name: string) =>
    this.#answer('deleteSavedReport', [name], () => this.reports.delete(name));
  exportCalls = (wish: ExportWish) =>
    this.#answer('exportCalls', [wish], () => {
      this.imports.exportTo(`calls.${wish.kind}`, select(this.calls, wish.filter).length);
      return true;
    });

  addNote = (call: string, text: string) =>
    this.#answer('addNote', [call, text], () => this.#told(() => this.remarks.addNote(call, text)));
  changeNote = (id: number, text: string) =>
    this.#answer('changeNote', [id, text], () => this.#told(() => this.remarks.changeNote(id, text)));
  deleteNote = (id: number) =>
    this.#answer('deleteNote', [id], () => this.#told(() => this.remarks.deleteNote(id)));
  restoreNote = (id: number) =>
    this.#answer('restoreNote', [id], (): NoteView => this.#told(() => this.remarks.restoreNote(id)));
  listTags = () => this.#answer('listTags', [], (): TagView[] => this.remarks.tags());
  setTags = (call: string, tags: string[]) =>
    this.#answer('setTags', [call, tags], () => this.#told(() => this.remarks.setTags(call, tags)));
  outcomeCodes = () => this.#answer('outcomeCodes', [], () => this.remarks.codes);
  saveOutcomeCodes = (codes: OutcomeCodeEntry[]) =>
    this.#answer('saveOutcomeCodes', [codes], () => (this.remarks.codes = codes));
  setOutcomeCode = (call: string, code: string | null) =>
    this.#answer('setOutcomeCode', [call, code], () => this.#told(() => this.remarks.setCode(call, code)));
  closeCall = (call: string, reason: string) =>
    this.#answer('closeCall', [call, reason], () => this.#told(() => this.remarks.close(call, reason)));
  reopenCall = (call: string) =>
    this.#answer('reopenCall', [call], () => this.#told(() => this.remarks.reopen(call)));
  savedViews = () => this.#answer('savedViews', [], (): SavedView[] => this.views.list);
  saveView = (view: SavedView) => this.#answer('saveView', [view], () => this.views.save(view));
  deleteView = (name: string) => this.#answer('deleteView', [name], () => this.views.delete(name));

  listPorts = () => this.#answer('listPorts', [], () => this.script.ports);
  listFormats = () => this.#answer('listFormats', [], () => FORMATS);

  addSerialSource = (source: NewSerialSource) =>
    this.#answer('addSerialSource', [source], () => {
      const added = sourceIn('waiting', {
        id: Math.max(0, ...this.sources.map((known) => known.id)) + 1,
        name: source.name ?? source.port,
        place: source.port,
        serial: source.settings,
        format: source.format,
        format_name: FORMATS.find((known) => known.id === source.format)?.name ?? source.format,
        zone: source.zone ?? 'Europe/Dublin',
      });
      this.sources = [...this.sources, added];
      this.#lines = [];
      this.changed({ sources: true });
      return added;
    });

  changeSerialSource = (id: number, settings: SerialSettings) =>
    this.#answer('changeSerialSource', [id, settings], () =>
      this.#change(id, { serial: settings, state: stateOf('listening') }),
    );

  setSourcePaused = (id: number, paused: boolean) =>
    this.#answer('setSourcePaused', [id, paused], () =>
      this.#change(id, { paused, state: stateOf(paused ? 'off' : 'listening') }),
    );

  removeSource = (id: number) =>
    this.#answer('removeSource', [id], () => {
      this.#removed.push(...this.sources.filter((source) => source.id === id));
      this.sources = this.sources.filter((source) => source.id !== id);
      this.changed({ sources: true });
    });

  restoreSource = (id: number) =>
    this.#answer('restoreSource', [id], () => {
      const back = this.#removed.find((source) => source.id === id);
      if (!back) throw fault('source-not-found', 'This source cannot be brought back.');
      this.#removed = this.#removed.filter((source) => source.id !== id);
      this.sources = [...this.sources, back].sort((a, b) => a.id - b.id);
      this.changed({ sources: true });
      return back;
    });

  lineMonitor = (id: number, limit: number) =>
    this.#answer('lineMonitor', [id, limit], () => {
      const silent = this.sources.find((source) => source.id === id)?.counters.lines === 0;
      const lines = silent && !this.#printed ? [] : this.#lines.slice(-limit);
      return { lines, pending: this.#pending };
    });

  rejectedLines = (id: number | null, offset: number, limit: number) =>
    this.#answer('rejectedLines', [id, offset, limit], () => ({
      rows: this.rejected.slice(offset, offset + limit),
      total: this.rejected.length,
    }));

  openSample = () =>
    this.#answer('openSample', [], () => {
      this.script.sample = true;
      this.calls = callsUpTo(TODAY, 30).filter((call) => call.start <= at(TODAY, NOW_SECONDS));
      this.changed({ calls: true, sources: true });
    });

  closeSample = () =>
    this.#answer('closeSample', [], () => {
      this.script.sample = false;
      this.calls = this.script.calls;
      this.changed({ calls: true, sources: true });
    });

  backUp = () =>
    this.#answer('backUp', [], (): string | null => '/home/anna/Backups/ringledger-2026-11-20.ringledger');

  chooseImportFiles = () =>
    this.#answer('chooseImportFiles', [], () => this.script.chosen.map((name) => EXPORTS + name));
  chooseImportFolder = () =>
    this.#answer('chooseImportFolder', [], (): string | null => '/home/anna/Exports/nightly');

  previewImport = (file: ImportFile) =>
    this.#answer('previewImport', [file], () => this.imports.preview(file));
  startImport = (files: ImportFile[]) =>
    this.#answer('startImport', [files], () => this.imports.start(files));
  listJobs = () => this.#answer('listJobs', [], (): JobView[] => this.imports.jobs);
  cancelJob = (id: number) => this.#answer('cancelJob', [id], () => this.imports.cancel(id));
  dismissJob = (id: number) => this.#answer('dismissJob', [id], () => this.imports.dismiss(id));
  importHistory = () => this.#answer('importHistory', [], (): BatchView[] => this.imports.batches);
  undoImport = (batch: number) => this.#answer('undoImport', [batch], () => this.imports.undo(batch));
  rejectedRows = (batch: number, offset: number, limit: number) =>
    this.#answer('rejectedRows', [batch, offset, limit], () => this.imports.rows(batch, offset, limit));
  saveRejectedRows = (batch: number) =>
    this.#answer('saveRejectedRows', [batch], (): string | null => `${EXPORTS}rejected-${batch}.txt`);
  correctRows = (batch: number, rows: CorrectedRow[]) =>
    this.#answer('correctRows', [batch, rows], () => this.imports.correct(batch, rows));
  listMappings = () => this.#answer('listMappings', [], (): MappingView[] => this.imports.mappings);
  keepMapping = (name: string, file: ImportFile) =>
    this.#answer('keepMapping', [name, file], () => this.imports.keep(name, file));
  forgetMapping = (name: string) => this.#answer('forgetMapping', [name], () => this.imports.forget(name));
  watchedFolders = () => this.#answer('watchedFolders', [], (): WatchedFolder[] => this.imports.folders);
  watchFolder = (path: string, options: ImportOptions) =>
    this.#answer('watchFolder', [path, options], () => this.imports.watch(path, options));
  changeWatchedFolder = (id: number, paused: boolean) =>
    this.#answer('changeWatchedFolder', [id, paused], () => this.imports.pause(id, paused));
  unwatchFolder = (id: number) => this.#answer('unwatchFolder', [id], () => this.imports.unwatch(id));

  dialRules = () => this.#answer('dialRules', [], () => this.rules);
  countries = () => this.#answer('countries', [], () => COUNTRIES);
  tryNumber = (rules: DialRules, number: string, side: string) =>
    this.#answer('tryNumber', [rules, number, side], () => trace(rules, number, side));
  previewRules = (rules: DialRules) =>
    this.#answer('previewRules', [rules], () =>
      changesOf(this.rules.find((kept) => kept.exchange === rules.exchange) ?? RULES, rules, this.calls),
    );
  saveRules = (rules: DialRules) =>
    this.#answer('saveRules', [rules], () => {
      this.rules = this.rules.map((kept) => (kept.exchange === rules.exchange ? rules : kept));
      this.imports.renumber();
    });

  listContacts = (text: string, offset: number, limit: number) =>
    this.#answer('listContacts', [text, offset, limit], () => this.contacts.page(text, offset, limit));
  saveContact = (contact: Contact) =>
    this.#answer('saveContact', [contact], () => this.#told(() => this.contacts.save(contact)));
  deleteContact = (id: number) =>
    this.#answer('deleteContact', [id], () => this.#told(() => this.contacts.delete(id)));
  importContacts = () =>
    this.#answer('importContacts', [], (): ContactImport | null => this.#told(() => this.contacts.import()));
  undoContactImport = (undo: number) =>
    this.#answer('undoContactImport', [undo], () => this.#told(() => this.contacts.undo(undo)));
  directory = () => this.#answer('directory', [], () => this.contacts.directory);
  saveExtension = (entry: ExtensionEntry) =>
    this.#answer('saveExtension', [entry], () => this.#told(() => this.contacts.saveExtension(entry)));
  deleteExtension = (id: number) =>
    this.#answer('deleteExtension', [id], () => this.#told(() => this.contacts.deleteExtension(id)));
  importDirectory = () =>
    this.#answer('importDirectory', [], (): ContactImport | null =>
      this.#told(() => this.contacts.importDirectory()),
    );

  ringBack = (state: RingBackState) =>
    this.#answer('ringBack', [state], () => this.toRing.view(this.calls, state));
  saveRingBackSettings = (settings: RingBackSettings) =>
    this.#answer('saveRingBackSettings', [settings], () =>
      this.#told(() => {
        this.toRing.settings = settings;
      }),
    );
  giveRingBack = (number: string, to: string | null) =>
    this.#answer('giveRingBack', [number, to], () => this.#told(() => this.toRing.give(number, to)));
  noteRingBack = (number: string, note: string) =>
    this.#answer('noteRingBack', [number, note], () => this.#told(() => this.toRing.note(number, note)));
  dismissRingBack = (number: string, reason: string) =>
    this.#answer('dismissRingBack', [number, reason], () =>
      this.#told(() => this.toRing.dismiss(this.calls, number, reason)),
    );
  reopenRingBack = (number: string) =>
    this.#answer('reopenRingBack', [number], () => this.#told(() => this.toRing.reopen(number)));
  people = (filter: CallFilter) =>
    this.#answer('people', [filter], () => peopleOf(this.calls, filter, this.contacts.directory));

  recordingCounts = () => this.#answer('recordingCounts', [], () => this.recordings.counts());
  listRecordings = (show: RecordingFilterShow, offset: number, limit: number) =>
    this.#answer('listRecordings', [show, offset, limit], () => this.recordings.list(show, offset, limit));
  recording = (id: number) => this.#answer('recording', [id], () => this.recordings.recording(id));
  startScan = () => this.#answer('startScan', [], () => this.recordings.scan());
  chooseRecording = (id: number, call: string | null) =>
    this.#answer('chooseRecording', [id, call], () => this.recordings.choose(id, call));
  undoRecordingChoice = (id: number) =>
    this.#answer('undoRecordingChoice', [id], () => this.recordings.undo(id));
  copyRecording = (id: number, call: string | null) =>
    this.#answer('copyRecording', [id, call], (): string | null => this.recordings.copy(id));
  holdRecording = (id: number, why: string) =>
    this.#answer('holdRecording', [id, why], () => this.recordings.hold(id, why));
  releaseRecording = (id: number) =>
    this.#answer('releaseRecording', [id], () => this.recordings.hold(id, null));
  deleteRecordings = (recordings: ConfirmedRecording[]) =>
    this.#answer('deleteRecordings', [recordings], () => this.recordings.delete(recordings));
  deletionLog = (before: number | null, limit: number) =>
    this.#answer('deletionLog', [before, limit], () => this.recordings.deleted(before, limit));
  recordingsOfNumber = (number: string) =>
    this.#answer('recordingsOfNumber', [number], () => this.recordings.ofNumber(number));
  startArchive = (wish: ArchiveWish, secret: string | null) =>
    this.#answer('startArchive', [wish, secret === null ? null : '…'], (): number | null =>
      this.imports.pack('recordings.zip', this.recordings.write(wish, secret)),
    );
  setRecordingLaw = (folder: number, law: string | null) =>
    this.#answer('setRecordingLaw', [folder, law], () => this.recordings.readAs(folder, law));
  saveRetentionRule = (folder: number, rule: RetentionRule | null) =>
    this.#answer('saveRetentionRule', [folder, rule], () => this.recordings.keepFor(folder, rule));
  retentionPreview = () => this.#answer('retentionPreview', [], () => this.recordings.due());
  startRetention = (token: string) =>
    this.#answer('startRetention', [token], () => this.recordings.deleteDue(token));
  encryptionPreview = (folder: number) =>
    this.#answer('encryptionPreview', [folder], () => this.recordings.plain(folder));
  startEncrypting = (wish: EncryptionWish, secret: string | null) =>
    this.#answer('startEncrypting', [wish, secret === null ? null : '…'], () =>
      this.recordings.encrypt(wish.folder),
    );
  recordingFolders = () => this.#answer('recordingFolders', [], () => this.recordings.folders);
  chooseRecordingFolder = () =>
    this.#answer('chooseRecordingFolder', [], (): string | null => '/srv/pbx/voicemail');
  addRecordingFolder = (path: string) =>
    this.#answer('addRecordingFolder', [path], () => this.recordings.addFolder(path));
  removeRecordingFolder = (id: number) =>
    this.#answer('removeRecordingFolder', [id], () => this.recordings.removeFolder(id));
  recordingFilters = () => this.#answer('recordingFilters', [], () => this.recordings.filters);
  saveRecordingFilters = (filters: RecordingFilterView[]) =>
    this.#answer('saveRecordingFilters', [filters], () => this.recordings.saveFilters(filters));
  chooseRecordingFiles = () =>
    this.#answer('chooseRecordingFiles', [], () => [
      '/srv/pbx/monitor/2026/11/20/20261120-091241_01632960147-11.wav.gpg',
      '/srv/pbx/monitor/2026/11/20/notes.txt',
    ]);
  tryRecordingFilter = (filter: string, file: string, secret: string | null) =>
    this.#answer('tryRecordingFilter', [filter, file, secret === null ? null : '…'], () =>
      this.recordings.try(filter, file),
    );
  passPhrases = () => this.#answer('passPhrases', [], () => this.recordings.passPhrases());
  keepPassPhrase = (filter: string, secret: string) =>
    this.#answer('keepPassPhrase', [filter, secret === '' ? '' : '…'], () =>
      this.recordings.keepPassPhrase(filter),
    );
  forgetPassPhrase = (filter: string) =>
    this.#answer('forgetPassPhrase', [filter], () => this.recordings.forgetPassPhrase(filter));
  nameTemplates = () => this.#answer('nameTemplates', [], () => this.recordings.templates);
  saveNameTemplates = (patterns: string[]) =>
    this.#answer('saveNameTemplates', [patterns], () => {
      this.recordings.templates = patterns;
    });
  tryNameTemplate = (pattern: string) =>
    this.#answer('tryNameTemplate', [pattern], () => this.recordings.tryTemplate(pattern));
  nameParts = () => this.#answer('nameParts', [], () => NAME_PARTS);
  listeningLog = (before: number | null, limit: number) =>
    this.#answer('listeningLog', [before, limit], () => this.recordings.listened(before, limit));
  exportListeningLog = (columns: ExportColumn[]) =>
    this.#answer('exportListeningLog', [columns], (): string | null => this.recordings.exportLog(columns));

  recordingsOfCall = (call: string) => this.#answer('recordingsOfCall', [call], () => this.player.of(call));
  openSound = (ticket: number, recording: number, call: string | null, secret: string | null) =>
    this.#answer('openSound', [ticket, recording, call, secret], () => this.player.open(recording, secret));
  cancelOpening = (ticket: number) => this.#answer('cancelOpening', [ticket], () => undefined);
  soundPiece = (handle: number, from: number, to: number, side: string) =>
    this.#answer('soundPiece', [handle, from, to, side], () => this.player.piece(handle, from, to, side));
  wholeSound = (handle: number) => this.#answer('wholeSound', [handle], () => this.player.whole(handle));
  heard = (handle: number, from: number, to: number, over: boolean) =>
    this.#answer('heard', [handle, from, to, over], () => this.player.heard(handle, from, to, over));
  closeSound = (handle: number) => this.#answer('closeSound', [handle], () => this.player.close(handle));
  exportSound = (handle: number) =>
    this.#answer('exportSound', [handle], (): string | null => '/home/anna/Documents/recording.wav');
  addMarker = (recording: number, at: number, text: string) =>
    this.#answer('addMarker', [recording, at, text], () => this.player.addMarker(recording, at, text));
  changeMarker = (id: number, at_milliseconds: number, text: string) =>
    this.#answer('changeMarker', [id, at_milliseconds, text], () =>
      this.player.changeMarker(id, { at_milliseconds, text }),
    );
  deleteMarker = (id: number) =>
    this.#answer('deleteMarker', [id], () => void this.player.changeMarker(id, { deleted: true }));
  restoreMarker = (id: number) =>
    this.#answer('restoreMarker', [id], () => this.player.changeMarker(id, { deleted: false }));

  onFilesDropped = (listener: (paths: string[]) => void) => {
    this.#dropListeners.add(listener);
    return () => this.#dropListeners.delete(listener);
  };

  onFilesOver = (listener: (over: boolean) => void) => {
    this.#overListeners.add(listener);
    return () => this.#overListeners.delete(listener);
  };

  onChanged = (listener: (changed: Changed) => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  changed(changed: Partial<Changed>): void {
    const all = { calls: false, sources: false, jobs: false, recordings: false, ...changed };
    this.#listeners.forEach((listener) => listener(all));
  }

  /** Somebody draws files over the window. */
  drag(over: boolean): void {
    this.#overListeners.forEach((listener) => listener(over));
  }

  /** Somebody lets files go over the window. */
  drop(...names: string[]): void {
    this.drag(false);
    this.#dropListeners.forEach((listener) => listener(names.map((name) => EXPORTS + name)));
  }

  /** A call begins to ring. */
  ring(id = `ring-${this.calls.length}`): string {
    this.calls = [ringing(id, NOW_SECONDS), ...this.calls];
    this.changed({ calls: true, sources: true });
    return id;
  }

  /** The ringing call was answered and is over. */
  answer(id: string): void {
    this.calls = this.calls.map((call) =>
      call.id === id
        ? {
            ...call,
            state: 'over',
            outcome: 'answered',
            answered_by: '11',
            talk_seconds: 64,
            total_seconds: 70,
          }
        : call,
    );
    this.changed({ calls: true, sources: true });
  }

  /** A second goes by: at the line, and for the work that is under way. */
  tick(): void {
    this.imports.tick();
    this.sources = this.sources.map((source) => ({
      ...source,
      state: { ...source.state, last_line_seconds: (source.state.last_line_seconds ?? 0) + 1 },
    }));
    this.changed({ sources: true });
  }

  /** The line prints something; without its end it stays pending. */
  print(text: string, ended = true): void {
    const line: MonitorLine = {
      line: ended ? (this.#lines.at(-1)?.line ?? 0) + 1 : 0,
      received_at: at(TODAY, NOW_SECONDS),
      verdict: ended ? 'inserted' : 'partial',
      reason: null,
      text,
      hex: hex(text),
      fields: [],
    };
    this.#printed = true;
    if (ended) this.#lines = [...this.#lines, line];
    this.#pending = ended ? null : line;
    this.changed({ sources: true });
  }

  #ledger(): LedgerView {
    const lines = this.sources.reduce((sum, source) => sum + source.counters.lines, 0);
    return {
      path: this.script.sample
        ? '/home/anna/.local/share/ringledger/sample.ringledger'
        : '/home/anna/.local/share/ringledger/calls.ringledger',
      sample: this.script.sample,
      calls: this.calls.length,
      lines,
      rejected: this.rejected.length,
      bytes: 60_000 + this.calls.length * 410,
    };
  }

  #change(id: number, changes: Partial<SourceView>): SourceView {
    this.sources = this.sources.map((source) => (source.id === id ? { ...source, ...changes } : source));
    this.changed({ sources: true });
    const source = this.sources.find((known) => known.id === id);
    if (!source) throw fault('source-not-found', 'This source is not there any more.');
    return source;
  }

  #changeCall(id: string, changes: Partial<CallRow>): CallRow {
    const call = this.calls.find((known) => known.id === id);
    if (!call) throw fault('call-not-found', 'This call is not in the ledger any more.');
    const changed = { ...call, ...changes };
    this.calls = this.calls.map((known) => (known.id === id ? changed : known));
    return changed;
  }

  /** Which of them have a recording. */
  #marked(calls: CallRow[]): CallRow[] {
    const recorded = new Set(this.player.recorded(calls.map(({ id }) => id)));
    return calls.map((call) => (recorded.has(call.id) ? { ...call, recorded: true } : call));
  }

  /** Does something to a call and says that calls have changed. */
  #told<T>(work: () => T): T {
    const result = work();
    this.changed({ calls: true });
    return result;
  }

  async #answer<T>(question: Question, args: unknown[], answer: () => T): Promise<T> {
    this.asked.push({ question, with: args });
    if (this.script.silent.includes(question)) return new Promise(() => undefined);
    if (this.script.delay > 0 && question === 'listCalls') {
      await new Promise((resolve) => setTimeout(resolve, this.script.delay));
    }
    const failure = this.script.failing[question];
    if (failure) throw failure;
    return structuredClone(answer());
  }
}

function fault(code: string, message: string): ErrorView {
  return { code, message, hint: null };
}
