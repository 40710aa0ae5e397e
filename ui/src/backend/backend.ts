// What the window may ask of the program. Two things implement it: tauri.ts (the shell) and fake.ts (a pretend
// office for tests and screenshots). Every call rejects with an ErrorView.

import type {
  ArchiveWish,
  BatchView,
  CallDetail,
  CallFilter,
  CallPage,
  CallQuery,
  CallRecordingView,
  CallTotals,
  Changed,
  Choice,
  ConfirmedRecording,
  Contact,
  ContactImport,
  ContactPage,
  CorrectedRow,
  DeletedRecordings,
  DeletionView,
  DialRules,
  EncryptionPreview,
  EncryptionWish,
  ExportColumn,
  ExportWish,
  ExtensionEntry,
  FilterTrialView,
  FormatView,
  ImportFile,
  ImportOptions,
  ImportPreview,
  ImportSummary,
  JobView,
  ListeningView,
  MappingView,
  MarkerView,
  MonitorPage,
  NamePartView,
  NameTrialView,
  NewSerialSource,
  NoteView,
  NumberRecordings,
  NumberTrace,
  OpenSoundView,
  OutcomeCodeEntry,
  Overview,
  PassPhraseView,
  PeopleView,
  PortView,
  RecordingCountsView,
  RecordingFilterShow,
  RecordingFilterView,
  RecordingFolderView,
  RecordingRow,
  RejectedPage,
  RejectedRows,
  ReportFile,
  ReportGallery,
  ReportQuery,
  ReportView,
  RetentionPreview,
  RetentionRule,
  RingBackSettings,
  RingBackState,
  RingBackView,
  RulesPreview,
  SavedReport,
  SavedView,
  SerialSettings,
  SourceView,
  TagView,
  TodayView,
  WatchedFolder,
  WholeSoundView,
} from './bindings';

export type * from './bindings';

/** What the window asks; the rest of the door is what it hears. */
export type Question = Exclude<keyof Backend, `on${string}`>;

export interface Backend {
  overview(): Promise<Overview>;
  /** `null` is today in the exchange's time. */
  today(day: string | null): Promise<TodayView>;
  listCalls(query: CallQuery): Promise<CallPage>;
  callDetail(id: string): Promise<CallDetail>;

  listPorts(): Promise<PortView[]>;
  listFormats(): Promise<FormatView[]>;
  addSerialSource(source: NewSerialSource): Promise<SourceView>;
  changeSerialSource(id: number, settings: SerialSettings): Promise<SourceView>;
  setSourcePaused(id: number, paused: boolean): Promise<SourceView>;
  /** The source goes; its lines and calls stay. */
  removeSource(id: number): Promise<void>;
  /** Takes `removeSource` back. */
  restoreSource(id: number): Promise<SourceView>;
  /** The last `limit` lines of a source, oldest first. */
  lineMonitor(id: number, limit: number): Promise<MonitorPage>;
  /** Lines nobody could read; `null` means those of all sources. */
  rejectedLines(id: number | null, offset: number, limit: number): Promise<RejectedPage>;

  openSample(): Promise<void>;
  closeSample(): Promise<void>;
  /** Writes a copy of the ledger and names it; `null` when the person changed their mind. */
  backUp(): Promise<string | null>;

  /** Lets the person choose files; none when they changed their mind. */
  chooseImportFiles(): Promise<string[]>;
  chooseImportFolder(): Promise<string | null>;
  /** Reads the beginning of a file; takes nothing in. */
  previewImport(file: ImportFile): Promise<ImportPreview>;
  startImport(files: ImportFile[]): Promise<void>;
  /** Work under way, and work that is over until it is dismissed. */
  listJobs(): Promise<JobView[]>;
  cancelJob(id: number): Promise<void>;
  dismissJob(id: number): Promise<void>;
  /** Newest first. */
  importHistory(): Promise<BatchView[]>;
  /** Begins a job that takes a batch back. */
  undoImport(batch: number): Promise<void>;
  rejectedRows(batch: number, offset: number, limit: number): Promise<RejectedRows>;
  /** Writes the rejected rows to a file and names it; `null` when the person changed their mind. */
  saveRejectedRows(batch: number): Promise<string | null>;
  correctRows(batch: number, rows: CorrectedRow[]): Promise<ImportSummary>;
  listMappings(): Promise<MappingView[]>;
  keepMapping(name: string, file: ImportFile): Promise<MappingView>;
  forgetMapping(name: string): Promise<void>;
  watchedFolders(): Promise<WatchedFolder[]>;
  watchFolder(path: string, options: ImportOptions): Promise<WatchedFolder>;
  changeWatchedFolder(id: number, paused: boolean): Promise<WatchedFolder>;
  /** What was imported from the folder stays. */
  unwatchFolder(id: number): Promise<void>;

