/** One of Aqua's regions: where its API answers and where people use its console. */
export interface Region {
  readonly apiBaseUrl: string;
  readonly consoleUrl: string;
}

/** The regions with an API address that Aqua's own tools use. A key belongs to one region and is refused in the others. */
export const REGIONS = Object.freeze({
  us: region('https://api.cloudsploit.com', 'https://cloud.aquasec.com'),
  'eu-1': region('https://eu-1.api.cloudsploit.com', 'https://eu-1.cloud.aquasec.com'),
  'asia-1': region('https://asia-1.api.cloudsploit.com', 'https://asia-1.cloud.aquasec.com'),
  'asia-2': region('https://asia-2.api.cloudsploit.com', 'https://asia-2.cloud.aquasec.com'),
  'ap-2': region('https://ap-2.api.cloudsploit.com', 'https://ap-2.cloud.aquasec.com'),
});

export type RegionName = keyof typeof REGIONS;

export function isRegionName(name: string): name is RegionName {
  return Object.hasOwn(REGIONS, name);
}

function region(apiBaseUrl: string, consoleUrl: string): Region {
  return Object.freeze({ apiBaseUrl, consoleUrl });
}
