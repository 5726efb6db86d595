/** An option that the simulator does not have, or a value that it cannot take. The message names what it does take. */
export class SimulatorOptionError extends Error {
  override readonly name = 'SimulatorOptionError';
}
