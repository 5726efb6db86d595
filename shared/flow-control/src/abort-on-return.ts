/**
 * Makes `return()` of an async generator abort its work first. By itself it would wait in line behind a `next()` that is
 * under way, so a consumer that stops would sit through a request nobody wants any more.
 */
export function abortOnReturn<T>(
  generator: AsyncGenerator<T, void, undefined>,
  controller: AbortController,
): AsyncGenerator<T, void, undefined> {
  const finish = generator.return.bind(generator);
  generator.return = (value) => {
    controller.abort();
    return finish(value);
  };
  return generator;
}
