import { count, counted, duration } from '../terminal/amounts.js';
import { neutralizeLine } from '../terminal/neutralize.js';
import { stepStatus } from '../summary/status-words.js';
import type { StepProgress } from './run-progress.js';

const WAITS = Object.freeze({ 'rate-limit': 'rate limit', backoff: 'retry' });

/** A running step: `1,200 objects, 40/s, 31 s, waits: rate limit, 41 s`. */
export function runningWords(step: StepProgress, now: number): string {
  const elapsed = now - step.startedAt;
  const words = [counted(step.objects, 'object')];
  if (step.objects > 0 && elapsed >= 1000) words.push(`${count(Math.round(step.objects / (elapsed / 1000)))}/s`);
  words.push(duration(elapsed));
  const { wait } = step;
  if (wait !== undefined && wait.untilMs > now)
    words.push(`waits: ${WAITS[wait.reason]}, ${duration(wait.untilMs - now)}`);
  return words.join(', ');
}

/** A step that has ended: `done, 1,200 objects in 31 s`, `FAILED after 2 s: why`. */
export function endWords(step: StepProgress): string {
  if (step.end === undefined) return '';
  const { status, durationMs, error } = step.end;
  if (error !== undefined) return `${stepStatus(status)} after ${duration(durationMs)}: ${neutralizeLine(error)}`;
  return `${stepStatus(status)}, ${counted(step.objects, 'object')} in ${duration(durationMs)}`;
}
