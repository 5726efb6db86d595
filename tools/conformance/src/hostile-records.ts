/** So many levels of lists in lists. */
function nested(levels: number): unknown {
  let value: unknown = 'inside';
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

/** What may stand where a record is due. */
export const HOSTILE_RECORDS: readonly (readonly [what: string, record: unknown])[] = [
  ['null', null],
  ['a number', 2 ** 60],
  ['a text', '=cmd|/c calc'],
  ['an empty object', {}],
  ['a list', []],
  [
    'keys of prototypes',
    JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"id":"__proto__"}'),
  ],
  [
    'an id that climbs out of a folder',
    { id: '../../../../../../etc/passwd', agentId: '..', _type: '/etc', name: '..\\..\\' },
  ],
  ['3,000 levels of nesting', { id: 'x', deep: nested(3_000) }],
];

/** What may stand in any field that holds a text. */
const HOSTILE_VALUES: readonly unknown[] = [
  '\u001b[2J\u001b]0;title\u0007\u009b31m',
  '__proto__',
  'constructor',
  '\u0000\ud800\u202e',
  'x'.repeat(1024 * 1024),
  '../../../../etc/passwd',
  '=HYPERLINK("http://evil.example","x")',
  '9999999-12-31T23:59:59Z',
  '1066-10-14T00:00:00Z',
  2 ** 53 + 1,
  -1e308,
  nested(500),
];

/** Records in which every text, and every number, was replaced by one hostile value. */
export function hostileVariants(): ((record: unknown) => unknown)[] {
  return HOSTILE_VALUES.map((value) => (record) => {
    const fields = Object.entries(record as object).map(([name, field]: [string, unknown]) => [
      name,
      typeof field === typeof value || (typeof value === 'object' && typeof field === 'string') ? value : field,
    ]);
    return Object.fromEntries(fields) as unknown;
  });
}
