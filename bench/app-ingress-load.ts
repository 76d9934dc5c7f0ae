import { createHmac, randomUUID } from "node:crypto";
import { Agent, request } from "node:http";

export const secret = "a secret of the benchmark's: 4f1c9b0a7d3e52866a0fd2c4";

/** What an acknowledgement took, in milliseconds; null when there was none. */
export type Sent = (number: number) => Promise<number | null>;

/** Posts pull requests of 500 numbers, some 12 kB each as GitHub's are, over connections that stay. */
export function sender(port: number, path: string): { send: Sent; close: () => void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const send: Sent = (number) => {
    const body = pullRequest((number % 500) + 1);
    const signature = createHmac("sha256", secret).update(body).digest("hex");
    const headers = {
      ...{ "content-type": "application/json", "content-length": Buffer.byteLength(body) },
      ...{ "x-github-event": "pull_request", "x-github-delivery": randomUUID() },
      "x-hub-signature-256": `sha256=${signature}`,
    };
    const began = performance.now();
    return new Promise((resolve) => {
      const sent = request({ host: "127.0.0.1", port, path, method: "POST", agent, headers }, (response) => {
        const isAcknowledged = response.statusCode === 200 || response.statusCode === 202;
        response.resume().on("end", () => resolve(isAcknowledged ? performance.now() - began : null));
      });
      sent.on("error", () => resolve(null));
      sent.end(body);
    });
  };
  return { send, close: () => agent.destroy() };
}

const filler = "a line of some description, as people write them. ".repeat(230);

function pullRequest(number: number): string {
  const user = { id: 1, login: "mona", type: "User" };
  return JSON.stringify({
    ...{ action: "synchronize", number, installation: { id: 9 }, sender: user },
    repository: { id: 7, name: "orders", full_name: "octo/orders", owner: user, default_branch: "main" },
    pull_request: {
      ...{ id: 70 + number, number, state: "open", title: "Refund in the currency of the order", body: filler, user },
      ...{ head: { ref: "refunds", sha: "1".repeat(40) }, base: { ref: "main", sha: "2".repeat(40) } },
    },
  });
}

/** A signature that nobody made, and a body that goes on for `bytes`. The status; 0 when the connection broke. */
export function forged(port: number, path: string, bytes: number): Promise<number> {
  const piece = Buffer.alloc(64 * 1024, 32);
  const headers = {
    ...{ "content-type": "application/json", "x-github-event": "push", "x-github-delivery": randomUUID() },
    "x-hub-signature-256": `sha256=${"0".repeat(64)}`,
  };
  return new Promise((resolve) => {
    let left = bytes;
    const sent = request({ host: "127.0.0.1", port, path, method: "POST", agent: false, headers }, (response) => {
      response.resume();
      left = 0;
      resolve(response.statusCode ?? 0);
    });
    const more = (): void => {
      while (left > 0) {
        left -= piece.length;
        if (!sent.write(piece)) return void sent.once("drain", more);
      }
      sent.end();
    };
    sent.on("error", () => {
      left = 0;
      resolve(0);
    });
    more();
  });
}
