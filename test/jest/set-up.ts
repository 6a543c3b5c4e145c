// Before the first test file: temporary files of this process, its workers and what they start go into a folder of this run.
import { makeTemporaryFolder } from './temporary-folder.ts';

export default function setUp(): void {
  const folder = makeTemporaryFolder();
  if (folder !== undefined) Object.assign(process.env, { TMPDIR: folder, JEST_TEMPORARY_FOLDER: folder });
}
