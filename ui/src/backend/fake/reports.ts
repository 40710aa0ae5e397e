// Reports of the pretend office, counted from the same calls that its list shows: every number opens as many calls as it
// says. Only a few kinds; each stands for several reports.

import type {
  CallRow,
  ErrorView,
  Narrowing,
  Report,
  ReportChartKind,
  ReportColumn,
  ReportEntry,
  ReportGallery,
  ReportPeriod,
  ReportQuery,
  ReportRow,
  ReportSetting,
  ReportSpan,
  ReportUnit,
  ReportValue,
  ReportView,
} from '../backend';
import { addDays, daysBetween, startOfMonth } from '../../lib/day';
import { MISSED } from '../../lib/filters';
import { outsideOf } from './narrowing';
import { NOW_SECONDS, TODAY } from './office';
import { EMPTY_FILTER, select } from './questions';
import { clock, column, daysOf, under, type Asked, type Kind } from './report-parts';
import {
  causes,
  causesByTrunk,
  causesOverTime,
  countries,
  dataQuality,
  minutes,
  trunksAtOnce,
  ways,
} from './report-kinds';

interface Bucket {
  label: string;
  opens: Narrowing;
  /** Nothing can be known of it yet. */
  unseen?: boolean;
  /** What stands beside it in the other period. */
  compared?: Narrowing;
}

const MISSES: Narrowing = { outcomes: MISSED };
const TALKED: Narrowing = { durations: [{ of: 'talk', at_least: 1, at_most: null }] };

const ANSWERED_IN: Narrowing = { directions: ['inbound'], outcomes: ['answered'], over: true };

interface Figure {
  key: string;
  title: string;
  unit: ReportUnit;
  opens: Narrowing[];
  of: (calls: CallRow[]) => ReportValue;
}

const counted = (key: string, title: string, opens: Narrowing[]): Figure => ({
  key,
  title,
  unit: 'calls',
  opens,
  of: (calls) => under(opens)(calls).length,
});
const sum = (calls: CallRow[], of: 'talk_seconds' | 'wait_seconds') =>
  calls.reduce((total, call) => total + (call[of] ?? 0), 0);
const mean = (calls: CallRow[], of: 'talk_seconds' | 'wait_seconds') =>
  calls.length === 0 ? null : Math.round(sum(calls, of) / calls.length);

const FIGURES: Figure[] = [
  counted('calls', 'Calls', []),
  counted('inbound', 'Incoming', [{ directions: ['inbound'] }]),
  counted('outbound', 'Outgoing', [{ directions: ['outbound'] }]),
  counted('missed', 'Missed', [MISSES]),
  {
    key: 'answered-percent',
    title: 'Answered %',
    unit: 'percent',
    opens: [{ directions: ['inbound'], over: true }],
    of: (calls) => {
      const offered = under([{ directions: ['inbound'], over: true }])(calls).length;
      return offered === 0 ? null : Math.round((1000 * under([ANSWERED_IN])(calls).length) / offered) / 10;
    },
  },
  {
    key: 'average-wait',
    title: 'Average wait',
    unit: 'seconds',
    opens: [ANSWERED_IN],
    of: (calls) => mean(under([ANSWERED_IN])(calls), 'wait_seconds'),
  },
  { key: 'talk', title: 'Talk', unit: 'seconds', opens: [TALKED], of: (calls) => sum(calls, 'talk_seconds') },
];

function chosen({ settings }: ReportQuery): Figure {
  const found = FIGURES.find(({ key }) => key === (settings.metric ?? 'calls'));
  if (!found) throw fault('metric-unknown', `There is no figure called ${settings.metric ?? ''}.`);
  return found;
}

/** One row for each bucket, one column for each figure; beside them the chosen figure of another period. */
function table(key: string, title: string, asked: Asked, buckets: Bucket[]): ReturnType<Kind> {
  const { calls, before, query } = asked;
  const figure = chosen(query);
  const beside: ReportColumn[] = before
    ? [
        {
          ...column(`${figure.key}-before`, `${figure.title}, before`, figure.unit, figure.opens),
          compared: true,
        },
      ]
    : [];
  const row = (
    label: string,
    opens: Narrowing[],
    unseen: boolean,
    compared: Narrowing[] | null,
  ): ReportRow => {
    const mine = under(opens)(calls);
    const known = (each: Figure) => (unseen && mine.length === 0 ? null : each.of(mine));
    const was = before ? [compared === null ? null : figure.of(under(compared)(before))] : [];
    return { cells: [label, ...FIGURES.map(known), ...was], opens, compared };
  };
  return {
    columns: [
      column(key, title, 'text', null),
      ...FIGURES.map((each) => column(each.key, each.title, each.unit, each.opens)),
      ...beside,
    ],
    rows: buckets.map(({ label, opens, unseen, compared }) =>
      row(label, [opens], unseen ?? false, before ? [compared ?? opens] : null),
    ),
    totals: row('All', [], false, before ? [] : null),
    charts: [
      {
        kind: key !== 'number' && buckets.length > 62 ? 'lines' : 'bars',
        labels: key,
        values: [figure.key, ...beside.map((each) => each.key)],
        first: key === 'number' ? 40 : null,
        beside: false,
        shades: [],
      },
    ],
    notes: ['Answered %: answered ÷ offered: of incoming calls that are over and whose outcome is known.'],
    sentence: `${calls.length} calls, ${under([MISSES])(calls).length} of them missed.`,
  };
}

