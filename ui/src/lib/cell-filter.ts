// The filters that a call itself offers: "only calls with this caller".

import type { CallRow, PartyView } from '../backend/backend';
import type { ColumnId } from './call-columns';
import { countryName } from './countries';
import type { Filters } from './filters';
import { formatParty } from './format';
import { t, tCode } from './messages';

export interface CellFilter {
  /** The column whose cell says it. */
  column: ColumnId;
  label: string;
  filters: Partial<Filters>;
}

/** What can be made a filter of this call, in the order of the usual columns; the pointed-at column first. */
export function cellFilters(call: CallRow, pointed: ColumnId | null): CellFilter[] {
  const known: (CellFilter | null)[] = [
    ofParty('caller', call.caller),
    // Where our own number was called, it is that number that is meant and not a party.
    call.did !== null && call.did === call.called.number
      ? word('called', call.did, 'did', 'only.did')
      : ofParty('called', call.called),
    word('extension', call.answered_by, 'extension', 'only.extension'),
    call.state === 'over'
      ? {
          column: 'outcome',
          label: t('only.outcome', { value: tCode('outcome.', call.outcome) }),
          filters: { outcomes: [call.outcome] },
        }
      : null,
    {
      column: 'start',
      label: t('only.direction', { value: tCode('direction.', call.direction) }),
      filters: { directions: [call.direction] },
    },
    word('trunk', call.trunk, 'trunk', 'only.trunk'),
    call.did === call.called.number ? null : word('did', call.did, 'did', 'only.did'),
    word('queue', call.queue, 'queue', 'only.queue'),
    word('account-code', call.account_code, 'accountCode', 'only.account'),
    call.class === null
      ? null
      : {
          column: 'class',
          label: t('only.class', { value: tCode('number-class.', call.class) }),
          filters: { classes: [call.class] },
        },
    call.country === null
      ? null
      : {
          column: 'country',
          label: t('only.country', { value: countryName(call.country) }),
          filters: { countries: [call.country] },
        },
    call.outcome_code === null
      ? null
      : {
          column: 'outcome-code',
          label: t('only.code', { value: call.outcome_code.name }),
          filters: { outcomeCodes: [call.outcome_code.code] },
        },
    ...call.tags.map((tag): CellFilter => ({
      column: 'tags',
      label: t('only.tag', { value: tag }),
      filters: { tags: [tag] },
    })),
  ];
  const offered = known.filter((filter) => filter !== null);
  return [
    ...offered.filter(({ column }) => column === pointed),
    ...offered.filter(({ column }) => column !== pointed),
  ];
}

/** By number, which is the same however the name is written; by name where there is no number. */
function ofParty(column: 'caller' | 'called', party: PartyView): CellFilter | null {
  const text = party.number ?? party.extension ?? party.name;
  if (text === null) return null;
  return {
    column,
    label: t('only.party', { value: formatParty(party) }),
    filters: { party: { how: 'exactly', text } },
  };
}

function word(
  column: ColumnId,
  value: string | null,
  filter: 'extension' | 'trunk' | 'did' | 'queue' | 'accountCode',
  label: 'only.extension' | 'only.trunk' | 'only.did' | 'only.queue' | 'only.account',
): CellFilter | null {
  return value === null ? null : { column, label: t(label, { value }), filters: { [filter]: value } };
}
