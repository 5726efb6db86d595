import type { Socket } from 'node:net';

/**
 * Sends a TCP reset and nothing else. `socket.resetAndDestroy()` ends the stream first, so that the other side often sees
 * an orderly end before the reset; setting the flag that it sets and destroying the socket leaves that end out.
 */
export function resetConnection(socket: Socket): void {
  Object.assign(socket, { resetAndClosing: true });
  socket.destroy();
}
