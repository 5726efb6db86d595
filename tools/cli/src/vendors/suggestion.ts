import { distance } from 'fastest-levenshtein';

/** Beyond this share of changed letters a word is another word, not a misspelt one. */
const MISSPELT = 0.5;

/** The known word that somebody meant who wrote `word`; undefined when none is like it. */
export function suggestion(word: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({
      candidate,
      changed: distance(word.toLowerCase(), candidate.toLowerCase()) / candidate.length,
    }))
    .sort((a, b) => a.changed - b.changed);
  return best !== undefined && best.changed <= MISSPELT ? best.candidate : undefined;
}

/** " Did you mean x? Known are: x, y." after a message about an unknown word. */
export function knownWords(word: string, known: readonly string[]): string {
  const meant = suggestion(word, known);
  const question = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return known.length === 0 ? '' : `${question} Known: ${known.join(', ')}.`;
}
