// actions/upload-artifact and actions/download-artifact: files of a job into a zip on disk, and back for other jobs of the run.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { type Execution, report, StepFailure } from '../execution.ts';
import { findFiles } from '../file-search.ts';
import { fileExpression } from '../glob.ts';
import type { Action, ActionInputs } from './action.ts';
import { unzip } from './unzip.ts';

const INVALID_NAME = /["':<>|*?\r\n\\/]/;

/** Newest attempt first: a re-run sees what jobs that were not run again had left. */
function artifactFolders(execution: Execution): string[] {
  const { artifacts } = execution.job.directories;
  const { attempt } = execution.job.request.run;
  return Array.from({ length: attempt }, (_one, index) => join(artifacts, String(attempt - index)));
}

function commonFolder(folders: string[]): string {
  const [first = sep, ...rest] = folders.map((folder) => folder.split(sep));
  const parts = [...first];
  const shared = parts.findIndex((part, index) => rest.some((other) => other[index] !== part));
  return (shared < 0 ? parts : parts.slice(0, shared)).join(sep) || sep;
}

/** What paths in the zip are relative to: the deepest folder that all search paths share. */
function zipRoot(files: string[], roots: string[]): string {
  const folders = roots.map((root) => (existsSync(root) && statSync(root).isDirectory() ? root : dirname(root)));
  return files.length === 0 ? sep : commonFolder(folders);
}

async function writeZip(file: string, root: string, files: string[], level: number): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  const zip = new ZipFile();
  for (const path of files) {
    zip.addFile(path, relative(root, path).split(sep).join('/'), { compress: level > 0, compressionLevel: level });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(`${file}.part`));
  renameSync(`${file}.part`, file);
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function withoutHidden(files: string[], roots: string[]): string[] {
  const isHidden = (file: string): boolean => {
    const root = roots.find((one) => file === one || file.startsWith(`${one}${sep}`)) ?? sep;
    return (
      relative(root, file)
        .split(sep)
        .some((segment) => segment.startsWith('.')) || basename(file).startsWith('.')
    );
  };
  return files.filter((file) => !isHidden(file));
}

function nothingFound(execution: Execution, inputs: ActionInputs): void {
  const message = `No files were found with the provided path: ${inputs.lines('path').join('\n')}. No artifacts will be uploaded.`;
  switch (inputs.get('if-no-files-found')) {
    case 'error':
      throw new StepFailure(message);
    case 'ignore':
      execution.job.log.write(message);
      return;
    default:
      report(execution, 'warning', message);
  }
}

async function upload(execution: Execution, inputs: ActionInputs): Promise<void> {
  const { log, request, directories } = execution.job;
  const name = inputs.get('name');
  if (INVALID_NAME.test(name))
    throw new StepFailure(`The artifact name is not valid: ${name}. Contains one of " : < > | * ? \\r \\n \\ /`);
  const found = findFiles(directories.workspace, inputs.lines('path'));
  const files = inputs.boolean('include-hidden-files') ? found.files : withoutHidden(found.files, found.roots);
  if (files.length === 0) {
    nothingFound(execution, inputs);
    return;
  }
  const zip = join(directories.artifacts, String(request.run.attempt), `${name}.zip`);
  if (existsSync(zip) && !inputs.boolean('overwrite')) {
    throw new StepFailure(
      'Failed to CreateArtifact: Received non-retryable error: Failed request: (409) Conflict: an artifact with this name already exists on the workflow run',
    );
  }
  log.write(`With the provided path, there will be ${files.length} file${files.length === 1 ? '' : 's'} uploaded`);
  log.write('Artifact name is valid!');
  log.write('Root directory input is valid!');
  log.write('Beginning upload of artifact content to blob storage');
  await writeZip(zip, zipRoot(files, found.roots), files, inputs.number('compression-level'));
  const sizeBytes = statSync(zip).size;
  const digest = await digestOf(zip);
  const id = request.nextJobId();
  log.write(`Uploaded bytes ${sizeBytes}`);
  log.write('Finished uploading artifact content to blob storage!');
  log.write(`SHA256 digest of uploaded artifact zip is ${digest}`);
  log.write('Finalizing artifact upload');
  log.write(`Artifact ${name}.zip successfully finalized. Artifact ID ${id}`);
  log.write(`Artifact ${name} has been successfully uploaded! Final size is ${sizeBytes} bytes. Artifact ID is ${id}`);
  const { owner, name: repository } = request.repository;
  const url = `${request.urls.server}/${owner}/${repository}/actions/runs/${request.run.id}/artifacts/${id}`;
  log.write(`Artifact download URL: ${url}`);
  request.onArtifact({ id, name, file: zip, sizeBytes, digest: `sha256:${digest}` });
  Object.assign(execution.outputs, { 'artifact-id': String(id), 'artifact-url': url, 'artifact-digest': digest });
}

function storedArtifacts(execution: Execution): Map<string, string> {
  const stored = new Map<string, string>();
  for (const folder of artifactFolders(execution)) {
    for (const entry of existsSync(folder) ? readdirSync(folder) : []) {
      const name = entry.replace(/\.zip$/, '');
      if (entry.endsWith('.zip') && !stored.has(name)) stored.set(name, join(folder, entry));
    }
  }
  return stored;
}

async function download(execution: Execution, inputs: ActionInputs): Promise<void> {
  const { log, directories } = execution.job;
  const folder = resolve(directories.workspace, inputs.get('path') || '.');
  const name = inputs.get('name');
  const stored = storedArtifacts(execution);
  const file = stored.get(name);
  if (name !== '') {
    if (!file) throw new StepFailure(`Unable to download artifact(s): Artifact not found for name: ${name}`);
    log.write(`Downloading single artifact`);
    await unzip(file, folder);
    log.write(`Artifact download completed successfully.`);
  } else {
    const pattern = inputs.get('pattern');
    const chosen = [...stored].filter(([one]) => pattern === '' || fileExpression(pattern).test(one));
    log.write(`Found ${chosen.length} artifact(s)`);
    for (const [one, zip] of chosen) await unzip(zip, inputs.boolean('merge-multiple') ? folder : join(folder, one));
    log.write(`Total of ${chosen.length} artifact(s) downloaded`);
  }
  log.write('Download artifact has finished successfully');
  execution.outputs['download-path'] = folder;
}

export const uploadArtifact: Action = {
  inputs: {
    name: { default: 'artifact' },
    path: {},
    'if-no-files-found': { default: 'warn' },
    'retention-days': {},
    'compression-level': { default: '6' },
    overwrite: { default: 'false' },
    'include-hidden-files': { default: 'false' },
  },
  main: upload,
};

export const downloadArtifact: Action = {
  inputs: {
    name: {},
    'artifact-ids': {},
    path: {},
    pattern: {},
    'merge-multiple': { default: 'false' },
    'github-token': {},
    repository: {},
    'run-id': {},
  },
  main: download,
};
