import type { Change } from "../change/change.ts";

/** A file that was not looked at, and why. */
export interface NotAnalysed {
  path: string;
  reason: string;
}

/**
 * Files of which no line was looked at, although their name does not say that they hold no text: git takes a file for
 * binary when it holds one NUL byte, and in source code that is how to hide. A picture or an archive is not named here.
 */
export function unreadFiles(change: Pick<Change, "files">): NotAnalysed[] {
  return change.files
    .filter(({ kind, status, path }) => kind === "binary" && status !== "deleted" && !isKnownBinary(path))
    .map(({ path }) => ({ path, reason: "git takes it for binary, so no line of it was looked at" }));
}

const knownBinary = new Set(
  (
    "png jpg jpeg gif webp avif ico icns bmp tif tiff psd heic pdf zip gz tgz bz2 xz zst 7z rar tar jar war class " +
    "woff woff2 ttf otf eot mp3 mp4 m4a mov avi webm ogg wav flac wasm so dll dylib exe bin dat db sqlite sqlite3 bundle " +
    "pack idx o a lib obj pyc node docx xlsx pptx keystore jks p12 pfx der snap parquet onnx pt npy npz"
  ).split(" "),
);

function isKnownBinary(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return dot > 0 && knownBinary.has(name.slice(dot + 1).toLowerCase());
}
