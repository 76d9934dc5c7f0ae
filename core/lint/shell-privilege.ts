import type { Report, TextFile } from "./pattern.ts";

/** What a script for a shell, or the `RUN` of a container's file, gives away. Comments and texts that are printed are not commands. */
export function reportShellLines(file: TextFile, report: Report): void {
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  const isShell =
    /\.(?:sh|bash|zsh|ksh)$/i.test(name) || /^#![^\n]{0,60}\b(?:ba|z|k|da)?sh\b/.test(file.text.slice(0, 100));
  const isContainer = /^(?:Dockerfile|Containerfile)|\.dockerfile$/i.test(name);
  if (!isShell && !isContainer) return;
  const takesSudo =
    isShell &&
    !/(?:^|\/)(?:\.github|ci|\.devcontainer|scripts?\/(?:install|setup|ci))|install|setup|bootstrap|provision/i.test(
      file.path,
    );
  file.lines.forEach((whole, index) => {
    const line = whole.slice(0, 1000);
    if (/^\s*(?:#|echo\b|printf\b)/.test(line)) return;
    const message = judge(line, takesSudo);
    if (message !== null) report({ line: index + 1, endLine: index + 1 }, message);
  });
}

function judge(line: string, takesSudo: boolean): string | null {
  if (openChmod.test(line)) return "Everyone on this machine may write here.";
  if (setUid.test(line)) return "Whoever runs this file has the rights of its owner.";
  if (/(?:^|[;&|]|\bthen|\bdo)\s*umask\s+0{1,4}(?:\s|;|$)/.test(line))
    return "From here on, everyone may write to what this script makes.";
  if (/NOPASSWD\s*:\s*ALL/.test(line)) return "This gives the rights of root to whoever asks.";
  if (/\|\s*sudo\s+(?:-\w+\s+)*(?:ba|z|da)?sh\b/.test(line))
    return "What is downloaded is run with the rights of root.";
  if (/\bmktemp\s+(?:-\w+\s+)*(?:-\w*u\w*|--dry-run)\b/.test(line))
    return "Who makes this name in the shared folder first decides what is read and written.";
  if (/(?:^|[^0-9<>&])>{1,2}\s*["']?(?:\/var)?\/tmp\/[\w.-]+["']?(?:\s|;|$)/.test(line))
    return "Who makes this name in the shared folder first decides what is read and written.";
  if (takesSudo && /(?:^|[;&|(`]|\bthen|\bdo|\belse)\s*sudo\s+\S/.test(line))
    return "This command is run with the rights of root.";
  return null;
}

/** `chmod 777`, `chmod -R 0666`, `chmod a+rwx`, `chmod o+w`, `chmod ugo=rwx`; the sticky bit of `1777` makes it right. */
const openChmod =
  /\bchmod\s+(?:-{1,2}[\w-]+\s+)*(?:["']?0?[0-7]{2}[2367]\b|(?:[ugoa]*,)?(?:[ug]*[oa][ugoa]*)?[+=][rxXst]{0,4}w)/;
const setUid = /\bchmod\s+(?:-{1,2}[\w-]+\s+)*(?:[4657][0-7]{3}\b|[ug]{1,2}\+[rwx]{0,3}s\b)/;
