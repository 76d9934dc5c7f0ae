import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Registry } from "./registry.ts";

/** The registry, with what the process itself takes measured whenever it is printed. */
export function watchProcess(registry: Registry): Registry {
  const loop = monitorEventLoopDelay({ resolution: 20 });
  loop.enable();
  const startedAt = Date.now() / 1000 - process.uptime();
  let counted = 0;
  return {
    ...registry,
    text: () => {
      const { user, system } = process.cpuUsage();
      const seconds = (user + system) / 1e6;
      registry.count("process_cpu_seconds_total", {}, seconds - counted);
      counted = seconds;
      registry.gauge("process_resident_memory_bytes", process.memoryUsage.rss());
      registry.gauge("process_start_time_seconds", startedAt);
      // It counts the 20 ms between two looks as well.
      registry.gauge("countersign_event_loop_seconds", Math.max(0, loop.percentile(99) / 1e9 - 0.02));
      loop.reset();
      return registry.text();
    },
  };
}
