/** True when a text is an id that EC2 gives to instances; hosts of other clouds have ids of other forms. */
export function isEc2InstanceId(text: string): boolean {
  return /^i-[0-9a-f]{8,17}$/.test(text);
}
