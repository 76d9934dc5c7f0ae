import type { Call, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import { isGuarded } from "../guards.ts";
import { originsOf } from "../origins.ts";
import type { Pattern } from "../pattern.ts";
import { originOf } from "../request-data.ts";
import { fileName, isTestFile } from "../test-files.ts";

/** A path of the file system is made of what a request or an archive brings, and is not checked. */
export const pathInjection: Pattern = {
  rule: {
    id: "path-injection",
    title: "A path is made of what came from outside",
    help: "Take only its last part, or resolve it and check that it still lies in the folder that is meant.",
    confidence: "medium",
    severity: { human: "warning", aiEdited: "error", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger:
    /\b(?:req\w*|request|ctx|context|event|params|query|r|c|zip\w*|tar\w*|archive|entry|Zip\w*|getName|RequestParam|PathVariable|route|get|location)\b/,
  find(file, report) {
    if (isTestFile(fileName(file.path))) return;
    const opened = new Set<SyntaxNode | null>();
    for (const call of file.calls) {
      const path = openedBy(file, call);
      if (path === null || !comesFromOutside(file, path) || isGuarded(file, call.node, checks)) continue;
      opened.add(call.node.above(file.dialect.functions));
      report(call.node, "A file is reached by a path that a request brings.");
    }
    const readsArchives = archives[file.language].test(file.text);
    for (const call of file.calls) {
      if (!isJoin(file, call)) continue;
      const isOfArchive = readsArchives && call.args.some(({ value }) => isEntryName(file, value));
      const isOfRequest =
        !opened.has(call.node.above(file.dialect.functions)) &&
        call.args.some(({ value }) => comesFromOutside(file, value));
      if ((!isOfArchive && !isOfRequest) || isGuarded(file, call.node, checks)) continue;
      report(
        call.node,
        isOfArchive ? "A path is made of a name that an archive brings." : "A path is made of what a request brings.",
      );
    }
    if (file.language === "python")
      for (const call of file.calls)
        if (unpacksTar(file, call)) report(call.node, "An archive is unpacked wherever its names point.");
  },
};

function comesFromOutside(file: SourceFile, path: SyntaxNode): boolean {
  if (file.isConstant(path)) return false;
  const origin = originOf(file, path, "path");
  return origin === "request";
}

/** The path that a call opens, reads, writes, lists or removes. */
function openedBy(file: SourceFile, call: Call): SyntaxNode | null {
  const { name, receiver, args } = call;
  const first = args[0]?.value ?? null;
  const owner = receiver?.text.slice(0, 60) ?? "";
  switch (file.language) {
    case "javascript":
      if (/^(?:sendFile|download|sendfile)$/.test(name) && /^(?:res|response|reply)\b/.test(owner))
        return hasRoot(args[1]?.value) ? null : first;
      if (
        /^(?:readFile|readTextFile|writeTextFile|file|open|remove|mkdir|readDir)$/.test(name) &&
        /^(?:Deno|Bun)$/.test(owner)
      )
        return first;
      if (!jsFiles.test(name)) return null;
      return /^fs/.test(receiver === null ? file.qualifiedName(call.callee) : file.qualifiedName(receiver) || owner) ||
        /^(?:fs|fsp|fsPromises|promises|fse)$/.test(owner)
        ? first
        : null;
    case "python":
      if (receiver === null)
        return /^(?:open|send_file|FileResponse|send_from_directory|rmtree|copyfile|remove|unlink|listdir)$/.test(name)
          ? name === "send_from_directory"
            ? null
            : first
          : null;
      if (/^(?:os|shutil|io|aiofiles|codecs|flask)$/.test(owner))
        return /^(?:open|remove|unlink|rmdir|rename|listdir|scandir|stat|makedirs|mkdir|rmtree|copy|copyfile|move|send_file|startfile|chmod)$/.test(
          name,
        )
          ? first
          : null;
      return /^(?:read_text|read_bytes|write_text|write_bytes|open|unlink|iterdir|mkdir|rmdir)$/.test(name) &&
        isPath(file, receiver)
        ? receiver
        : null;
    case "go": {
      if (/^(?:os|ioutil)$/.test(owner))
        return /^(?:Open|OpenFile|ReadFile|WriteFile|Create|Remove|RemoveAll|Mkdir|MkdirAll|ReadDir|Stat|Rename|Lstat|Chmod)$/.test(
          name,
        )
          ? first
          : null;
      if (owner === "http" && (name === "ServeFile" || name === "ServeFileFS")) return args.at(-1)?.value ?? null;
      return /^(?:File|FileAttachment|SendFile|Attachment)$/.test(name) && /^(?:c|ctx)$/.test(owner) ? first : null;
    }
    case "java":
      if (call.isNew)
        return /^(?:FileInputStream|FileOutputStream|FileReader|FileWriter|RandomAccessFile|FileSystemResource|PrintWriter|ZipFile|Scanner)$/.test(
          name,
        )
          ? first
          : null;
      return owner === "Files" &&
        /^(?:read\w*|write\w*|newInputStream|newOutputStream|newBufferedReader|newBufferedWriter|delete\w*|copy|move|lines|list|createFile|createDirector\w+)$/.test(
          name,
        )
        ? name === "copy" && args[1] !== undefined
          ? args[1].value
          : first
        : null;
  }
}

const jsFiles =
  /^(?:readFile|writeFile|appendFile|open|stat|lstat|access|unlink|rm|rmdir|mkdir|readdir|copyFile|rename|truncate|exists|opendir|readJson|outputFile|remove|realpath|chmod|symlink|link)(?:Sync)?$|^create(?:Read|Write)Stream$/;

/** `res.sendFile(name, { root })` keeps to its folder. */
function hasRoot(options: SyntaxNode | undefined): boolean {
  return options !== undefined && /\broot\b/.test(options.text.slice(0, 200));
}

function isPath(file: SourceFile, receiver: SyntaxNode): boolean {
  const value = file.valueOf(receiver).text.slice(0, 200);
  return /^(?:pathlib\.)?Path\(/.test(value) || /(?:path|dir|folder|root|base)\w* ?\/ /i.test(value);
}

function isJoin(file: SourceFile, { name, receiver, isNew, args }: Call): boolean {
  const owner = receiver?.text.slice(-60) ?? "";
  switch (file.language) {
    case "javascript":
      return (
        /^(?:join|resolve)$/.test(name) &&
        (/^(?:path|posix|nodePath)$/.test(owner) || (receiver === null && args.length > 1))
      );
    case "python":
      return name === "join" && /(?:^|\.)path$/.test(owner);
    case "go":
      return name === "Join" && /^(?:filepath|path)$/.test(owner);
    case "java":
      if (isNew) return name === "File";
      return (
        (/^(?:get|of)$/.test(name) && /^(?:Paths|Path)$/.test(owner)) ||
        (name === "resolve" &&
          args.length === 1 &&
          /(?:path|dir|root|folder|base|target|dest\w*|location|upload\w*)$/i.test(owner))
      );
  }
}

/** The name of an entry of an archive, in a file that reads archives. */
function isEntryName(file: SourceFile, node: SyntaxNode): boolean {
  const value = file.valueOf(node);
  return entryNames[file.language].test(value.text.slice(-80));
}

const archives = {
  javascript: /\b(?:unzipper|yauzl|adm-zip|AdmZip|tar-stream|jszip|JSZip|node-tar|decompress|extract-zip|tar\.)/,
  python: /\b(?:zipfile|tarfile)\b/,
  go: /"archive\/(?:zip|tar)"/,
  java: /\b(?:ZipEntry|ZipFile|ZipInputStream|JarEntry|TarArchiveEntry|ArchiveEntry|ZipArchiveEntry)\b/,
};
const entryNames = {
  javascript: /\b(?:entry|file|header|zipEntry)\.(?:path|fileName|entryName|name)$/i,
  python: /\b(?:member|info|entry|zip_?info|tar_?info|m)\.(?:filename|name)$/i,
  go: /\b(?:f|file|hdr|header|entry|zf|zipFile)\.Name$/,
  java: /\b\w*(?:[eE]ntry|ze|ne|e|file)\.getName\(\)$/,
};

/** A function that compares where the path leads is taken to check it. */
const checks =
  /\b(?:starts[wW]ith|HasPrefix|is_relative_to|relative_to|commonpath|commonprefix|safe_join|secure_filename|IsLocal|isLocal|EvalSymlinks|getCanonicalPath|toRealPath|isPathInside|isWithin\w*|ensureWithin\w*|SecureJoin|data_filter|path\.relative|basename|isSafePath|safePath|validatePath|validate_path|isValidPath|sanitize\w*)\b|(?:includes|contains|Contains)\(\s*["']\.\.|["']\.\.["'] (?:not )?in\b|filepath\.Rel\(|filepath\.Base\(/;

/** `tar.extractall()` follows every name, unless a filter says otherwise. */
function unpacksTar(file: SourceFile, { name, receiver, args }: Call): boolean {
  if (
    receiver === null ||
    !/^extract(?:all)?$/.test(name) ||
    args.some((argument) => argument.name === "filter" || argument.name === "members")
  )
    return false;
  return name === "extractall" && originsOf(file, receiver).some((origin) => /^tarfile\.(?:open|TarFile)/.test(origin));
}
