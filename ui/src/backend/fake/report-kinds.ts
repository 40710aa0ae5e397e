// More reports of the pretend office: rows that name their calls one by one.

import type { CallRow, Report, ReportChart, ReportColumn, ReportRow, ReportValue } from '../backend';
import { MISSED } from '../../lib/filters';
import { clock, column, daysOf, under, type Kind } from './report-parts';
import { NOW_SECONDS, TODAY } from './office';

const OUTGOING = { directions: ['outbound'] };
const INCOMING = { directions: ['inbound'] };

/** A row that opens exactly these calls. */
function of(label: string, calls: CallRow[], cells: ReportValue[]): ReportRow {
  return { cells: [label, ...cells], opens: [{ ids: calls.map(({ id }) => id) }], compared: null };
}

const text = (key: string, title: string) => column(key, title, 'text', null);
const counted = (key: string, title: string, opens = {}): ReportColumn =>
  column(key, title, 'calls', [opens]);
const chart = (kind: ReportChart['kind'], labels: string, values: string[], first: number | null = null) => ({
  kind,
  labels,
  values,
  first,
  beside: false,
  shades: [] as number[],
});

function groupsOf(calls: CallRow[], key: (call: CallRow) => string | null): [string, CallRow[]][] {
  const groups = new Map<string, CallRow[]>();
  for (const call of calls) {
    const name = key(call);
    if (name !== null) groups.set(name, [...(groups.get(name) ?? []), call]);
  }
  return [...groups].sort(([, one], [, other]) => other.length - one.length);
}

const CAUSES: Partial<Record<string, string>> = {
  answered: '16 Somebody hung up',
  busy: '17 Busy',
  failed: '34 No line free',
  'lost-ringing': '19 Rang, nobody answered',
  cancelled: '487 Caller hung up first',
  blocked: '21 Refused',
};
const causeOf = (call: CallRow) => CAUSES[call.outcome] ?? '(not told)';

export const countries: Kind = ({ calls }) => {
  const figures = (group: CallRow[]) => [
    group.length,
    under([INCOMING])(group).length,
    under([OUTGOING])(group).length,
    under([{ outcomes: MISSED }])(group).length,
  ];
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  const groups = groupsOf(calls, (call) => call.country ?? '(no country)');
  return {
    columns: [
      text('country', 'Country'),
      text('name', 'Name'),
      counted('calls', 'Calls'),
      counted('inbound', 'Incoming', INCOMING),
      counted('outbound', 'Outgoing', OUTGOING),
      counted('missed', 'Missed', { outcomes: MISSED }),
    ],
    rows: groups.map(([code, group]) =>
      of(code, group, [/^[A-Z]{2}$/.test(code) ? (names.of(code) ?? null) : null, ...figures(group)]),
    ),
    totals: { cells: ['All', null, ...figures(calls)], opens: [], compared: null },
    charts: [
      { ...chart('map', 'country', ['inbound', 'outbound']), shades: [1, 5, 20, 50, 100] },
      chart('bars', 'country', ['inbound', 'outbound'], 40),
    ],
    notes: [],
    sentence: `${calls.length} calls. Most: ${groups[0]?.[0] ?? ''} with ${groups[0]?.[1].length ?? 0}.`,
  };
};

export const causes: Kind = ({ calls }) => {
  const figures = (group: CallRow[]) => [
    group.length,
    under([INCOMING])(group).length,
    under([OUTGOING])(group).length,
    under([{ outcomes: ['answered'] }])(group).length,
  ];
  const groups = groupsOf(calls, causeOf);
  return {
    columns: [
      text('cause', 'Hang-up cause'),
      counted('calls', 'Calls'),
      counted('inbound', 'Incoming', INCOMING),
      counted('outbound', 'Outgoing', OUTGOING),
      counted('answered', 'Answered', { outcomes: ['answered'] }),
    ],
    rows: groups.map(([cause, group]) => of(cause, group, figures(group))),
    totals: { cells: ['All', ...figures(calls)], opens: [], compared: null },
    charts: [chart('bars', 'cause', ['calls'], 40)],
    notes: ['(not told): the source of these calls has no cause in its lines.'],
    sentence: `Of ${calls.filter((call) => causeOf(call) !== '(not told)').length} of ${calls.length} calls it is told why they ended.`,
  };
};

