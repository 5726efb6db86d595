import Module from 'node:module';

/**
 * Lets a CommonJS module that was compiled from an ES module be loaded when something of it is used for the first time,
 * and not already when another module requires it. What takes its place in the module cache until then answers like the
 * module itself. Nothing happens to a module that is loaded already.
 *
 * @param file path of the module
 */
export function deferModule(require: NodeJS.Require, file: string): void {
  if (require.cache[file] !== undefined) return;
  let loaded: object | undefined;
  const load = (): object => {
    if (loaded === undefined) {
      Reflect.deleteProperty(require.cache, file);
      loaded = require(file) as object;
    }
    return loaded;
  };
  const standIn = new Module(file);
  standIn.filename = file;
  standIn.loaded = true;
  standIn.exports = new Proxy(
    {},
    {
      // Compiled code asks for the mark of an ES module as soon as it has required the module.
      get: (_target, property): unknown => (property === '__esModule' ? true : Reflect.get(load(), property)),
      has: (_target, property) => Reflect.has(load(), property),
      ownKeys: () => Reflect.ownKeys(load()),
      getOwnPropertyDescriptor: (_target, property) => {
        const descriptor = Reflect.getOwnPropertyDescriptor(load(), property);
        return descriptor && { ...descriptor, configurable: true };
      },
    },
  );
  require.cache[file] = standIn;
}
