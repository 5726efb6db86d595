import { answerBytes, type FaultSchedule, type TrueAnswer } from './wire-proxy.js';

/**
 * What was answered to the first request for a path is answered to all later ones, whatever their query: pages repeat.
 *
 * @param most so many requests are answered, so that a client that never notices comes to an end
 */
export function firstAnswersForEver(most: number): FaultSchedule {
  const answers = new Map<string, TrueAnswer>();
  let requests = 0;
  return (request) => {
    requests += 1;
    if (requests > most) return ({ socket }) => void socket.destroy();
    return async ({ answer, socket }) => {
      const known = answers.get(request.path) ?? (await answer());
      answers.set(request.path, known);
      socket.write(answerBytes(known));
    };
  };
}
