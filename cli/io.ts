/** What a command may touch of the world outside: handed in, so that a test can be the terminal. */
export interface Io {
  stdout: (text: string) => void;
  stderr: (text: string) => void;
  readStdin: () => Promise<Uint8Array>;
  /** Null when standard output is no terminal. */
  terminal: { columns: number; color: boolean } | null;
  cwd: string;
  environment: Readonly<Record<string, string | undefined>>;
  now: () => Date;
}

/** The process's own: colour only on a terminal, and not when NO_COLOR says so. */
export function processIo(): Io {
  const isTerminal = process.stdout.isTTY;
  return {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    readStdin: readAll,
    terminal: isTerminal
      ? { columns: process.stdout.columns, color: process.stdout.hasColors() && !process.env.NO_COLOR }
      : null,
    cwd: process.cwd(),
    environment: process.env,
    now: () => new Date(),
  };
}

async function readAll(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}
