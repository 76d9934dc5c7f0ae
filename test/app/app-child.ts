import { runApp } from "../../app/run.ts";

/** The App in a process of its own, with a judge that never comes to an end. */
const stopping = new AbortController();
process.once("SIGTERM", () => stopping.abort());
await runApp({
  environment: process.env,
  folder: process.cwd(),
  write: (line) => process.stdout.write(line),
  signal: stopping.signal,
  judge: () => (subject, signal) => {
    process.stdout.write(`${JSON.stringify({ event: "judging", subject })}\n`);
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("given up"))));
  },
});
