export const DEFAULT_OPTIONS = {
  images: 12,
  rowsPerImage: 30,
  distinctVulnerabilities: 150,
  clusters: 3,
  workloads: 12,
  users: 4,
  oddities: true,
  clusterShape: 'wrapped',
  order: 'shuffled',
  maxPageSize: 200,
  overMaximum: 'clamp',
  me: 'ok',
  canonicalisation: 'js',
  windowSeconds: 300,
};

/** What a simulated Panoptica account holds and how its service behaves. */
export type PanopticaOptions = typeof DEFAULT_OPTIONS;

export const OPTION_CHOICES = Object.freeze({
  clusterShape: ['flat', 'wrapped'],
  order: ['stable', 'shuffled'],
  overMaximum: ['clamp', 'refuse'],
  me: ['ok', 'forbidden', 'not-allowed'],
  canonicalisation: ['js', 'java'],
});

export const OPTION_HELP: Readonly<Record<keyof PanopticaOptions, string>> = Object.freeze({
  images: 'Number of ordinary images.',
  rowsPerImage:
    'Vulnerability rows of each ordinary image; as many pairs, unless there are fewer distinct vulnerabilities.',
  distinctVulnerabilities: 'Distinct vulnerabilities that the ordinary images have between them.',
  clusters: 'Number of ordinary clusters, each with a risk assessment.',
  workloads: 'Number of ordinary workloads, spread over the clusters.',
  users: 'Number of ordinary users, besides the service user that the credentials belong to.',
  oddities: 'Adds every odd record that the service is known for.',
  clusterShape: 'flat: clusters as in 2022; wrapped: with their agent, as since 2023.',
  order: 'stable, or shuffled: records that sort alike come in a new order with each request.',
  maxPageSize: 'Most records of one page.',
  overMaximum: 'What happens to a request for more: clamp, or refuse (400).',
  me: 'What GET and POST /me answer: ok, forbidden (403) or not-allowed (405).',
  canonicalisation: 'js or java: whose way of writing a request is signed.',
  windowSeconds: "How far a request's date may be from the server's.",
});
