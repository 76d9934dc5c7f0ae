import type { Call, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import { modeOf, worldWritable } from "../file-modes.ts";
import { argument, CallTable, reportKnownCalls } from "../known-calls.ts";
import type { Pattern, Report, TextFile } from "../pattern.ts";
import { elementsOf, flag, lowerText, optionsOf, settingsOf } from "../settings.ts";
import { isGuessablePath } from "../shared-folders.ts";
import { reportShellLines } from "../shell-privilege.ts";
import { fileName, isTestFile } from "../test-files.ts";

/** More rights than the work needs: for everyone on the machine, or for this program. */
export const osPrivilege: Pattern = {
  rule: {
    id: "os-privilege",
    title: "More rights than the work needs",
    help: "Give rights to the owner alone (0o600, 0o700), make temporary files with `mkstemp` or its like, and run without root.",
    confidence: "medium",
    severity: { human: "warning", aiEdited: "error", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger:
    /chmod|mode|mkdir|umask|setuid|setgid|seteuid|setreuid|\bUid\b|sudo|\btmp|temp|0o?[0-7]{3}|ModePerm|S_I|setWritable|Posix|WriteFile|OpenFile|\/dev\/shm/i,
  find(file, report) {
    if (isTestFile(fileName(file.path))) return;
    reportModes(file, report);
    reportKnownCalls(file, table, report);
    reportUmask(file, report);
    reportSharedFolders(file, report);
    reportCommands(file, report);
    reportCredentials(file, report);
  },
  findInText(file: TextFile, report) {
    if (file.language === null) reportShellLines(file, report);
  },
};

const everyone = "Everyone on this machine may write here.";
const asRoot = "This takes on the rights of root.";
const guessable = "Who makes this name in the shared folder first decides what is read and written.";
const commandAsRoot = "This command is run with the rights of root.";

/** What takes a mode, and at which place. */
const modeRows: readonly { names: readonly string[]; at: number; key?: string }[] = [
  { names: ["os.chmod", "os.fchmod", "os.lchmod", "os.mkdir", "os.makedirs", "os.mkfifo"], at: 1, key: "mode" },
  { names: ["os.open"], at: 2, key: "mode" },
  { names: ["os.Chmod", "os.Mkdir", "os.MkdirAll", "syscall.Chmod", "syscall.Mkdir"], at: 1 },
  { names: ["os.OpenFile", "os.WriteFile", "io/ioutil.WriteFile"], at: 2 },
  { names: ["PosixFilePermissions.fromString"], at: 0 },
  ...["fs", "fs/promises", "fs-extra", "fs.promises"].flatMap((module) => [
    { names: ["chmod", "chmodSync", "fchmod", "fchmodSync", "lchmod"].map((name) => `${module}.${name}`), at: 1 },
    { names: ["mkdir", "mkdirSync", "mkdirp"].map((name) => `${module}.${name}`), at: 1 },
    { names: ["open", "openSync"].map((name) => `${module}.${name}`), at: 2 },
  ]),
];
const modes = new CallTable(modeRows);

function reportModes(file: SourceFile, report: Report): void {
  for (const call of file.calls) {
    const rows = modes.rowsOf(file, call);
    const isMethod =
      rows.length === 0 && file.language !== "java" && /^(?:chmod|Chmod)$/.test(call.name) && call.receiver !== null;
    const [mode] = [
      ...rows.flatMap(({ at, key }) => argument(call, key ?? null, at) ?? []),
      ...(isMethod ? call.args.map(({ value }) => value).slice(0, 2) : []),
    ].filter((value) => ((modeOf(file, value) ?? 0) & worldWritable) !== 0);
    if (mode !== undefined) report(call.node.line === mode.line ? call.node : mode, everyone);
  }
  if (file.language === "javascript" || file.language === "python")
    for (const { value, node } of settingsOf(file, new Set(["mode"]))) {
      const isOctal = /^0o?[0-7]{3,4}$/.test(file.valueOf(value).text);
      if (isOctal && ((modeOf(file, value) ?? 0) & worldWritable) !== 0 && !isModeArgument(file, node))
        report(node, everyone);
    }
  if (file.language === "java")
    for (const node of file.nodes("field_access"))
      if (/^PosixFilePermission\.OTHERS_WRITE$/.test(node.text.slice(0, 60)) && isAdded(file, node))
        report(node, everyone);
}

/** In Python the calls above have looked at it already. */
function isModeArgument(file: SourceFile, node: SyntaxNode): boolean {
  const call = node.type === "keyword_argument" && node.parent?.parent ? file.callAt(node.parent.parent) : null;
  return call !== null && modes.rowsOf(file, call).length > 0;
}

/** Given to a set of rights, and not compared with one. */
function isAdded(file: SourceFile, node: SyntaxNode): boolean {
  const call = node.parent?.parent ? file.callAt(node.parent.parent) : null;
  return call !== null && /^(?:add|of|asList|Set|EnumSet)$/.test(call.name);
}

const isZero = (at: number) => (call: Call, file: SourceFile) => {
  const value = call.args[at];
  return value !== undefined && /^(?:0|0o0|["']root["'])$/.test(file.valueOf(value.value).text);
};

const table = new CallTable([
  {
    names: [
      ...["os.setuid", "os.seteuid", "os.setgid", "os.setegid", "process.setuid", "process.seteuid", "process.setgid"],
      ...["process.setegid", "syscall.Setuid", "syscall.Setgid", "syscall.Seteuid", "golang.org/x/sys/unix.Setuid"],
    ],
    message: asRoot,
    when: isZero(0),
  },
  {
    names: ["os.setreuid", "os.setresuid", "os.setregid", "syscall.Setreuid", "syscall.Setresuid"],
    message: asRoot,
    when: (call, file) => isZero(0)(call, file) || isZero(1)(call, file),
  },
  { names: ["tempfile.mktemp", "os.tempnam", "os.tmpnam", "tmp.tmpNameSync", "tmp.tmpName"], message: guessable },
  {
    names: ["com.google.common.io.Files.createTempDir"],
    message: "Everyone on this machine may read what is put in this folder.",
  },
  {
    names: ["File#setWritable"],
    message: everyone,
    when: (call, file) =>
      call.args.length === 2 && call.args.map(({ value }) => flag(file, value)).join() === "true,false",
  },
]);

const umasks = new CallTable([
  { names: ["os.umask", "process.umask", "syscall.Umask", "golang.org/x/sys/unix.Umask"] },
]);

/** `old = os.umask(0); os.umask(old)` only asks for the mask that is set. */
function reportUmask(file: SourceFile, report: Report): void {
  const calls = file.calls.filter((call) => /umask$/i.test(call.name) && umasks.rowsOf(file, call).length > 0);
  const given = new Set(calls.map(({ args }) => args[0]?.value.text ?? ""));
  for (const call of calls) {
    const [mask] = call.args;
    const bits = mask === undefined ? null : modeOf(file, mask.value);
    if (mask === undefined || bits === null || (bits & worldWritable) !== 0) continue;
    const target =
      call.node.parent?.part("left") ?? call.node.parent?.part("name") ?? call.node.parent?.parent?.part("left");
    if (target !== null && target !== undefined && given.has(target.text)) continue;
    report(call.node, "From here on, everyone may write to what this program makes.");
  }
}

const opens = new CallTable([
  {
    names: [
      "open",
      "io.open",
      "os.open",
      "codecs.open",
      "gzip.open",
      "shelve.open",
      "sqlite3.connect",
      "logging.FileHandler",
    ],
  },
  { names: ["os.Create", "os.OpenFile", "os.WriteFile", "io/ioutil.WriteFile"] },
  {
    names: [
      "FileOutputStream",
      "FileWriter",
      "PrintWriter",
      "RandomAccessFile",
      "Files.write",
      "Files.writeString",
      "Files.newBufferedWriter",
      "Files.newOutputStream",
      "Files.createFile",
      "Files.createDirectory",
    ],
  },
  ...["fs", "fs/promises", "fs-extra", "fs.promises"].map((module) => ({
    names: ["writeFile", "writeFileSync", "appendFile", "appendFileSync", "open", "openSync", "createWriteStream"].map(
      (name) => `${module}.${name}`,
    ),
  })),
]);

function reportSharedFolders(file: SourceFile, report: Report): void {
  for (const call of file.calls) {
    if (file.language === "python" && /^(?:NamedTemporaryFile|TemporaryDirectory|mkstemp|mkdtemp)$/.test(call.name))
      continue;
    const isPathMethod =
      file.language === "python" &&
      /^(?:write_text|write_bytes|touch|mkdir)$/.test(call.name) &&
      call.receiver !== null;
    const path = isPathMethod ? call.receiver : opens.rowsOf(file, call).length > 0 ? call.args[0]?.value : undefined;
    if (path !== null && path !== undefined && isGuessablePath(file, path)) report(call.node, guessable);
  }
}

const runners =
  /^(?:exec|execSync|execFile|execFileSync|spawn|spawnSync|execa|execaSync|execaCommand|run|call|check_call|check_output|Popen|system|popen|getoutput|getstatusoutput|Command|CommandContext|ProcessBuilder|command|create_subprocess_exec|create_subprocess_shell)$/;

/** `sudo …` and `chmod 777 …` as the command that another program is asked to run. */
function reportCommands(file: SourceFile, report: Report): void {
  for (const call of file.calls) {
    if (!runners.test(call.name)) continue;
    const words = commandWords(file, call);
    if (words.length === 0) continue;
    if (/^(?:sudo|doas|pkexec)$/.test(words[0]!) || (words[0] === "su" && words[1] === "-c"))
      report(call.node, commandAsRoot);
    else if (isOpenChmod(words)) report(call.node, everyone);
  }
}

/** The first words of a command: of its text, of its list, of its arguments. */
function commandWords(file: SourceFile, call: Call): string[] {
  const values = call.args
    .slice(call.name === "CommandContext" ? 1 : 0, 4)
    .flatMap(({ name, value }) => (name === null || name === "args" ? elementsOf(file, value).slice(0, 6) : []));
  const words: string[] = [];
  for (const value of values) {
    const [first] = file.textOf(value) ?? [];
    if (first?.kind !== "written") break;
    words.push(...first.text.slice(0, 200).trim().split(/\s+/));
    if (words.length > 8) break;
  }
  return words;
}

function isOpenChmod(words: readonly string[]): boolean {
  const at = words.indexOf("chmod");
  return (
    at !== -1 &&
    words
      .slice(at + 1, at + 4)
      .some((word) => /^(?:0?[0-7]{2}[2367]|[1-7]?[0-7]{2}[2367]|(?:[ugo]*[oa][ugo]*)?\+[rx]*w[rx]*)$/.test(word))
  );
}

/** `syscall.Credential{Uid: 0}`, `spawn(…, { uid: 0 })`. */
function reportCredentials(file: SourceFile, report: Report): void {
  const keys = file.language === "go" ? ["Uid"] : file.language === "javascript" ? ["uid"] : [];
  for (const { value, node } of settingsOf(file, new Set(keys))) {
    const around = node.parent?.parent;
    const isCredential =
      file.language === "go" ? /Credential$/.test(around?.part("type")?.text ?? "") : isSpawned(file, node);
    if (isCredential && file.valueOf(value).text === "0") report(node, asRoot);
  }
}

function isSpawned(file: SourceFile, node: SyntaxNode): boolean {
  const call = node.parent?.parent?.parent ? file.callAt(node.parent.parent.parent) : null;
  return (
    call !== null &&
    runners.test(call.name) &&
    optionsOf(file, call.args.at(-1)?.value ?? node) !== null &&
    lowerText(file, call.args[0]?.value) !== ""
  );
}