const halfHours = ({ from, to }: ReportPeriod): Bucket[] =>
  Array.from({ length: 48 }, (_, half) => ({
    label: clock(half * 30),
    opens: { minutes: [[half * 30, half * 30 + 30]] },
    unseen: from === to && to === TODAY && half * 1800 > NOW_SECONDS,
  }));

const day: Kind = (asked) => table('half-hour', 'Half-hour', asked, halfHours(asked.period));

const month: Kind = (asked) => {
  const back = daysBetween(asked.period.from, asked.period.to) + 1;
  const buckets = daysOf(asked.period).map((each): Bucket => {
    const then = addDays(each, -back);
    return {
      label: each,
      opens: { from: each, to: each },
      unseen: each > TODAY,
      compared: { from: then, to: then },
    };
  });
  return table('day', 'Day', asked, buckets);
};

const topCallers: Kind = (asked) => {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const call of under([{ directions: ['inbound'] }])(asked.calls)) {
    const number = outsideOf(call);
    if (number === null) continue;
    names.set(number, call.caller.name ?? number);
    counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  const order = [...counts].sort((a, b) => b[1] - a[1]).slice(0, asked.query.settings.limit ?? 20);
  const buckets = order.map(([number]): Bucket => ({
    label: names.get(number) ?? number,
    opens: { number, directions: ['inbound'] },
  }));
  return table('number', 'Caller', asked, buckets);
};

