// Names the pretend office knows: contacts outside, people inside.

import type { Contact, ContactImport, ContactPage, ErrorView, ExtensionEntry } from '../backend';
import { PEOPLE } from './office';

const FIRST = ['Aoife', 'Brendan', 'Ciara', 'Declan', 'Eileen', 'Fergal', 'Grainne', 'Hugh', 'Ita', 'Joseph'];
const LAST = [
  'Ahearne',
  'Bolger',
  'Crilly',
  'Devane',
  'Enright',
  'Feeney',
  'Gormley',
  'Hanratty',
  'Jennings',
];
const TRADES = ['Joinery', 'Builders', 'Interiors', 'Roofing'];

const REGULARS: readonly [string, string][] = [
  ['02079460112', 'Marlow & Finch'],
  ['01632960147', 'Dunne Timber'],
  ['01632960822', 'Harbour Surveyors'],
  ['02079460655', 'Glass & Glazing Direct'],
];

const DEPARTMENTS: Record<string, string> = { '16': 'Workshop', '21': 'Accounts' };

const FILE_REJECTS = [
  { line: 14, reason: 'There is no number in it.', text: 'Murtagh & Sons;;;' },
  { line: 58, reason: 'There is neither a name nor an organisation.', text: ';;01632 960 771;' },
];

export class PretendContacts {
  contacts: Contact[];
  directory: ExtensionEntry[];
  readonly #undos = new Map<number, () => void>();
  #next = 100_000;

  /** `many` contacts besides the regular customers. */
  constructor(many: number) {
    this.contacts = many === 0 ? [] : byName([...regulars(), ...made(many)]);
    this.directory =
      many === 0
        ? []
        : [
            ...PEOPLE.map(({ extension, name }, index) => ({
              id: index + 1,
              extension,
              person: name,
              department: DEPARTMENTS[extension] ?? 'Front office',
              from: extension === '12' ? '2026-03-01' : null,
              to: null,
            })),
            {
              id: 40,
              extension: '12',
              person: 'Peter Lawlor',
              department: 'Front office',
              from: null,
              to: '2026-02-28',
            },
          ];
  }

  page(text: string, offset: number, limit: number): ContactPage {
    const wanted = text.toLowerCase();
    const digits = text.replaceAll(/\D/g, '');
    const rows = this.contacts.filter(
      ({ name, organisation, numbers }) =>
        `${name} ${organisation}`.toLowerCase().includes(wanted) ||
        (digits !== '' && numbers.some((number) => number.replaceAll(/\D/g, '').includes(digits))),
    );
    return { rows: rows.slice(offset, offset + limit), total: rows.length, offset };
  }

  save(contact: Contact): Contact {
    if (contact.numbers.some((number) => !/\d/.test(number)))
      throw fault('contact-number', 'A number needs at least one figure.');
    const kept = { ...contact, id: contact.id || (this.#next += 1) };
    this.contacts = byName([...this.contacts.filter(({ id }) => id !== kept.id), kept]);
    return kept;
  }

  delete(id: number): void {
    this.contacts = this.contacts.filter((contact) => contact.id !== id);
  }

  import(): ContactImport {
    const before = this.contacts;
    this.contacts = byName([...before, ...made(3, 'Imported ')]);
    return this.#done('customers.vcf', 3, 2, 11, () => (this.contacts = before));
  }

  saveExtension(entry: ExtensionEntry): ExtensionEntry {
    const other = this.directory.find((known) => known.id !== entry.id && overlap(known, entry));
    if (other) throw fault('extension-taken', `${entry.extension} belongs to ${other.person} in these days.`);
    const kept = { ...entry, id: entry.id || (this.#next += 1) };
    this.directory = [...this.directory.filter(({ id }) => id !== kept.id), kept];
    return kept;
  }

  deleteExtension(id: number): void {
    this.directory = this.directory.filter((entry) => entry.id !== id);
  }

  importDirectory(): ContactImport {
    const before = this.directory;
    this.saveExtension({
      id: 0,
      extension: '17',
      person: 'Una Corry',
      department: 'Workshop',
      from: null,
      to: null,
    });
    return this.#done('directory.csv', 1, 0, 6, () => (this.directory = before));
  }

  undo(id: number): void {
    const back = this.#undos.get(id);
    if (!back) throw fault('nothing-to-undo', 'This import was taken back already.');
    this.#undos.delete(id);
    back();
  }

  #done(file: string, added: number, changed: number, known: number, back: () => void): ContactImport {
    this.#next += 1;
    this.#undos.set(this.#next, back);
    return { file, added, changed, known, rejected: FILE_REJECTS, undo: this.#next };
  }
}

function regulars(): Contact[] {
  return REGULARS.map(([number, organisation], index) => ({
    id: 90_000 + index,
    name: '',
    organisation,
    numbers: [number],
    note: '',
  }));
}

function made(many: number, prefix = ''): Contact[] {
  return Array.from({ length: many }, (_, index) => {
    const last = LAST[index % LAST.length] ?? '';
    const number = `01632 960 ${String((index * 7) % 1000).padStart(3, '0')}`;
    return {
      id: (prefix === '' ? 1 : 50_000) + index,
      name: `${prefix}${FIRST[index % FIRST.length] ?? ''} ${last}`,
      organisation: index % 3 === 0 ? `${last} ${TRADES[index % TRADES.length] ?? ''}` : '',
      numbers: index % 5 === 0 ? [number, `07700 900 ${String(index % 1000).padStart(3, '0')}`] : [number],
      note: index % 11 === 0 ? 'Ask for the site office' : '',
    };
  });
}

const byName = (contacts: Contact[]) => contacts.toSorted((a, b) => (inList(a) < inList(b) ? -1 : 1));

const inList = ({ name, organisation, numbers }: Contact) =>
  `${name || organisation} ${organisation} ${numbers.join(' ')}`;

function overlap(a: ExtensionEntry, b: ExtensionEntry): boolean {
  return (
    a.extension === b.extension &&
    (a.from ?? '') <= (b.to ?? '9999-12-31') &&
    (b.from ?? '') <= (a.to ?? '9999-12-31')
  );
}

function fault(code: string, message: string): ErrorView {
  return { code, message, hint: null };
}
