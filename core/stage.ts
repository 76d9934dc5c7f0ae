/** What a stage may say about itself in a trace. */
export type StageAttributes = Record<string, string | number | boolean>;

/**
 * Runs one named stage of the line from facts to publication. Handed in as an argument, so that a run can be traced
 * without any stage knowing of tracing. Passes the stage's result and errors through unchanged.
 */
export type Stage = <T>(name: string, run: () => T | Promise<T>, attributes?: StageAttributes) => Promise<T>;

/** The stage runner that traces nothing. */
export const plainStage: Stage = async (_name, run) => run();