  /** One for each exchange. */
  dialRules(): Promise<DialRules[]>;
  countries(): Promise<Choice[]>;
  /** What these rules make of a number; `side` is `dialled` or `caller`. */
  tryNumber(rules: DialRules, number: string, side: string): Promise<NumberTrace>;
  previewRules(rules: DialRules): Promise<RulesPreview>;
  /** Keeps the rules and begins a job that reads all numbers anew. */
  saveRules(rules: DialRules): Promise<void>;

  /** At which place of the list the first call of a day (`2026-11-20`) stands under this filter and order. */
  callPlace(query: CallQuery, day: string): Promise<number>;
  /** Sums over the calls under a filter: calls = legs − transfers. */
  callTotals(filter: CallFilter): Promise<CallTotals>;
  /** Asks where to, begins a job that writes what is shown; `false` when the person changed their mind. */
  exportCalls(wish: ExportWish): Promise<boolean>;
  /** Which reports there are, and what can be chosen in them. */
  reportGallery(): Promise<ReportGallery>;
  report(id: string, query: ReportQuery): Promise<ReportView>;
  /** Asks where to, writes the report and names the file; `null` when the person changed their mind. */
  exportReport(id: string, query: ReportQuery, kind: ReportFile): Promise<string | null>;
  savedReports(): Promise<SavedReport[]>;
  /** A report of the same name is replaced. */
  saveReport(report: SavedReport): Promise<void>;
  deleteSavedReport(name: string): Promise<void>;
  addNote(call: string, text: string): Promise<NoteView>;
  changeNote(id: number, text: string): Promise<NoteView>;
  deleteNote(id: number): Promise<void>;
  /** Takes `deleteNote` back. */
  restoreNote(id: number): Promise<NoteView>;
  /** All tags of the ledger, most used first. */
  listTags(): Promise<TagView[]>;
  /** The call has exactly these tags from now on. */
  setTags(call: string, tags: string[]): Promise<void>;
  outcomeCodes(): Promise<OutcomeCodeEntry[]>;
  saveOutcomeCodes(codes: OutcomeCodeEntry[]): Promise<OutcomeCodeEntry[]>;
  /** `null`: what a person said is taken away; what the exchange said holds again. */
  setOutcomeCode(call: string, code: string | null): Promise<void>;
  /** Closes an open call by hand. */
  closeCall(call: string, reason: string): Promise<void>;
  /** Takes `closeCall` back. */
  reopenCall(call: string): Promise<void>;
  savedViews(): Promise<SavedView[]>;
  /** A view of the same name is replaced. */
  saveView(view: SavedView): Promise<void>;
  deleteView(name: string): Promise<void>;

  /** `text` is a piece of a name, organisation or number. */
  listContacts(text: string, offset: number, limit: number): Promise<ContactPage>;
  /** `id` 0 adds one. */
  saveContact(contact: Contact): Promise<Contact>;
  deleteContact(id: number): Promise<void>;
  /** Lets the person choose a vCard or CSV file; `null` when they changed their mind. */
  importContacts(): Promise<ContactImport | null>;
  undoContactImport(undo: number): Promise<void>;
  /** Who has which extension, and from when to when. */
  directory(): Promise<ExtensionEntry[]>;
  /** `id` 0 adds one. */
  saveExtension(entry: ExtensionEntry): Promise<ExtensionEntry>;
  deleteExtension(id: number): Promise<void>;
  /** Lets the person choose a CSV file (extension, person, department, from, to); `null` when they changed their mind. */
  importDirectory(): Promise<ContactImport | null>;

  ringBack(state: RingBackState): Promise<RingBackView>;
  saveRingBackSettings(settings: RingBackSettings): Promise<void>;
  /** Whose task it is; `null`: nobody's in particular. */
  giveRingBack(number: string, to: string | null): Promise<void>;
  noteRingBack(number: string, note: string): Promise<void>;
  /** Nobody need call: why. A later missed call opens the row again. */
  dismissRingBack(number: string, reason: string): Promise<void>;
  /** Takes `dismissRingBack` back. */
  reopenRingBack(number: string): Promise<void>;
  people(filter: CallFilter): Promise<PeopleView>;

  /** All recordings of a call, those without sound included. */
  recordingsOfCall(call: string): Promise<CallRecordingView[]>;
  /** Decrypts it and decodes its beginning; `ticket` is any number to cancel it by. The pass phrase is not kept. */
  openSound(
    ticket: number,
    recording: number,
    call: string | null,
    secret: string | null,
  ): Promise<OpenSoundView>;
  /** Ends a filter at work. */
  cancelOpening(ticket: number): Promise<void>;
  /** The part between two moments (milliseconds) as a WAV file; `side` is `both`, `left` or `right`. */
  soundPiece(handle: number, from: number, to: number, side: string): Promise<ArrayBuffer>;
  /** Decodes what is left of a sound that is not whole yet. */
  wholeSound(handle: number): Promise<WholeSoundView>;
  /** Somebody has heard the part between two moments; with `over` it goes into the listening log. */
  heard(handle: number, from: number, to: number, over: boolean): Promise<void>;
  closeSound(handle: number): Promise<void>;
  /** Asks where to and writes the sound as WAV; `null` when the person changed their mind. */
  exportSound(handle: number): Promise<string | null>;
  /** Marks a moment (milliseconds) of a recording; the text may be empty. */
  addMarker(recording: number, at: number, text: string): Promise<MarkerView>;
  changeMarker(id: number, at: number, text: string): Promise<MarkerView>;
  deleteMarker(id: number): Promise<void>;
  /** Takes `deleteMarker` back. */
  restoreMarker(id: number): Promise<MarkerView>;

