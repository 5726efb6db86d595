/** One line of a worker's log. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** What a worker says: lines of JSON, or lines for people. */
export type WorkerLog = (level: 'info' | 'warn' | 'error', message: string, fields?: LogFields) => void;

/** A log that writes its lines to stderr, or wherever it is told. */
export function workerLog(format: 'pretty' | 'json', write: (line: string) => void, now = Date.now): WorkerLog {
  return (level, message, fields = {}) => {
    const time = new Date(now()).toISOString();
    if (format === 'json') {
      write(`${JSON.stringify({ time, level, message, ...fields })}\n`);
      return;
    }
    const { account, ...others } = fields;
    const details = Object.entries(others).map(([name, value]) => (value === undefined ? '' : ` ${name}=${value}`));
    const who = account === undefined ? '' : `${account}: `;
    write(`${time} ${level} ${printable(`${who}${message}`)}${details.join('')}\n`);
  };
}

/** Texts of programs must not move the terminal's cursor. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\u00b7');
}
