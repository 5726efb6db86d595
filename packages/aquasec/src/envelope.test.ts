import { describe, expect, it } from 'vitest';
import { isSuccess, vendorMessage } from './envelope.js';

describe('isSuccess', () => {
  it.each([
    [{ status: 200, code: 0, data: [] }, true],
    [{ data: {} }, true],
    [{ status: 200, code: 1, data: [] }, false],
    [{ status: 403, code: 0, data: [] }, false],
    [{ status: '200', data: [] }, false],
    [{ status: 200, code: 0 }, false],
    [{ status: 200, code: 0, data: null }, false],
    [[], false],
    [null, false],
    ['ok', false],
  ])('says of %j: %s', (body, expected) => {
    expect(isSuccess(body)).toBe(expected);
  });
});

describe('vendorMessage', () => {
  it.each([
    [{ message: 'Access denied', errors: ['Please login.', 'Really.'] }, 'Access denied; Please login.; Really.'],
    [{ message: 'Too Many Requests' }, 'Too Many Requests'],
    [{ errors: ['bad', 7, ''] }, 'bad'],
    [{ message: '', errors: [] }, undefined],
    [{ message: { nested: true } }, undefined],
    ['text', undefined],
    [null, undefined],
  ])('reads %j', (body, expected) => {
    expect(vendorMessage(body)).toBe(expected);
  });
});
