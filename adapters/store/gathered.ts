/**
 * Hands on at once what one turn of the event loop brings: a message from thread to thread costs as much as what it carries,
 * however much that is.
 */
export function gathered<T>(send: (all: T[]) => void): (one: T) => void {
  let waiting: T[] = [];
  const flush = (): void => {
    const all = waiting;
    waiting = [];
    send(all);
  };
  return (one) => {
    waiting.push(one);
    if (waiting.length === 1) setImmediate(flush);
  };
}
