import type { Backend, JobView } from '../backend/backend';
import { Live } from './live.svelte';

const OVER: readonly JobView['phase'][] = ['done', 'cancelled', 'failed'];

export const isOver = (job: JobView) => OVER.includes(job.phase);

/** Work on recordings, which is told on their screen. */
export const isOfRecordings = ({ kind }: JobView) =>
  ['scan', 'encrypt', 'retention', 'archive'].includes(kind);

/** Work that takes a while: what goes on, and what came of it until the person has seen it. */
export class Jobs {
  readonly live = new Live<JobView[]>();

  all = $derived(this.live.value ?? []);
  running = $derived(this.all.filter((job) => !isOver(job)));
  /** The one that the foot of the rail tells of: what moves before what waits. */
  current = $derived(this.running.find((job) => job.phase !== 'waiting') ?? this.running[0] ?? null);

  /** What came of the work that ended last. */
  last = $derived(this.all.findLast(isOver) ?? null);

  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Looks through the folders of recordings. */
  async scan(): Promise<void> {
    await this.#backend.startScan();
    this.live.refresh();
  }

  async cancel(id: number): Promise<void> {
    await this.#backend.cancelJob(id);
    this.live.refresh();
  }

  async dismiss(id: number): Promise<void> {
    await this.#backend.dismissJob(id);
    this.live.refresh();
  }
}
