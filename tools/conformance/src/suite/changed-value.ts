/** Another value of the same form: each letter and digit becomes its neighbour, so that a UUID stays one. */
export function changedValue(value: string): string {
  return value.replaceAll(/[0-9a-z]/gi, (character) => {
    const alphabet = ALPHABETS.find((letters) => letters.includes(character)) ?? character;
    return alphabet.charAt((alphabet.indexOf(character) + 1) % alphabet.length);
  });
}

const ALPHABETS = ['0123456789', 'abcdef', 'ghijklmnopqrstuvwxyz', 'ABCDEF', 'GHIJKLMNOPQRSTUVWXYZ'];
