import { describe, expect, it } from 'vitest';
import { simulatorDefinition, simulatorDefinitions, startSimulator } from './registry.js';

const vendors = Object.keys(simulatorDefinitions);

describe('the registry', () => {
  it('has a simulator for every vendor', () => {
    expect(vendors).toEqual(expect.arrayContaining(['aquasec', 'panoptica', 'runzero', 'threatstack']));
  });

  describe.each(vendors)('%s', (vendor) => {
    it('explains each of its options', () => {
      const { vendor: name, title, defaults, optionHelp } = simulatorDefinition(vendor);

      expect(name).toBe(vendor);
      expect(title).not.toBe('');
      expect(Object.keys(optionHelp).toSorted()).toEqual(Object.keys(defaults).toSorted());
    });

    it('starts on a free port of loopback, with credentials that name its address, and ends', async () => {
      const simulator = await startSimulator(vendor);
      const { baseUrl, credentials } = simulator;
      await simulator.close();

      expect(simulator.vendor).toBe(vendor);
      expect(new URL(baseUrl).hostname).toBe('127.0.0.1');
      expect(baseUrl.endsWith('/')).toBe(false);
      expect(credentials['default']).toMatchObject({ apiBaseUrl: baseUrl });
      await expect(fetch(baseUrl)).rejects.toThrow();
    });

    it('refuses an option that it does not have', async () => {
      const start = simulatorDefinition(vendor).start({ noSuchOption: 1 } as object);

      await expect(start).rejects.toThrow(`The ${vendor} simulator has no option "noSuchOption".`);
    });
  });

  it.each(['nobody', 'toString', '__proto__', ''])('has none for "%s" and names those that it has', (vendor) => {
    expect(() => simulatorDefinition(vendor)).toThrow(
      new RangeError(`There is no simulator for "${vendor}". There are: ${vendors.join(', ')}.`),
    );
  });
});