/** Causes beside each other, in rows of whatever `rows` are. */
function crossed(calls: CallRow[], rows: [string, CallRow[]][], kind: ReportChart['kind'], key: string) {
  const columns = groupsOf(calls, causeOf).slice(0, 8);
  const figures = (group: CallRow[]) => [
    ...columns.map(([cause]) => group.filter((call) => causeOf(call) === cause).length),
    group.length,
  ];
  const keys = columns.map((_, place) => `cause-${place + 1}`);
  return {
    columns: [
      text(key, key === 'day' ? 'Day' : 'Trunk'),
      ...columns.map(([cause, group], place) =>
        counted(`cause-${place + 1}`, cause, { ids: group.map(({ id }) => id) }),
      ),
      counted('calls', 'All'),
    ],
    rows: rows.map(([label, group]) => of(label, group, figures(group))),
    totals: { cells: ['All', ...figures(calls)], opens: [], compared: null },
    charts: [chart(kind, key, keys)],
    notes: [],
    sentence: `${calls.length} calls. Most: ${columns[0]?.[0] ?? ''} with ${columns[0]?.[1].length ?? 0}.`,
  } satisfies ReturnType<Kind>;
}

export const causesOverTime: Kind = ({ calls, period }) =>
  crossed(
    calls,
    daysOf(period).map((day) => [day, calls.filter(({ start }) => start.startsWith(day))]),
    'lines',
    'day',
  );

export const causesByTrunk: Kind = ({ calls }) =>
  crossed(
    calls,
    groupsOf(calls, (call) => call.trunk ?? '(no trunk)'),
    'heat',
    'trunk',
  );

const PEOPLE: Partial<Record<string, string>> = {
  '101': 'Aoife Byrne',
  '102': 'Brian Kelly',
  '104': 'Dara Nolan',
};

export const ways: Kind = ({ calls }) => {
  const handed = calls.filter(({ transfers }) => transfers > 0);
  const way = ({ id, answered_by }: CallRow) =>
    `${['101', '102', '104'][id.charCodeAt(id.length - 1) % 3] ?? '101'} to ${answered_by ?? '103'}`;
  const blind = (group: CallRow[]) => group.filter(({ id }) => id.charCodeAt(id.length - 1) % 2 === 0);
  const ids = (group: CallRow[]) => ({ ids: group.map(({ id }) => id) });
  const attended = handed.filter((call) => !blind(handed).includes(call));
  const figures = (group: CallRow[]) => {
    const asked = group.filter((call) => attended.includes(call)).length;
    return [group.length, group.length - asked, asked, group.length, 0];
  };
  const groups = groupsOf(handed, way);
  return {
    columns: [
      text('way', 'From and to'),
      text('from-person', 'Who handed on'),
      text('to-person', 'To whom'),
      counted('calls', 'Calls'),
      counted('blind', 'Without asking', ids(blind(handed))),
      counted('attended', 'After asking', ids(attended)),
      counted('taken', 'Answered there'),
      counted('lost', 'Lost', ids([])),
    ],
    rows: groups.map(([label, group]) => {
      const [from, to] = label.split(' to ');
      return of(label, group, [PEOPLE[from ?? ''] ?? null, PEOPLE[to ?? ''] ?? null, ...figures(group)]);
    }),
    totals: { cells: ['All', null, null, ...figures(handed)], opens: [ids(handed)], compared: null },
    charts: [chart('bars', 'way', ['calls'], 40)],
    notes: ['A call that was handed on twice stands in two rows, and in the last one once.'],
    sentence: `${handed.length} of ${calls.length} calls were handed on; 0 of them were lost after it.`,
  };
};

/** Seconds of the day in which a call goes on. */
const span = (call: CallRow): [number, number] => {
  const [hours = 0, minutes = 0, seconds = 0] = call.start.slice(11, 19).split(':').map(Number);
  const from = hours * 3600 + minutes * 60 + seconds;
  return [from, from + (call.total_seconds ?? 0)];
};

const AT_ONCE = [column('most', 'Most at once', 'calls', null), column('mean', 'On average', 'number', null)];

