/** For an option that can be given several times, each time with one value or a comma list. */
export function repeatable(value: string, previous: string[]): string[] {
  return [
    ...previous,
    ...value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  ];
}
