/** The operating system families that JupiterOne's class Device knows and runZero can tell. */
export type OsType = 'android' | 'chromeos' | 'darwin' | 'ios' | 'linux' | 'other' | 'unix' | 'windows';

/** First hit wins: "Google Linux Android" is Android, and a ChromeOS text may name Linux. */
const FAMILIES: readonly { type: OsType; text: RegExp; vendor?: RegExp }[] = [
  { type: 'android', text: /android/i },
  { type: 'chromeos', text: /chrome ?os/i },
  { type: 'windows', text: /windows/i },
  { type: 'darwin', text: /mac ?os|\bos x\b/i },
  // Cisco's IOS is not Apple's.
  { type: 'ios', text: /\b(?:ios|ipados)\b/i, vendor: /apple/i },
  { type: 'linux', text: /linux/i },
  { type: 'unix', text: /bsd|solaris|\baix\b|hp-ux|unix/i },
];

/**
 * The family of an operating system by runZero's text for it, null when runZero knows none.
 *
 * @param os runZero's assembled text, such as "Apple macOS"
 * @param vendor runZero's vendor of the operating system
 */
export function osTypeOf(os: string | undefined, vendor: string | undefined): OsType | null {
  if (os === undefined) return null;
  const maker = vendor ?? os;
  return FAMILIES.find((family) => family.text.test(os) && (family.vendor?.test(maker) ?? true))?.type ?? 'other';
}
