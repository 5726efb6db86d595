/** A name that Mermaid takes for one word and not for one of its own, such as `end`. */
export function mermaidId(name: string): string {
  return `n_${name.replace(/[^A-Za-z0-9_]/g, (character) => `_${character.charCodeAt(0).toString(16)}_`)}`;
}

/** A text inside a label: everything that could end the label or be read as markup is written as its code. */
export function mermaidText(text: string): string {
  return text.replace(/["#;<>[\](){}|\\`]/g, (character) => `#${character.charCodeAt(0)};`).replace(/\s+/g, ' ');
}
