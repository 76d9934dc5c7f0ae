#!/usr/bin/env node
import { guardOutput, processIo } from "./io.ts";
import { runCli } from "./run-cli.ts";

guardOutput();
// The exit code is set, not forced, so that what was written to a pipe still arrives.
process.exitCode = await runCli(process.argv.slice(2), processIo());
