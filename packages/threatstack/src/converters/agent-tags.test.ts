import { describe, expect, it } from 'vitest';
import { mergeTags } from './agent-tags.js';

describe('mergeTags', () => {
  it.each([
    ['nothing', undefined, []],
    ['an empty list', [], []],
    ['different keys, in order', [tag('b', '1'), tag('a', '2')], [pair('b', '1'), pair('a', '2')]],
    ['a console tag before the EC2 tag', [tag('owner', 'me'), tag('owner', 'aws', 'ec2')], [pair('owner', 'me')]],
    ['a console tag after the EC2 tag', [tag('owner', 'aws', 'ec2'), tag('owner', 'me')], [pair('owner', 'me')]],
    ['an empty source as console', [tag('owner', 'me', ''), tag('owner', 'aws', 'ec2')], [pair('owner', 'me')]],
    ['two EC2 tags: the later one', [tag('k', '1', 'ec2'), tag('k', '2', 'ec2')], [pair('k', '2')]],
    ['two console tags: the later one', [tag('k', '1'), tag('k', '2')], [pair('k', '2')]],
    ['an empty key', [tag('', 'x'), tag('k', '')], [pair('k', '')]],
    [
      'a key that JavaScript knows',
      [tag('__proto__', 'x'), tag('constructor', 'y')],
      [pair('--proto--', 'x'), pair('constructor', 'y')],
    ],
    [
      'characters that no property may have',
      [tag('aws:autoscaling:groupName', 'w'), tag('cost_center', '7'), tag('Größe', 'L'), tag('a b-c.d', 'e')],
      [pair('aws-autoscaling-groupName', 'w'), pair('cost-center', '7'), pair('Gr--e', 'L'), pair('a b-c.d', 'e')],
    ],
    ['keys that become the same', [tag('a:b', 'console'), tag('a_b', 'ec2', 'ec2')], [pair('a-b', 'console')]],
  ])('merges %s', (_, tags, expected) => {
    expect(mergeTags(tags)).toEqual(expected);
  });
});

function tag(key: string, value: string, source?: string): { key: string; value: string; source?: string } {
  return source === undefined ? { key, value } : { key, value, source };
}

function pair(key: string, value: string): { key: string; value: string } {
  return { key, value };
}
