// What the window may ask of the program. Two things implement it: tauri.ts (the shell) and fake.ts (a pretend
// office for tests and screenshots). Every call rejects with an ErrorView.

import type {
  CallDetail,
  CallPage,
  CallQuery,
  Changed,
  FormatView,
  MonitorPage,
  NewSerialSource,
  Overview,
  PortView,
  ReadFileSummary,
  RejectedPage,
  SerialSettings,
  SourceView,
  TodayView,
} from './bindings';

export type * from './bindings';

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
  /** Lets the person choose a file and reads it; `null` when they changed their mind. */
  readFile(): Promise<ReadFileSummary | null>;
  /** Writes a copy of the ledger and names it; `null` when the person changed their mind. */
  backUp(): Promise<string | null>;

  /** Calls `listener` whenever something changed, until the returned function is called. */
  onChanged(listener: (changed: Changed) => void): () => void;
}
