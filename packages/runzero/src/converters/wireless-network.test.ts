import { expect, it } from 'vitest';
import { toWirelessNetworkEntity } from './wireless-network.js';

const ID = '4cdaab83-0000-4000-8000-000000000022';

it.each([
  [{ essid: 'Café', bssid: '02:00:5e:00:00:01' }, 'Café'],
  [{ essid: '', bssid: '02:00:5e:00:00:01' }, '02:00:5e:00:00:01'],
  [{}, ID],
])('calls %j %s', (fields, name) => {
  expect(toWirelessNetworkEntity({ id: ID, last_seen: 1645735452, ...fields })).toMatchObject({
    _key: ID,
    _type: 'rumble_wireless_network',
    _class: ['Network'],
    name,
    displayName: name,
    wireless: true,
    CIDR: null,
    public: false,
    internal: null,
    lastSeenOn: 1645735452000,
  });
});
