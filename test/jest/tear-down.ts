// After the last test file: the folder of this run's temporary files is gone.
import { removeTemporaryFolder } from './temporary-folder.ts';

export default function tearDown(): void {
  const folder = process.env.JEST_TEMPORARY_FOLDER;
  if (folder !== undefined) removeTemporaryFolder(folder);
}
