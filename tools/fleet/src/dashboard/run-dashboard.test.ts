import { describe, expect, it } from 'vitest';
import { dashboardLogin } from './run-dashboard.js';

const PASSWORD = { VENDOR_GRAPH_DASHBOARD_PASSWORD: 'long-enough-password' };

describe('dashboardLogin', () => {
  it.each(['127.0.0.1', 'localhost', '::1', '127.8.0.1'])('needs no password at %s', (host) => {
    expect(dashboardLogin(host, {})).toBeUndefined();
  });

  it.each(['0.0.0.0', '::', '10.0.0.1', 'fleet.example'])('needs one at %s', (host) => {
    expect(() => dashboardLogin(host, {})).toThrow('so it needs a password');
    expect(dashboardLogin(host, PASSWORD)).toEqual({ user: 'fleet', password: 'long-enough-password' });
  });

  it('takes the password that there is on loopback, too', () => {
    expect(dashboardLogin('127.0.0.1', { ...PASSWORD, VENDOR_GRAPH_DASHBOARD_USER: 'me' })).toMatchObject({
      user: 'me',
    });
  });

  it.each([
    ['short', { VENDOR_GRAPH_DASHBOARD_PASSWORD: 'short' }, 'fewer than 12 characters'],
    ['in a file that is not there', { VENDOR_GRAPH_DASHBOARD_PASSWORD_FILE: '/nowhere' }, 'cannot be read'],
  ])('refuses a password that is %s', (_what, env, message) => {
    expect(() => dashboardLogin('0.0.0.0', env)).toThrow(message);
  });
});
