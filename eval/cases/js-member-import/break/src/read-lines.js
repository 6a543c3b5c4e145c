/** The lines of a UTF-8 stream, each as soon as it is there. */
export async function* readLines(chunks) {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk.toString('utf8')).split(/\r?\n/);
    rest = lines.pop();
    yield* lines;
  }
  if (rest !== '') yield rest;
}
