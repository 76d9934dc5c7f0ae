import { Command } from "commander";
import type { ExitCode } from "../gate/exit-code.ts";
import { auditExportCommand } from "./audit/export.ts";
import type { Io } from "./io.ts";

/** `countersign audit`: the commands for whoever has to show what the App decided. */
export function auditCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("audit").description("read the App's audit table").addCommand(auditExportCommand(io, finish));
}
