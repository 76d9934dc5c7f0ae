import type { IncomingMessage } from "node:http";
import type { BodyPlace } from "./body-places.ts";

/**
 * The body of a request, at most `limit` bytes of it, good until its place is left. `tooLarge`: there was more, of which
 * nothing was kept. `gone`: the sender hung up. `slow`: its place is another's by now. A body that outgrows a small place waits
 * for a large one with its sender held back.
 */
export function readBody(
  request: IncomingMessage,
  limit: number,
  place: BodyPlace,
): Promise<Buffer | "tooLarge" | "gone" | "slow"> {
  return new Promise((resolve) => {
    // Most bodies come in one piece, which is used as it came. Further ones are not kept: a sender that splits a body into
    // single bytes would make an object of each.
    let memory: Buffer = nothing;
    let length = 0;
    let isSettled = false;
    const settle = (result: Buffer | "tooLarge" | "gone" | "slow"): void => {
      isSettled = true;
      place.end();
      request.off("data", take).off("end", end).off("close", gone).off("error", gone);
      resolve(result);
    };
    const end = (): void => settle(memory.subarray(0, length));
    const gone = (): void => settle("gone");
    const add = (chunk: Buffer): void => {
      chunk.copy(memory, length);
      length += chunk.length;
    };
    const take = (chunk: Buffer): void => {
      const least = length + chunk.length;
      if (least > limit) settle("tooLarge");
      else if (length === 0 && least <= place.smallBytes) {
        memory = chunk;
        length = least;
      } else if (least <= Math.max(memory.length, place.smallBytes)) {
        if (least > memory.length) memory = moved(memory, length, Buffer.allocUnsafeSlow(doubled(firstBytes, least)));
        add(chunk);
      } else {
        request.pause();
        void place.grow().then((large) => {
          // By now it is another's.
          if (isSettled) return;
          memory = moved(memory, length, large);
          add(chunk);
          request.resume();
        });
      }
    };
    place.begin({ bytes: () => length, evict: () => settle("slow") });
    request.on("data", take).on("end", end).on("close", gone).on("error", gone);
  });
}

const nothing = Buffer.alloc(0);
const firstBytes = 16 * 1024;

function doubled(size: number, least: number): number {
  return size >= least ? size : doubled(size * 2, least);
}

function moved(from: Buffer, length: number, to: Buffer): Buffer {
  from.copy(to, 0, 0, length);
  return to;
}
