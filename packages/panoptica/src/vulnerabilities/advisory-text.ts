import type { Vulnerability } from '../records.js';

/** What all rows of one vulnerability say alike. */
export type Advisory = Omit<Vulnerability, 'layerName' | 'vulnerabilitySources'>;

/**
 * An advisory as one text: how long each field is, then the fields. It is made and read in a third of the time of JSON;
 * there are hundreds of thousands of them.
 */
export function advisoryText({ id, name, description, link, severity, cvss = {} }: Advisory): string {
  const fields = [
    id,
    name,
    description,
    link,
    severity,
    cvss.score?.toString(),
    cvss.attackVector,
    cvss.attackComplexity,
    cvss.privilegesRequired,
    cvss.userInteraction,
    cvss.scope,
    cvss.confidentialityImpact,
    cvss.integrityImpact,
    cvss.availabilityImpact,
  ];
  let lengths = '';
  let contents = '';
  for (const field of fields) {
    // No length: there is no such field.
    lengths += field === undefined ? ',' : `${field.length},`;
    contents += field ?? '';
  }
  return `${lengths};${contents}`;
}

/** The advisory that such a text was made of. No metrics and metrics that are all unknown are the same. */
export function advisoryIn(text: string): Advisory {
  let lengthAt = 0;
  let at = text.indexOf(';') + 1;
  const next = (): string | undefined => {
    const end = text.indexOf(',', lengthAt);
    const length = text.slice(lengthAt, end);
    lengthAt = end + 1;
    if (length === '') return undefined;
    const start = at;
    at += Number(length);
    return text.slice(start, at);
  };
  const [id = '', name, description, link, severity] = [next(), next(), next(), next(), next()];
  // Nothing is left: the service knows no metrics, or said that it knows none of them.
  if (at === text.length) return { id, name, description, link, severity };
  const score = next();
  return {
    id,
    name,
    description,
    link,
    severity,
    cvss: {
      score: score === undefined ? undefined : Number(score),
      attackVector: next(),
      attackComplexity: next(),
      privilegesRequired: next(),
      userInteraction: next(),
      scope: next(),
      confidentialityImpact: next(),
      integrityImpact: next(),
      availabilityImpact: next(),
    },
  };
}
