import type { SyntaxNode } from "../../syntax/index.ts";
import type { Pattern } from "../pattern.ts";
import { retryCalls, retryLoops, type RetryLoop } from "../retry-loops.ts";
import { retrySettings } from "../retry-settings.ts";

/** A retry that never gives up, or gives the other side no time to recover. */
export const unboundedRetry: Pattern = {
  rule: {
    id: "unbounded-retry",
    title: "A retry has no end or no pause",
    help: "Count the attempts or set a deadline, wait between them, and retry only what may pass.",
    confidence: "medium",
    severity: { human: "warning", aiEdited: "warning", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger:
    /[rR]etr(?:y|ies)|RETR|[bB]ackoff|[bB]ackOff|attempt|tries|while|for ?\{|for ?\(;|\bcatch\b|\bexcept\b|\bcount\(|tenacity/,
  find(file, report) {
    for (const loop of retryLoops(file)) {
      if (!loop.isBounded)
        report(headOf(loop.node), "This retry never gives up: nothing in it counts or watches the time.");
      else if (hammers(loop))
        report(headOf(loop.node), "This retry asks again at once: it gives the other side no time.");
    }
    for (const { node, isBounded } of retryCalls(file))
      if (!isBounded) report(node, "This function calls itself again whenever it fails, and never gives up.");
    for (const { node, lacks } of retrySettings(file))
      if (lacks === "end") report(node, "This retry is set to go on for ever.");
  },
};

function headOf(loop: SyntaxNode): { start: number; end: number } {
  return { start: loop.start, end: Math.max(loop.start + 1, loop.part("body")?.start ?? loop.end) };
}

/** Requests over the network, one after the other. */
function hammers({ node, pauses }: RetryLoop): boolean {
  const text = node.text.slice(0, 4000);
  return pauses.length === 0 && requests.test(text) && !ownPause.test(text);
}

const requests =
  /\bfetch\(|\baxios\b|\bgot\(|\brequests\.(?:get|post|put|patch|delete|request)\(|\bhttpx\.|\burlopen\(|\bhttp\.(?:Get|Post|Do)\(|\b[cC]lient\.(?:Do|send|execute|newCall)\(|\.(?:getForObject|postForObject|exchange)\(/;
/** A pause under a name of the project's own. */
const ownPause = /sleep|delay|\bwait|pause|backoff|setTimeout|timer|ticker|After\(/i;
