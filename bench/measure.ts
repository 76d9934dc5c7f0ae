import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** What one command cost: CPU seconds of it and its children, wall seconds, and the largest memory seen, in MB. */
export interface Cost {
  cpuSeconds: number;
  wallSeconds: number;
  peakMb: number;
}

/**
 * Runs a shell command `times` times and returns the cheapest run: noise only adds. CPU comes from the shell's own
 * `time`, children included; memory is polled from /proc, for the command and its children (Linux).
 */
export async function measure(command: string, options: { times?: number; cwd?: string } = {}): Promise<Cost> {
  const runs: Cost[] = [];
  for (let run = 0; run < (options.times ?? 5); run += 1) runs.push(await measureOnce(command, options.cwd));
  return {
    cpuSeconds: Math.min(...runs.map((cost) => cost.cpuSeconds)),
    wallSeconds: Math.min(...runs.map((cost) => cost.wallSeconds)),
    peakMb: Math.max(...runs.map((cost) => cost.peakMb)),
  };
}

function measureOnce(command: string, cwd: string | undefined): Promise<Cost> {
  return new Promise((resolve, reject) => {
    const script = `TIMEFORMAT='COST %U %S %R'; time { ${command} ; } > /dev/null 2> "$ERRORS"`;
    const child = spawn("bash", ["-c", script], {
      cwd,
      env: { ...process.env, ERRORS: "/dev/null" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let errors = "";
    let peakMb = 0;
    child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString("utf8")));
    const poll = setInterval(() => (peakMb = Math.max(peakMb, treeMemoryMb(child.pid ?? 0))), 5);
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(poll);
      const cost = /COST ([\d.]+) ([\d.]+) ([\d.]+)/.exec(errors);
      if (code !== 0 || cost === null) reject(new Error(`${command} ended with ${code}: ${errors}`));
      else resolve({ cpuSeconds: Number(cost[1]) + Number(cost[2]), wallSeconds: Number(cost[3]), peakMb });
    });
  });
}

/** Resident memory of a process and all its descendants. 0 where there is no /proc. */
function treeMemoryMb(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const own = Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean);
    return own + children.reduce((sum, child) => sum + treeMemoryMb(Number(child)), 0);
  } catch {
    return 0;
  }
}

/** Prints costs as a Markdown table with each row's CPU beside the first row's. */
export function printCosts(title: string, rows: readonly { name: string; cost: Cost }[]): void {
  const [first] = rows;
  if (first === undefined) return;
  console.log(`\n## ${title}\n\n| | CPU s | wall s | peak MB | CPU ÷ first row |\n|---|---|---|---|---|`);
  for (const { name, cost } of rows) {
    const ratio = (cost.cpuSeconds / first.cost.cpuSeconds).toFixed(2);
    console.log(
      `| ${name} | ${cost.cpuSeconds.toFixed(3)} | ${cost.wallSeconds.toFixed(3)} | ${cost.peakMb.toFixed(0)} | ${ratio} |`,
    );
  }
}
