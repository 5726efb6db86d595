/** One instruction of a Dockerfile. */
interface Instruction {
  readonly keyword: string;
  readonly rest: string;
}

/**
 * Where a Dockerfile breaks our rules: a base that is pinned to a version, no secrets, no code of dependencies at the
 * build, nothing fetched, a user with a number that is not root, and one process that gets the signals.
 */
export function dockerfileProblems(text: string): string[] {
  const instructions = instructionsOf(text);
  const all = (keyword: string): string[] =>
    instructions.filter((one) => one.keyword === keyword).map(({ rest }) => rest);
  const stages = all('FROM').flatMap((rest) => / AS (\S+)$/i.exec(rest)?.[1] ?? []);
  return [
    ...all('FROM')
      .map((rest) => rest.split(' ')[0] ?? '')
      .filter((image) => !stages.includes(image) && !/:\d+\.\d+\.\d+\S*(@sha256:[0-9a-f]{64})?$/.test(image))
      .map((image) => `FROM ${image} must name a whole version`),
    ...(/^[1-9]\d*:[1-9]\d*$/.test(all('USER').at(-1) ?? '') ? [] : ['the last USER must be a number, and not root']),
    ...all('ENTRYPOINT')
      .concat(all('CMD'))
      .filter((rest) => !rest.startsWith('['))
      .map((rest) => `"${rest}" starts a shell, which keeps the signals`),
    ...(all('ENTRYPOINT').length === 1 ? [] : ['there must be one ENTRYPOINT']),
    ...all('ADD').map((rest) => `ADD ${rest} may fetch and unpack: use COPY`),
    ...all('ENV')
      .concat(all('ARG'))
      .filter((rest) => /KEY|TOKEN|SECRET|PASSWORD/i.test(rest))
      .map((rest) => `"${rest}" looks like a secret: it would stay in the image`),
    ...all('RUN')
      .filter((rest) => /npm (ci|install)/.test(rest) && !rest.includes('--ignore-scripts'))
      .map((rest) => `"${rest}" runs scripts of dependencies`),
    ...all('RUN')
      .filter((rest) => /\b(curl|wget|sudo)\b/.test(rest))
      .map((rest) => `"${rest}" fetches what nobody pinned`),
  ];
}

function instructionsOf(text: string): Instruction[] {
  return text
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .flatMap((line) => {
      const [, keyword, rest] = /^\s*([A-Za-z]+)\s+(.*?)\s*$/.exec(line) ?? [];
      return keyword === undefined || rest === undefined ? [] : [{ keyword: keyword.toUpperCase(), rest }];
    });
}
