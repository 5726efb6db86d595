import Module from 'node:module';

/**
 * Lets a CommonJS module that was compiled from an ES module be loaded when something of it is used for the first time,
 * and not already when another module requires it. What takes its place in the module cache until then answers like the
 * module itself. Nothing happens to a module that is loaded already.
 *
 * @param file path of the module
 * @param origins for a module that passes on what others export: names of exports, each with the file that exports it.
 * Who uses one of them loads that file alone.
 */
export function deferModule(
  require: NodeJS.Require,
  file: string,
  origins: ReadonlyMap<string | symbol, string> = new Map(),
): void {
  standIn(
    require,
    file,
    () => require(file) as object,
    {},
    (load, property) => {
      // Compiled code asks for the mark of an ES module as soon as it has required the module.
      if (property === '__esModule') return true;
      const origin = origins.get(property);
      return Reflect.get(origin === undefined ? load() : (require(origin) as object), property);
    },
  );
}

/**
 * The same for a CommonJS module that is a function: it is loaded when the function is called.
 *
 * @param load where the function comes from; default: the module
 */
export function deferFunction(
  require: NodeJS.Require,
  file: string,
  load = (): object => require(file) as object,
): void {
  // An arrow function has no properties that a proxy could not hide.
  standIn(
    require,
    file,
    load,
    () => undefined,
    (loaded, property) => (property === '__esModule' ? undefined : Reflect.get(loaded(), property)),
  );
}

function standIn(
  require: NodeJS.Require,
  file: string,
  load: () => object,
  target: object,
  get: (load: () => object, property: string | symbol) => unknown,
): void {
  if (require.cache[file] !== undefined) return;
  let loaded: object | undefined;
  const loadOnce = (): object => {
    if (loaded === undefined) {
      Reflect.deleteProperty(require.cache, file);
      loaded = load();
    }
    return loaded;
  };
  const module = new Module(file);
  module.filename = file;
  module.loaded = true;
  module.exports = new Proxy(target, {
    get: (_target, property) => get(loadOnce, property),
    has: (_target, property) => Reflect.has(loadOnce(), property),
    ownKeys: () => Reflect.ownKeys(loadOnce()),
    getOwnPropertyDescriptor: (_target, property) => {
      const descriptor = Reflect.getOwnPropertyDescriptor(loadOnce(), property);
      return descriptor && { ...descriptor, configurable: true };
    },
    apply: (_target, self, values: unknown[]): unknown =>
      Reflect.apply(loadOnce() as (...values: unknown[]) => unknown, self, values),
  });
  require.cache[file] = module;
}
