/** What an element is made of. Text only ever becomes text: nothing on this page is parsed as markup. */
interface ElementParts {
  className?: string;
  text?: string;
  title?: string;
  /** Attributes: `aria-label`, `role`, `for`. */
  attributes?: Readonly<Record<string, string>>;
  children?: readonly Node[];
}

/** Makes an element. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  { className, text, title, attributes = {}, children = [] }: ElementParts = {},
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className !== undefined) made.className = className;
  if (text !== undefined) made.textContent = text;
  if (title !== undefined) made.title = title;
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** Makes a button. */
export function button(text: string, onClick: () => void, parts: ElementParts = {}): HTMLButtonElement {
  const made = element('button', { text, ...parts });
  made.type = 'button';
  made.addEventListener('click', onClick);
  return made;
}

/** `1,234`. */
export function amount(value: number): string {
  return value.toLocaleString('en-US');
}
