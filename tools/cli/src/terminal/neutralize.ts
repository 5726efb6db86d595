/** Control characters, and those that turn the direction of writing: both can make a terminal show what is not there. */
const DANGEROUS = /\p{Cc}|\p{Bidi_Control}|[\u2028\u2029]/gu;

/**
 * A text of a vendor made harmless for a terminal: escape sequences, carriage returns and changes of the writing
 * direction are shown as `\u001b`. Line breaks and tabs stay.
 */
export function neutralize(text: string): string {
  return text.replace(DANGEROUS, (character) =>
    character === '\n' || character === '\t' ? character : shown(character),
  );
}

/** As `neutralize`, for a text that has to stay on one line: line breaks and tabs become spaces. */
export function neutralizeLine(text: string): string {
  return neutralize(text.replace(/\s*[\r\n\t]\s*/g, ' '));
}

function shown(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
