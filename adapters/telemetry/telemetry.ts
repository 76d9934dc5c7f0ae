import type { Stage, StageAttributes } from "../../core/stage.ts";

/** The trace of one run, or the absence of one. Nothing here throws: a gate never fails for its telemetry. */
export interface Telemetry {
  stage: Stage;
  /** Adds attributes to the span of the whole run, for what is known only when it has been read. */
  describe: (attributes: StageAttributes) => void;
  /** Ends the run's span and sends the trace. Resolves within `timeoutMs`, with a notice for people if it was not delivered. */
  shutdown: (timeoutMs: number) => Promise<string | null>;
}
