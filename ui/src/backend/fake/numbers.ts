// What the pretend program makes of numbers: a small reading of dial rules, enough to show every step.

import type {
  CallRow,
  Choice,
  DialRules,
  NumberTrace,
  RewriteRule,
  RulesPreview,
  TraceStep,
} from '../backend';

export const COUNTRIES: Choice[] = [
  { id: 'AT', name: 'Austria' },
  { id: 'BE', name: 'Belgium' },
  { id: 'DE', name: 'Germany' },
  { id: 'ES', name: 'Spain' },
  { id: 'FR', name: 'France' },
  { id: 'GB', name: 'United Kingdom' },
  { id: 'IE', name: 'Ireland' },
  { id: 'IT', name: 'Italy' },
  { id: 'NL', name: 'Netherlands' },
  { id: 'US', name: 'United States' },
];

const CODES: Record<string, string> = {
  AT: '43',
  BE: '32',
  DE: '49',
  ES: '34',
  FR: '33',
  GB: '44',
  IE: '353',
  IT: '39',
  NL: '31',
  US: '1',
};

export const RULES: DialRules = {
  exchange: 1,
  country: 'GB',
  area_code: '1632',
  outside_line: ['9'],
  trunk_prefix: null,
  international_prefix: [],
  extensions: [{ from: '11', to: '29', min_digits: 2, max_digits: 2 }],
  rewrites: [
    {
      side: 'dialled',
      kind: 'begins',
      pattern: '*31*',
      replacement: '',
      note: 'Code that hides our number',
      enabled: true,
    },
    {
      side: 'caller',
      kind: 'begins',
      pattern: '+44',
      replacement: '0',
      note: 'The trunk of the branch office sends numbers with the country',
      enabled: true,
    },
  ],
};

export const BRANCH_RULES: DialRules = {
  ...RULES,
  exchange: 2,
  country: 'DE',
  area_code: '30',
  outside_line: ['0'],
  extensions: [{ from: null, to: null, min_digits: 3, max_digits: 4 }],
  rewrites: [],
};

function rewrite(number: string, rule: RewriteRule): string {
  const { kind, pattern, replacement } = rule;
  if (kind === 'exactly') return number === pattern ? replacement : number;
  if (kind === 'begins')
    return number.startsWith(pattern) ? replacement + number.slice(pattern.length) : number;
  if (kind === 'ends')
    return number.endsWith(pattern) ? number.slice(0, -pattern.length) + replacement : number;
  try {
    return number.replace(new RegExp(pattern), replacement);
  } catch {
    throw {
      code: 'rewrite-pattern',
      message: `“${pattern}” is not a pattern that can be read.`,
      hint: 'Every bracket that opens must close again.',
    };
  }
}

export function trace(rules: DialRules, typed: string, side: string): NumberTrace {
  const steps: TraceStep[] = [];
  let number = typed.replaceAll(/[\s()/.-]/g, '');
  const step = (rule: string, after: string, because: string) => {
    if (after !== number) steps.push({ rule, before: number, after, because });
    number = after;
  };
  if (number !== typed)
    steps.push({
      rule: 'Plain digits',
      before: typed,
      after: number,
      because: 'Blanks and signs say nothing.',
    });
  for (const rule of rules.rewrites) {
    if (!rule.enabled || (rule.side !== 'both' && rule.side !== side)) continue;
    step(rule.note || 'Rewrite rule', rewrite(number, rule), 'A rewrite rule of this exchange.');
  }
  const inside = rules.extensions.some(
    ({ from, to, min_digits, max_digits }) =>
      number.length >= min_digits &&
      number.length <= max_digits &&
      (from === null || (number >= from && number <= (to ?? from))),
  );
  if (inside) return { steps, class: 'internal', country: null, country_name: null, normal: number };
  const outside =
    side === 'dialled' ? rules.outside_line.find((prefix) => number.startsWith(prefix)) : undefined;
  if (outside) step('Outside line', number.slice(outside.length), `${outside} asks for an outside line.`);
  if (['999', '112'].includes(number)) {
    return {
      steps,
      class: 'emergency',
      country: rules.country,
      country_name: nameOf(rules.country),
      normal: number,
    };
  }
  const abroad = [...(rules.international_prefix.length > 0 ? rules.international_prefix : ['00'])].find(
    (prefix) => number.startsWith(prefix),
  );
  if (abroad)
    step(
      'International prefix',
      `+${number.slice(abroad.length)}`,
      `${abroad} begins a number in another country.`,
    );
  const trunk = rules.trunk_prefix ?? '0';
  const own = CODES[rules.country] ?? '';
  if (!number.startsWith('+')) {
    if (number.startsWith(trunk)) {
      step(
        'Trunk prefix',
        `+${own}${number.slice(trunk.length)}`,
        `${trunk} stands before area codes in ${nameOf(rules.country)}.`,
      );
    } else if (rules.area_code && number.length > 4) {
      step(
        'Area code',
        `+${own}${rules.area_code}${number}`,
        'A local number belongs to the exchange’s own area.',
      );
    }
  }
  const country = COUNTRIES.map(({ id }) => id).find((id) => number.startsWith(`+${CODES[id]}`)) ?? null;
  const kind = !number.startsWith('+')
    ? 'unknown'
    : country !== rules.country
      ? 'international'
      : number.startsWith(`+${own}7`)
        ? 'mobile'
        : number.startsWith(`+${own}${rules.area_code}`)
          ? 'local'
          : 'national';
  return { steps, class: kind, country, country_name: country && nameOf(country), normal: number };
}

const nameOf = (id: string) => COUNTRIES.find((country) => country.id === id)?.name ?? id;

export function changesOf(before: DialRules, after: DialRules, calls: readonly CallRow[]): RulesPreview {
  const counts = new Map<string, { number: string; side: string; calls: number }>();
  for (const call of calls) {
    const side = call.direction === 'inbound' ? 'caller' : 'dialled';
    const number = side === 'caller' ? call.caller.number : call.called.number;
    if (!number) continue;
    const known = counts.get(`${side} ${number}`) ?? { number, side, calls: 0 };
    counts.set(`${side} ${number}`, { ...known, calls: known.calls + 1 });
  }
  const changed = [...counts.values()]
    .map(({ number, side, calls }) => {
      const [was, is] = [trace(before, number, side), trace(after, number, side)];
      return {
        number,
        side,
        calls,
        class_before: was.class,
        class_after: is.class,
        country_before: was.country,
        country_after: is.country,
        normal_before: was.normal,
        normal_after: is.normal,
      };
    })
    .filter(
      (change) => change.normal_before !== change.normal_after || change.class_before !== change.class_after,
    )
    .sort((a, b) => b.calls - a.calls);
  return {
    numbers: counts.size,
    changed: changed.length,
    calls: changed.reduce((sum, change) => sum + change.calls, 0),
    examples: changed.slice(0, 100),
  };
}
