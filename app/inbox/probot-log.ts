import type { Options } from "probot";
import type { Log } from "../ports.ts";

/**
 * Our log in the shape of Probot's. Its chatter is dropped: it prints whole payloads, and those of private repositories
 * belong in no log. What went wrong is told by whoever called it; a fault of its own comes here, without what it was about.
 */
export function probotLog(log: Log): NonNullable<Options["log"]> {
  const tell = () => log.warn("probot");
  const drop = () => undefined;
  const logger: Record<string, unknown> = {
    ...{ trace: drop, debug: drop, info: drop, warn: drop, silent: drop, error: tell, fatal: tell, level: "error" },
    child: () => logger,
  };
  const shape: unknown = logger;
  // Probot asks for the whole of pino's type and calls these methods.
  return shape as NonNullable<Options["log"]>;
}