export const minutes: Kind = ({ calls, period }) => {
  const day = calls.filter(({ start }) => start.startsWith(period.to));
  const spans = day.map((call) => [call, span(call)] as const);
  const rows = Array.from({ length: 1440 }, (_, minute): ReportRow => {
    if (period.to === TODAY && minute * 60 > NOW_SECONDS) {
      return { cells: [clock(minute), null, null], opens: [], compared: null };
    }
    const [from, to] = [minute * 60, minute * 60 + 60];
    const here = spans.filter(([, [begin, end]]) => begin < to && end > from);
    const seconds = here.reduce(
      (sum, [, [begin, end]]) => sum + Math.min(end, to) - Math.max(begin, from),
      0,
    );
    return {
      cells: [clock(minute), here.length, Math.round((seconds / 60) * 1000) / 1000],
      opens: [],
      compared: null,
      of_cells: here.length === 0 ? {} : { most: [{ ids: here.map(([{ id }]) => id) }] },
    };
  });
  const most = Math.max(0, ...rows.map(({ cells }) => Number(cells[1] ?? 0)));
  return {
    columns: [text('time', 'Time'), ...AT_ONCE],
    rows,
    totals: null,
    charts: [chart('lines', 'time', ['most'])],
    notes: ['Of the last day of the period alone.'],
    sentence: `At most ${most} calls at once.`,
  };
};

export const trunksAtOnce: Kind = ({ calls }) => ({
  columns: [text('trunk', 'Trunk'), ...AT_ONCE],
  rows: groupsOf(calls, (call) => call.trunk ?? '(no trunk)').map(([trunk, group]) => ({
    cells: [trunk, Math.min(group.length, 4), 0.4],
    opens: [],
    compared: null,
    of_cells: { most: [{ ids: group.slice(0, 4).map(({ id }) => id) }] },
  })),
  totals: null,
  charts: [chart('bars', 'trunk', ['most'], 40)],
  notes: [],
  sentence: 'At most 4 calls at once.',
});

export const dataQuality: Kind = ({ calls }) => {
  const row = (cells: ReportValue[], opens: ReportRow['opens'] = []): ReportRow => ({
    cells,
    opens,
    compared: null,
  });
  const unknown = calls.filter(({ outcome }) => outcome === 'unknown');
  const ids = { ids: unknown.map(({ id }) => id) };
  const rows: ReportRow[] = [
    row(['Calls', 'outcome not known', unknown.length, null, null, null, null], [ids]),
    row(['Days', 'Monday to Friday without any call', null, 1, null, null, null]),
    row(['Days', 'no call at all', null, 1, '2026-11-09T00:00:00', '2026-11-10T00:00:00', 86_400]),
    row(['HiPath, first floor', 'lines read', null, 18_204, null, null, null]),
    row(['HiPath, first floor', 'lines that could not be read', null, 7, null, null, null]),
    row([
      'HiPath, first floor',
      'nobody listened: line lost',
      null,
      null,
      '2026-11-12T09:12:04',
      '2026-11-12T10:41:30',
      5366,
    ]),
    row([
      'HiPath, first floor',
      'nobody listened: not running',
      null,
      null,
      '2026-11-15T18:02:11',
      '2026-11-16T07:58:47',
      50_196,
    ]),
    row(['HiPath, first floor', "clock behind this computer's", null, 501, null, null, 3]),
    row(['/srv/recordings', "recordings' names ahead of the calls", null, 214, null, null, 28_800]),
  ];
  return {
    columns: [
      text('of', 'Of'),
      text('what', 'What'),
      counted('calls', 'Calls'),
      column('count', 'Lines, days or files', 'count', null),
      column('from', 'From', 'moment', null),
      column('to', 'To', 'moment', null),
      column('seconds', 'How long', 'seconds', null),
    ],
    rows,
    totals: null,
    charts: [],
    notes: ['Nobody listened: from the last bytes before to the first ones after.'],
    sentence: `${calls.length} calls; 2 times at which nobody listened.`,
  } satisfies Pick<Report, 'columns' | 'rows' | 'totals' | 'charts' | 'notes' | 'sentence'>;
};
