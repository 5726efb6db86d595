/** Light or dark: as the system has it until somebody switches. */
export type Theme = 'light' | 'dark';

const STORED = 'vendor-graph-theme';

/** Knows and switches the theme. */
export class ThemeSwitch {
  readonly #onChange: () => void;
  readonly #system = matchMedia('(prefers-color-scheme: dark)');

  constructor(onChange: () => void) {
    this.#onChange = onChange;
    const stored = storedTheme();
    if (stored !== undefined) document.documentElement.dataset['theme'] = stored;
    this.#system.addEventListener('change', onChange);
  }

  get current(): Theme {
    const chosen = document.documentElement.dataset['theme'];
    return chosen === 'light' || chosen === 'dark' ? chosen : this.#system.matches ? 'dark' : 'light';
  }

  toggle(): void {
    const theme = this.current === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = theme;
    try {
      localStorage.setItem(STORED, theme);
    } catch {
      // Some browsers keep nothing for files; the switch works all the same.
    }
    this.#onChange();
  }
}

/** A colour of the style sheet, as it is in the current theme. */
export function themeColour(name: string): string {
  // The property itself holds both themes' colours; an element that uses it has one of them.
  const user = document.body.appendChild(document.createElement('span'));
  user.hidden = true;
  user.style.color = `var(--${name})`;
  const { color } = getComputedStyle(user);
  user.remove();
  return color;
}

/** The fonts of the style sheet. */
export function themeFont(): string {
  return getComputedStyle(document.body).fontFamily;
}

function storedTheme(): Theme | undefined {
  try {
    const stored = localStorage.getItem(STORED);
    return stored === 'light' || stored === 'dark' ? stored : undefined;
  } catch {
    return undefined;
  }
}
