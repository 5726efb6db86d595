/** `850 ms`, `4.2 s`, `3 min 07 s`, `2 h 05 min`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 10) return `${(ms / 1000).toFixed(1)} s`;
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${twoDigits(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}

/** `12 B`, `3.4 kB`, `5.6 MB`. */
export function bytes(amount: number): string {
  if (amount < 1000) return `${amount} B`;
  if (amount < 1_000_000) return `${(amount / 1000).toFixed(1)} kB`;
  return `${(amount / 1_000_000).toFixed(1)} MB`;
}

/** `1,234`. */
export function count(amount: number): string {
  return amount.toLocaleString('en-US');
}

/** `1 request`, `2 requests`. */
export function counted(amount: number, singular: string, plural = `${singular}s`): string {
  return `${count(amount)} ${amount === 1 ? singular : plural}`;
}

function twoDigits(amount: number): string {
  return String(amount).padStart(2, '0');
}
