import { createReadStream } from 'node:fs';
import { readMembers } from './members.js';

export async function importFile(path, save) {
  let count = 0;
  for await (const member of readMembers(createReadStream(path))) {
    await save(member);
    count += 1;
  }
  return count;
}