  recordingCounts(): Promise<RecordingCountsView>;
  /** Those that were found last come first. */
  listRecordings(show: RecordingFilterShow, offset: number, limit: number): Promise<RecordingRow[]>;
  recording(id: number): Promise<RecordingRow>;
  /** Begins a job that looks through all folders of recordings. */
  startScan(): Promise<void>;
  /** Puts a recording to a call by hand; `null`: it belongs to none. */
  chooseRecording(id: number, call: string | null): Promise<RecordingRow>;
  /** Takes `chooseRecording` back. */
  undoRecordingChoice(id: number): Promise<RecordingRow>;
  /** Asks where to, copies the file as it is and names the copy; `null` when the person changed their mind. */
  copyRecording(id: number, call: string | null): Promise<string | null>;
  /** Nobody can delete it until it is released. */
  holdRecording(id: number, why: string): Promise<RecordingRow>;
  releaseRecording(id: number): Promise<RecordingRow>;
  /** Deletes files for good: those, and only as they were shown. */
  deleteRecordings(recordings: ConfirmedRecording[]): Promise<DeletedRecordings>;
  /** Newest first; `before` is the number of the last entry of the page before. */
  deletionLog(before: number | null, limit: number): Promise<DeletionView[]>;
  /** Those of all calls of a number, name or extension, in the order of the calls. */
  recordingsOfNumber(number: string): Promise<NumberRecordings>;
  /** Asks where to, begins a job that writes them into one archive and names it; `null` when the person changed their mind. */
  startArchive(wish: ArchiveWish, secret: string | null): Promise<number | null>;
  /** How sound without a header is read: `a-law`, `mu-law`, `linear`; `null`: as its ending says. */
  setRecordingLaw(folder: number, law: string | null): Promise<RecordingFolderView>;
  /** `null`: everything is kept. */
  saveRetentionRule(folder: number, rule: RetentionRule | null): Promise<RecordingFolderView>;
  /** What the rules would delete now. */
  retentionPreview(): Promise<RetentionPreview>;
  /** Deletes what a preview named. */
  startRetention(token: string): Promise<void>;
  encryptionPreview(folder: number): Promise<EncryptionPreview>;
  /** Begins a job that encrypts the plain recordings of a folder. */
  startEncrypting(wish: EncryptionWish, secret: string | null): Promise<void>;
  recordingFolders(): Promise<RecordingFolderView[]>;
  chooseRecordingFolder(): Promise<string | null>;
  /** Nothing is looked for in it until the next scan. */
  addRecordingFolder(path: string): Promise<number>;
  /** Nothing on the disk is touched. */
  removeRecordingFolder(id: number): Promise<void>;
  /** In the order in which they are asked. */
  recordingFilters(): Promise<RecordingFilterView[]>;
  saveRecordingFilters(filters: RecordingFilterView[]): Promise<RecordingFilterView[]>;
  chooseRecordingFiles(): Promise<string[]>;
  /** `secret`: the pass phrase; `null`: the one that is kept. */
  tryRecordingFilter(filter: string, file: string, secret: string | null): Promise<FilterTrialView>;
  passPhrases(): Promise<PassPhraseView[]>;
  keepPassPhrase(filter: string, secret: string): Promise<void>;
  forgetPassPhrase(filter: string): Promise<void>;
  nameTemplates(): Promise<string[]>;
  saveNameTemplates(patterns: string[]): Promise<void>;
  /** Tries a template on the names that were found last. */
  tryNameTemplate(pattern: string): Promise<NameTrialView>;
  /** What a template can be made of. */
  nameParts(): Promise<NamePartView[]>;
  /** Newest first; `before` is the number of the last entry of the page before. */
  listeningLog(before: number | null, limit: number): Promise<ListeningView[]>;
  /** Writes the whole log as CSV and names the file; `null` when the person changed their mind. */
  exportListeningLog(columns: ExportColumn[]): Promise<string | null>;

  /** Calls `listener` with the paths of files let go over the window, until the returned function is called. */
  onFilesDropped(listener: (paths: string[]) => void): () => void;
  /** Calls `listener` when files are drawn over the window (`true`) and when they have left it. */
  onFilesOver(listener: (over: boolean) => void): () => void;
  /** Calls `listener` whenever something changed, until the returned function is called. */
  onChanged(listener: (changed: Changed) => void): () => void;
}
