/**
 * Stands in the bundle for `unzip-stream`, with which @actions/artifact unpacks downloads. Countersign only uploads,
 * and a package below `unzip-stream` (`buffers`) states no licence, so it may not be shipped.
 */
export default {
  Extract(): never {
    throw new Error("Countersign downloads no artifact, so its bundle has no code that unpacks one.");
  },
};