/** A figure by rows and columns of time. */
function matrix(
  asked: Asked,
  kind: ReportChartKind,
  rows: Bucket[],
  columns: { title: string; narrows: Narrowing; unseen?: (row: number) => boolean }[],
): ReturnType<Kind> {
  const figure = chosen(asked.query);
  const cells = (label: string, opens: Narrowing[], row: number) => [
    label,
    ...columns.map(({ narrows, unseen }) =>
      row >= 0 && unseen?.(row) ? null : figure.of(under([...opens, narrows])(asked.calls)),
    ),
  ];
  const made = columns.map(({ title, narrows }, place) =>
    column(`${figure.key}-${place}`, title, figure.unit, [...figure.opens, narrows]),
  );
  return {
    columns: [column('time', 'Time', 'text', null), ...made],
    rows: rows.map(({ label, opens }, row) => ({
      cells: cells(label, [opens], row),
      opens: [opens],
      compared: null,
    })),
    totals: { cells: cells('All', [], -1), opens: [], compared: null },
    charts: [
      {
        kind,
        labels: 'time',
        values: made.map(({ key }) => key),
        first: null,
        beside: kind === 'lines',
        shades: [],
      },
    ],
    notes: [],
    sentence: `${asked.calls.length} calls, most of them between 10:00 and 11:00.`,
  };
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const weekHours: Kind = (asked) =>
  matrix(
    asked,
    'heat',
    WEEKDAYS.map((label, weekday) => ({ label, opens: { weekdays: [weekday] } })),
    Array.from({ length: 24 }, (_, hour) => ({
      title: clock(hour * 60),
      narrows: { minutes: [[hour * 60, hour * 60 + 60]] },
      unseen: (row: number) => daysBetween(asked.period.from, asked.period.to) < 6 && row > 4,
    })),
  );

const compareDays: Kind = (asked) => {
  const count = Math.min(31, asked.query.settings.days ?? 6);
  const days = Array.from({ length: count + 1 }, (_, back) => addDays(asked.period.to, back - count));
  return matrix(
    asked,
    'lines',
    halfHours({ from: '', to: '' }),
    days.map((each) => ({
      title: each,
      narrows: { days: [each] },
      unseen: (row: number) => each === TODAY && row * 1800 > NOW_SECONDS,
    })),
  );
};

const entry = (
  id: string,
  title: string,
  question: string,
  span: ReportSpan,
  settings: ReportSetting[],
): ReportEntry => ({ id, title, question, span, settings });
const COMPARED: ReportSetting[] = ['compare', 'metric', 'within-seconds'];

const REPORTS: [ReportEntry, Kind][] = [
  [entry('day', 'Day by half-hours', 'How did the day go?', 'day', COMPARED), day],
  [
    entry('compare-days', 'Days beside each other', 'Was this day like the ones before it?', 'day', [
      'days',
      'same-weekday',
      'metric',
      'within-seconds',
    ]),
    compareDays,
  ],
  [
    entry('week-hours', 'Week by hours', 'When in the week are we too few?', 'month', [
      'metric',
      'within-seconds',
    ]),
    weekHours,
  ],
  [entry('month', 'Month by days', 'How did the month go?', 'month', COMPARED), month],
  [
    entry('years', 'Day by day', 'How do the days compare since the first call?', 'everything', COMPARED),
    month,
  ],
  [
    entry('after-hours', 'After hours', 'Who calls when nobody is there?', 'month', [
      'office-hours',
      'holidays',
    ]),
    day,
  ],
  [entry('waits', 'Waits', 'How long do callers wait?', 'month', COMPARED), day],
  [
    entry('summary', 'Summary', 'How many calls, by whatever one chooses?', 'month', ['by', ...COMPARED]),
    month,
  ],
  [
    entry('line-need', 'Lines needed', 'How many lines do we need?', 'month', [
      'lines',
      'line-price',
      'telephones',
    ]),
    day,
  ],
  [entry('top-callers', 'Top callers', 'Who calls us most?', 'month', ['limit', ...COMPARED]), topCallers],
  [
    entry('countries', 'Countries', 'From where do people call us, and where do we call?', 'month', []),
    countries,
  ],
  [
    entry(
      'hang-up-causes',
      'Hang-up causes',
      'What does the network say about why calls ended?',
      'month',
      [],
    ),
    causes,
  ],
  [
    entry('causes-over-time', 'Hang-up causes over time', 'Since when do calls end like this?', 'month', []),
    causesOverTime,
  ],
  [
    entry('causes-by-trunk', 'Hang-up causes by trunk', 'Which line has the trouble?', 'month', []),
    causesByTrunk,
  ],
  [
    entry('transfer-ways', 'Transfers', 'Who hands calls on to whom, and what becomes of them?', 'month', [
      'limit',
    ]),
    ways,
  ],
  [
    entry(
      'concurrent-minutes',
      'Calls at once, by minutes',
      'In which minute of the day were the lines full?',
      'day',
      [],
    ),
    minutes,
  ],
  [
    entry(
      'concurrent-trunks',
      'Calls at once, by trunk',
      'How many calls does each line carry at once?',
      'month',
      [],
    ),
    trunksAtOnce,
  ],
  [
    entry('data-quality', 'Data quality', 'What was not seen, and what is not known?', 'month', []),
    dataQuality,
  ],
  [entry('of-the-yard', 'Of the yard', 'A report that no group knows.', 'month', []), month],
];

export const GALLERY: ReportGallery = {
  reports: REPORTS.map(([known]) => known),
  metrics: FIGURES.map(({ key, title }) => ({ id: key, name: title })),
  dimensions: [
    { id: 'day', name: 'Day' },
    { id: 'trunk', name: 'Trunk' },
  ],
};

export function reportOf(all: readonly CallRow[], id: string, query: ReportQuery): ReportView {
  const found = REPORTS.find(([known]) => known.id === id);
  if (!found) throw fault('report-unknown', `There is no report ${id}.`);
  const [known, kind] = found;
  const period = periodOf(all, known, query);
  const filter = { ...EMPTY_FILTER, ...query.filter };
  const of = ({ from, to }: ReportPeriod) => select(all, { ...filter, from, to });
  const back = daysBetween(period.from, period.to) + 1;
  const other = query.settings.compare
    ? { from: addDays(period.from, -back), to: addDays(period.to, -back) }
    : null;
  const calls = of(period);
  const answer = kind({ calls, before: other && of(other), period, query });
  const first = all.at(-1)?.start.slice(0, 10) ?? null;
  const toCome = Math.max(0, daysBetween(TODAY, period.to));
  const report: Report = {
    id,
    title: known.title,
    period,
    compared: other,
    ...answer,
    coverage: {
      first_day: first,
      last_day: all[0]?.start.slice(0, 10) ?? null,
      days_before: 0,
      days_to_come: toCome,
      rejected_lines: 7,
      notes: [
        ...(toCome > 0 ? [`${toCome} days are still to come.`] : []),
        '7 lines of the exchange could not be read.',
      ],
    },
  };
  return { report, filter: { ...filter, ...period } };
}

function periodOf(all: readonly CallRow[], { id, span }: ReportEntry, { filter }: ReportQuery): ReportPeriod {
  const to = filter.to ?? TODAY;
  // The days beside each other are those that the report shows, whatever the period.
  if (id === 'compare-days') return { from: addDays(to, -6), to };
  if (filter.from !== null) return { from: filter.from, to };
  return { from: span === 'everything' ? (all.at(-1)?.start.slice(0, 10) ?? to) : startOfMonth(to), to };
}

function fault(code: string, message: string): ErrorView {
  return { code, message, hint: null };
}
