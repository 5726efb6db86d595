import { describe, expect, it } from 'vitest';
import { KeyPlaces } from './key-places.js';

describe('KeyPlaces', () => {
  it('finds the place of each key, however many there are', () => {
    const places = new KeyPlaces();
    const keys = Array.from({ length: 20_000 }, (_, index) => `acme_host:${index}`);
    for (const [place, key] of keys.entries()) places.add(key, place);

    const missed = keys.filter((key, place) => ![...places.candidates(key)].includes(place));

    expect(missed).toEqual([]);
  });

  it('has next to no candidates for a key that was not added', () => {
    const places = new KeyPlaces();
    for (let place = 0; place < 20_000; place += 1) places.add(`acme_host:${place}`, place);

    const candidates = Array.from({ length: 20_000 }, (_, index) => [
      ...places.candidates(`acme_user:${index}`),
    ]).flat();

    expect(candidates.length).toBeLessThan(10);
  });

  it('gives out the places of keys with the same hash', () => {
    const places = new KeyPlaces();
    places.add('same', 0);
    places.add('same', 2 ** 32 - 2);

    expect([...places.candidates('same')]).toEqual([0, 2 ** 32 - 2]);
  });
});
