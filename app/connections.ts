import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Takes at most `most` connections. Nobody can keep them from others by opening some and saying nothing: when only a few
 * are left, the one that has been silent for longest is closed for each that comes, and who asks something is soon heard.
 */
export function boundConnections(server: Server, most: number): void {
  server.maxConnections = most;
  let open = 0;
  /** Those of which no request is being answered, the longest silent first. */
  const silent = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open += 1;
    silent.add(socket);
    socket.once("close", () => {
      open -= 1;
      silent.delete(socket);
    });
    if (open > most - spare) close(silent, socket);
  });
  server.on("request", ({ socket }, response) => {
    silent.delete(socket);
    response.once("close", () => {
      if (!socket.destroyed) silent.add(socket);
    });
  });
}

function close(silent: Set<Socket>, newcomer: Socket): void {
  const [longest] = silent;
  if (longest === undefined || longest === newcomer) return;
  // Its end is heard of only later.
  silent.delete(longest);
  longest.destroy();
}

/** For those that come while one closes. */
const spare = 50;
